// Checks who names what, so that the directions in docs/architecture.md stay true, and that no file grows too long.
// Prints each breach with its place; exit status 1 when there is one. The rules are in boundaries.mjs.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { breachesOf } from './boundaries.mjs';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(rs|toml|ts|js|mjs|css|sh|sql|html)$/.test(path) && existsSync(path));

const breaches = files.flatMap((path) => breachesOf(path, readFileSync(path, 'utf8')));
if (!files.some((path) => path.startsWith('src/'))) breaches.push('no source file found: run this in the repository');
for (const breach of breaches) console.error(breach);
console.log(`boundaries: ${files.length} files, ${breaches.length} breaches`);
process.exit(breaches.length === 0 ? 0 : 1);
