// The cloud under test: the one at EMULATOR_URL with EMULATOR_APP_ID and EMULATOR_REST_API_KEY, or the built emulator on a
// port of its own. A cloud that others use too is left as it was found, and may have demo people.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LOGS } from '../logs.ts';
import { freePort } from '../ports.ts';
import { startServer } from '../process.ts';

export interface Cloud {
  /** Without a version and without a closing slash, such as `http://127.0.0.1:8290`. */
  url: string;
  appId: string;
  restApiKey: string;
}

const PROFILES = ['debug', 'release'];

function binary(): string {
  const named = process.env.EMULATOR_BINARY;
  if (named) return named;
  const target = resolve(process.env.CARGO_TARGET_DIR ?? join(import.meta.dirname, '../../target'));
  const built = PROFILES.map((profile) => join(target, profile, 'cometchat-emulator')).find(existsSync);
  if (!built) throw new Error('cometchat-emulator is not built: cargo build -p cometchat-emulator');
  return built;
}

/** Runs `use` with a cloud, and ends what was started for it. */
export async function withCloud(name: string, use: (cloud: Cloud) => Promise<void>): Promise<void> {
  const appId = process.env.EMULATOR_APP_ID ?? 'emuapp';
  const named = process.env.EMULATOR_REST_API_KEY;
  const elsewhere = process.env.EMULATOR_URL?.replace(/\/$/, '');
  if (elsewhere) {
    if (!named) throw new Error('EMULATOR_URL needs EMULATOR_REST_API_KEY, the key that the emulator there was started with');
    return use({ url: elsewhere, appId, restApiKey: named });
  }

  const restApiKey = named ?? 'conformance-rest-api-key-0123456789abcdef';
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    command: binary(),
    args: [
      '--listen', `127.0.0.1:${port}`, '--app-id', appId, '--rest-api-key', restApiKey,
      '--data', join(folder, 'emulator.db'), '--no-demo',
    ],
    probe: `${url}/v3/users`,
    log: join(LOGS, `${name}.log`),
  });
  try {
    await use({ url, appId, restApiKey });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
