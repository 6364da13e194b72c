// Where the servers under test leave their output; a new run starts with an empty folder.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const LOGS = join(import.meta.dirname, 'test-results/logs');

export function emptyLogs(): void {
  rmSync(LOGS, { recursive: true, force: true });
  mkdirSync(LOGS, { recursive: true });
}
