// Two projects: `conformance` (the official SDK against a cloud) and `chat` (the product as people use it).
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { launchOptions } from './browser.ts';
import { siteBinary, siteEnvironment } from './chat/site.ts';
import { emptyLogs, LOGS } from './logs.ts';
import { freePort } from './ports.ts';

/** Whether this run was narrowed to other projects: then the product need not be built, nor its server started. */
function wanted(project: string): boolean {
  const named = process.argv.flatMap((argument, index, all) =>
    argument === '--project' ? [all[index + 1]] : argument.startsWith('--project=') ? [argument.slice(10)] : [],
  );
  return named.length === 0 || named.includes(project);
}

// The workers load this file too, and find the address that the first process chose.
process.env.CHAT_TEST_PORT ??= String(await freePort());
if (process.env.TEST_WORKER_INDEX === undefined) emptyLogs();
const port = Number(process.env.CHAT_TEST_PORT);
const origin = `http://127.0.0.1:${port}`;

function site(): PlaywrightTestConfig['webServer'] {
  if (process.env.TEST_WORKER_INDEX !== undefined || !wanted('chat')) return undefined;
  return {
    name: 'site',
    command: `exec "${siteBinary()}" >"${join(LOGS, 'site.log')}" 2>&1`,
    ...siteEnvironment(port, mkdtempSync(join(tmpdir(), 'leptos-cometchat-'))),
    url: `${origin}/healthz`,
    timeout: 30_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  };
}

export default defineConfig({
  outputDir: 'test-results/artifacts',
  // A test that needs a second try is broken, and so is one that was left alone by accident.
  retries: 0,
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  use: { launchOptions, trace: 'retain-on-failure' },
  webServer: site(),
  projects: [
    { name: 'conformance', testDir: 'conformance' },
    { name: 'chat', testDir: 'chat', use: { baseURL: origin, viewport: { width: 1280, height: 900 } }, teardown: 'secrets' },
    { name: 'secrets', testDir: 'chat', testMatch: 'secrets.teardown.ts' },
  ],
});
