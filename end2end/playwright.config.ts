// The projects: `conformance` (the official SDK against a cloud), `conformance-tls` (what of it depends on how the SDK
// reaches the cloud, by TLS and without a shim), `chat` (the product as people use it), and `release`
// (what `make release` built, in a browser that finds CometChat's names at the emulator).
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { launchOptions } from './browser.ts';
import { siteBinary, siteEnvironment } from './chat/site.ts';
import { LOGS } from './logs.ts';
import { freePort } from './ports.ts';
import { built, emptyFolder, FOLDER, isFirstProcess, wants } from './run.ts';

const testsTheProduct = wants('chat') || wants('screenshots');

// The emulators that tests start obey whoever knows this.
process.env.EMULATOR_CONTROL_TOKEN ??= randomBytes(16).toString('hex');
// The workers load this file too, and find what the first process chose.
process.env.CHAT_TEST_PORT ??= String(await freePort());
process.env.RELEASE_TLS_PORT ??= String(await freePort());
if (isFirstProcess) {
  emptyFolder();
  if (testsTheProduct) process.env.SITE_BINARY = resolve(process.env.SITE_BINARY ?? built('leptos-cometchat'));
  const conforms = wants('conformance') || wants('conformance-tls');
  if ((conforms && !process.env.EMULATOR_URL && !process.env.CONFORMANCE_LIVE) || wants('release')) {
    process.env.EMULATOR_BINARY = resolve(process.env.EMULATOR_BINARY ?? built('cometchat-emulator'));
  }
}
const port = Number(process.env.CHAT_TEST_PORT);
const origin = `http://127.0.0.1:${port}`;
const cloudIsHere = [
  `--host-resolver-rules=MAP *.cometchat.io 127.0.0.1:${process.env.RELEASE_TLS_PORT}`,
  '--ignore-certificate-errors',
];

function site(): PlaywrightTestConfig['webServer'] {
  if (!isFirstProcess || !testsTheProduct) return undefined;
  const data = mkdtempSync(join(tmpdir(), 'leptos-cometchat-'));
  process.once('exit', () => rmSync(data, { recursive: true, force: true }));
  return {
    name: 'site',
    command: `exec "${siteBinary()}" >"${join(LOGS, 'site.log')}" 2>&1`,
    ...siteEnvironment(port, data),
    url: `${origin}/healthz`,
    timeout: 30_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  };
}

export default defineConfig({
  outputDir: join(FOLDER, 'artifacts'),
  // A test that needs a second try is broken, and so is one that was left alone by accident.
  retries: 0,
  forbidOnly: true,
  fullyParallel: true,
  // For two cores. Conformance waits (for the SDK's own delays, for the other side) more than it computes; pages compute.
  workers: 4,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: join(FOLDER, 'results.json') }]],
  // Pictures of every step of every test would be a fifth of the time; the page as it was is in a trace without them.
  use: { launchOptions, trace: { mode: 'retain-on-failure', screenshots: false, sources: false } },
  webServer: site(),
  projects: [
    { name: 'conformance', testDir: 'conformance' },
    {
      name: 'conformance-tls',
      testDir: 'conformance',
      testMatch: /\/(connection|login)\.spec\.ts$/,
      use: { launchOptions: { ...launchOptions, args: [...(launchOptions.args ?? []), '--ignore-certificate-errors'] } },
    },
    {
      name: 'chat',
      testDir: 'chat',
      workers: 2,
      use: { baseURL: origin, viewport: { width: 1280, height: 900 } },
      teardown: 'secrets',
    },
    {
      name: 'release',
      testDir: 'release',
      workers: 2,
      use: {
        launchOptions: { ...launchOptions, args: [...(launchOptions.args ?? []), ...cloudIsHere] },
        viewport: { width: 1280, height: 900 },
      },
    },
    { name: 'secrets', testDir: 'chat', testMatch: 'secrets.teardown.ts' },
  ],
});
