// What this run was asked for, and the folder for everything it leaves: one for each project, so that the traces of one
// are still there when the other has run. The workers load this too, and are told by the first process.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '..');

function argumentsOfRun(): { projects: string[]; others: string[] } {
  const projects: string[] = [];
  const others: string[] = [];
  const words = process.argv.slice(2).filter((word) => word !== 'test');
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--project') {
      // As Playwright reads it: every word up to the next option.
      while (words.length > 0 && !words[0].startsWith('-')) projects.push(words.shift()!);
    } else if (word.startsWith('--project=')) projects.push(word.slice('--project='.length));
    else others.push(word);
  }
  return { projects, others };
}

const asked = argumentsOfRun();
process.env.TEST_RUN ??= asked.projects.join('+') || 'all';
// A run that leaves no test of the product out has used every kind of secret.
if (process.env.TEST_WORKER_INDEX === undefined) process.env.TEST_RUN_IS_WHOLE = String(asked.others.length === 0);

export const isWhole = process.env.TEST_RUN_IS_WHOLE === 'true';
export const isFirstProcess = process.env.TEST_WORKER_INDEX === undefined;
export const FOLDER = join(import.meta.dirname, 'test-results', process.env.TEST_RUN);

/** Whether the run takes in this project: then what it tests has to be there. */
export function wants(project: string): boolean {
  return process.env.TEST_RUN === 'all' || process.env.TEST_RUN!.split('+').includes(project);
}

export function emptyFolder(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, 'logs'), { recursive: true });
}

/** A program that cargo built, where cargo says that it builds. */
export function built(program: string): string {
  const metadata = execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], {
    cwd: PROJECT,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const path = join(JSON.parse(metadata).target_directory, 'debug', program);
  if (!existsSync(path)) throw new Error(`${path} is not built: run \`make setup\` and \`scripts/build-tests.sh\` in the project's folder, then this again`);
  return path;
}
