// The secrets that the tests used, and all that may hold none of them: the servers' logs, what the servers sent, and
// what every visitor is sent. The last test of a run looks for the ones in the others.
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Response } from '@playwright/test';
import { LOGS } from '../logs.ts';
import { PROJECT } from './site.ts';

const SECRETS = join(LOGS, 'secrets.jsonl');
const SENT = join(LOGS, 'sent');

/** The one answer that a chat token belongs in. */
export const TOKEN_ROAD = '/api/cometchat/auth-token';

export interface Secret {
  /** What it is: a password, a token, a cookie. */
  kind: string;
  value: string;
}

export function remember(kind: string, value: string): void {
  mkdirSync(LOGS, { recursive: true });
  appendFileSync(SECRETS, `${JSON.stringify({ kind, value })}\n`);
}

export function remembered(): Secret[] {
  if (!existsSync(SECRETS)) return [];
  return readFileSync(SECRETS, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** Keeps a page that a site sent, or what it answered to a page of its own; the chat cloud is another party. */
export async function keep(response: Response): Promise<void> {
  const { pathname } = new URL(response.url());
  const isDocument = response.request().resourceType() === 'document';
  if (!isDocument && (!pathname.startsWith('/api/') || pathname === TOKEN_ROAD)) return;
  // The stream of a page's events has no end, and says no more than a word.
  if (response.headers()['content-type'] === 'text/event-stream') return;
  // A redirection has no body, and one of a page that is gone by now cannot be had any more.
  const body = await response.body().catch(() => null);
  if (!body) return;
  mkdirSync(SENT, { recursive: true });
  const name = pathname.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home';
  writeFileSync(join(SENT, `${name}.${randomUUID()}.${isDocument ? 'html' : 'txt'}`), body);
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    const path = join(folder, entry.name);
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

/** Where no secret may stand: each kind of place with its files. */
export function publicPlaces(): Map<string, string[]> {
  const logs = existsSync(LOGS) ? readdirSync(LOGS).filter((name) => name.startsWith('site')) : [];
  const sent = [...filesBelow(SENT)];
  return new Map([
    ["the servers' logs", logs.map((name) => join(LOGS, name))],
    ['HTML', sent.filter((path) => path.endsWith('.html'))],
    ['answers of the server functions', sent.filter((path) => path.endsWith('.txt'))],
    ['WASM and scripts', [...filesBelow(join(PROJECT, 'target/site')), join(PROJECT, 'src/sdk/bridge.js')]],
  ]);
}

/** Which of the secrets stand in a file. */
export function secretsIn(path: string, secrets: Secret[]): string[] {
  const content = readFileSync(path);
  return secrets
    .filter(({ value }) => content.includes(value))
    .map(({ kind }) => `${kind} in ${relative(PROJECT, path)}`);
}
