// CometChat's cloud as a browser finds it that was told where its names lead: the emulator with TLS. And beside it a
// release of the product, which knows nothing of that.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LOGS } from '../logs.ts';
import { freePort } from '../ports.ts';
import { startServer } from '../process.ts';

const APP_ID = 'emuapp';
const REGION = 'eu';
const KEY = '0123456789abcdef0123456789abcdef01234567';

/** The hosts that the pages of a release may call. */
export const CLOUD_ORIGINS = ['apiclient', 'websocket'].map((kind) => `https://${APP_ID}.${kind}-${REGION}.cometchat.io`);

/** The folder of the release: RELEASE_FOLDER, or dist/. */
export const RELEASE = resolve(process.env.RELEASE_FOLDER ?? join(import.meta.dirname, '../../dist'));

/** Why the release cannot be tested; nothing where it can. */
export function missing(): string | undefined {
  return existsSync(join(RELEASE, 'leptos-cometchat')) ? undefined : `there is no release in ${RELEASE}: run make release`;
}

/** Runs `use` with the address of a release whose cloud is the emulator. */
export async function withRelease(use: (origin: string) => Promise<void>): Promise<void> {
  const [plain, port] = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  const cloud = await startServer({
    command: process.env.EMULATOR_BINARY!,
    args: [
      '--listen', `127.0.0.1:${plain}`, '--tls-listen', `127.0.0.1:${process.env.RELEASE_TLS_PORT}`,
      '--app-id', APP_ID, '--rest-api-key', KEY,
    ],
    probe: `http://127.0.0.1:${plain}/v3/users`,
    log: join(LOGS, 'cloud.log'),
  });
  try {
    const origin = `http://127.0.0.1:${port}`;
    const site = await startServer({
      command: join(RELEASE, 'leptos-cometchat'),
      args: [],
      cwd: RELEASE,
      env: {
        LISTEN_ADDR: `127.0.0.1:${port}`,
        DATABASE_URL: `sqlite://${join(folder, 'app.db')}`,
        LOG_FORMAT: 'json',
        COMETCHAT_APP_ID: APP_ID,
        COMETCHAT_REGION: REGION,
        COMETCHAT_REST_API_KEY: KEY,
        COMETCHAT_API_URL: `http://127.0.0.1:${plain}/v3`,
      },
      probe: `${origin}/healthz`,
      log: join(LOGS, 'release.log'),
    });
    try {
      await use(origin);
    } finally {
      await site.stop();
    }
  } finally {
    await cloud.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
