// The secrets that the tests used, by file, so that the last test of a run can look for them in the servers' logs.
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOGS } from '../logs.ts';

const SECRETS = join(LOGS, 'secrets.jsonl');

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

/** The logs of the servers of this run, by name. */
export function serverLogs(): Map<string, string> {
  const names = existsSync(LOGS) ? readdirSync(LOGS).filter((name) => name.startsWith('site')) : [];
  return new Map(names.map((name) => [name, readFileSync(join(LOGS, name), 'utf8')]));
}
