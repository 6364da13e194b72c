// The cloud under test: CometChat's own, where `make live` says so; else the emulator at EMULATOR_URL with EMULATOR_APP_ID
// and EMULATOR_REST_API_KEY, or the built one on a port of its own. A cloud that others use too is left as it was found,
// and may have demo people.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Control } from '../control.ts';
import { LOGS } from '../logs.ts';
import { freePort } from '../ports.ts';
import { startServer } from '../process.ts';

export interface Cloud {
  /** Where a site's server calls, without a version and without a closing slash, such as `http://127.0.0.1:8290`. */
  url: string;
  /** Where the SDK calls, in the same form. */
  clientUrl: string;
  appId: string;
  restApiKey: string;
  /** What tests may say of an emulator that they started themselves. */
  control?: Control;
  /** Of CometChat's own cloud, which the SDK finds by it; of no emulator. */
  region?: string;
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

/** CometChat's own cloud, by the variables that the product itself is configured with. */
function live(): Cloud {
  const required = (name: string): string => {
    const value = process.env[name];
    if (!value) throw new Error(`a live run needs ${name}`);
    return value;
  };
  const [appId, region] = [required('COMETCHAT_APP_ID'), required('COMETCHAT_REGION')];
  const host = (kind: string) => `https://${appId.toLowerCase()}.${kind}-${region}.cometchat.io`;
  const base = process.env.COMETCHAT_API_URL?.replace(/\/v3\/?$/, '');
  return {
    url: base ?? host('api'), clientUrl: host('apiclient'), appId, region, restApiKey: required('COMETCHAT_REST_API_KEY'),
  };
}

/** Runs `use` with a cloud, and ends what was started for it. */
export async function withCloud(name: string, use: (cloud: Cloud) => Promise<void>): Promise<void> {
  if (process.env.CONFORMANCE_LIVE) return use(live());
  const appId = process.env.EMULATOR_APP_ID ?? 'emuapp';
  const named = process.env.EMULATOR_REST_API_KEY;
  const elsewhere = process.env.EMULATOR_URL?.replace(/\/$/, '');
  if (elsewhere) {
    if (!named) throw new Error('EMULATOR_URL needs EMULATOR_REST_API_KEY, the key that the emulator there was started with');
    return use({ url: elsewhere, clientUrl: elsewhere, appId, restApiKey: named });
  }

  const restApiKey = named ?? 'conformance-rest-api-key-0123456789abcdef';
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    command: binary(),
    args: [
      '--listen', `127.0.0.1:${port}`, '--app-id', appId, '--rest-api-key', restApiKey,
      '--data', join(folder, 'emulator.db'), '--no-demo', '--control',
    ],
    probe: `${url}/v3/users`,
    log: join(LOGS, `${name}.log`),
  });
  try {
    await use({ url, clientUrl: url, appId, restApiKey, control: new Control(url, process.env.EMULATOR_CONTROL_TOKEN!) });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
