// Checks that a release's server does not start without a CometChat app, and says which variable is missing.
// Usage: node scripts/check-refusal.mjs <server>
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// Away from the project, whose `.env` may name an app.
const cwd = mkdtempSync(join(tmpdir(), 'leptos-cometchat-'));
const env = { PATH: process.env.PATH, LISTEN_ADDR: '127.0.0.1:0' };
const { status, stdout, stderr } = spawnSync(resolve(process.argv[2]), { cwd, env, encoding: 'utf8', timeout: 10_000 });
rmSync(cwd, { recursive: true, force: true });
const said = `${stdout}${stderr}`.trim();
// No status: it was still running, and was ended.
if (!status || !said.includes('COMETCHAT_APP_ID')) {
  console.error(`error: without COMETCHAT_APP_ID the release has to refuse to start and to name it (status ${status}): ${said}`);
  process.exit(1);
}
console.log(`Without a CometChat app it refuses to start: ${said.split('\n').at(-1)}`);
