// Holds SECURITY.md and docs/asvs.md to the sources. Prints each complaint; exit status 1 when there is one. The rules are
// in security-claims.mjs.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { complaintsAbout, testsIn } from './security-claims.mjs';

const rust = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.rs'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path && existsSync(path))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null);
const sources = { tests: testsIn(rust), read };

const documents = ['SECURITY.md', 'docs/asvs.md'];
const complaints = documents.flatMap((name) => complaintsAbout(name, readFileSync(name, 'utf8'), sources));
if (sources.tests.size === 0) complaints.push('no test found: run this in the repository');
for (const complaint of complaints) console.error(complaint);
console.log(`security: ${documents.length} documents, ${sources.tests.size} native tests, ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
