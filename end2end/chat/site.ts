// The product under test: the built server with a fresh data folder, as `make run` starts it.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { LOGS } from '../logs.ts';
import { freePort } from '../ports.ts';
import { startServer } from '../process.ts';
import { remember } from './secrets.ts';

export const PROJECT = resolve(import.meta.dirname, '../..');

export function siteBinary(): string {
  // Set by playwright.config.ts where nobody named one.
  return process.env.SITE_BINARY!;
}

/** How a site is started: nothing of the machine's own configuration, and a data folder of its own. */
export function siteEnvironment(port: number, data: string): { cwd: string; env: Record<string, string> } {
  const own = /^(COMETCHAT|CHAT|SESSION|REGISTRATION|ACCOUNT|APP_SECRET)_|^(DATABASE_URL|APP_SECRET|TRUSTED_PROXIES|PUBLIC_ORIGIN)$/;
  for (const name of Object.keys(process.env)) if (own.test(name) && name !== 'CHAT_TEST_PORT') delete process.env[name];
  // The server finds its static files below its working folder; the project's own may hold a developer's .env, which
  // is no part of a test.
  for (const name of ['target', 'public', 'style', 'node_modules', 'src']) symlinkSync(join(PROJECT, name), join(data, name));
  return {
    cwd: data,
    env: {
      LISTEN_ADDR: `127.0.0.1:${port}`,
      DATABASE_URL: `sqlite://${join(data, 'app.db')}`,
      LOG_FORMAT: 'json',
      REGISTRATION_RATE_LIMIT: '100000/h',
      RUST_LOG: 'debug,hyper=info,sqlx=info',
    },
  };
}

export interface SiteOptions {
  env?: Record<string, string>;
}

export interface Site {
  origin: string;
  stop(): Promise<void>;
  /** Stops the server and starts it again on the same port with the same data. */
  restart(): Promise<void>;
  /** Runs a command of the server's program on the same data while it serves. */
  command(...words: string[]): Promise<string>;
}

/** Starts a site of a test's own. */
export async function startSite(name: string, { env = {} }: SiteOptions): Promise<Site> {
  if (env.COMETCHAT_REST_API_KEY) remember('REST API key', env.COMETCHAT_REST_API_KEY);
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'leptos-cometchat-'));
  const origin = `http://127.0.0.1:${port}`;
  const base = siteEnvironment(port, data);
  const start = () =>
    startServer({
      command: siteBinary(),
      args: [],
      cwd: base.cwd,
      env: { ...base.env, ...env },
      probe: `${origin}/healthz`,
      log: join(LOGS, `${name}.log`),
    });
  let server = await start();
  return {
    origin,
    command: async (...words) =>
      (await promisify(execFile)(siteBinary(), words, { cwd: base.cwd, env: { ...process.env, ...base.env, ...env } })).stdout,
    restart: async () => {
      await server.stop();
      server = await start();
    },
    stop: async () => {
      await server.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
