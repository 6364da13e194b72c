// That the check of the security documents sees what it has to see: `node --test scripts/security-claims.test.mjs`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsAbout, testsIn } from './security-claims.mjs';

const sources = {
  tests: testsIn('#[tokio::test(flavor = "multi_thread")]\nasync fn a_thing_that_is_tested() {}\nfn a_helper_that_is_none() {}'),
  read: (path) => ({ 'end2end/a.spec.ts': "test('it works', …", 'Cargo.toml': '' })[path] ?? null,
};
const TOTALS = '\n| V1 A | 1 | 0 | 0 | 1 |\n| all | 1 | 0 | 0 | 1 |\n';
const table = (line, totals = TOTALS) => `## V1 A\n\n${line}\n${totals}`;

const WRONG = [
  ['a test that is none', 'See `a_thing_that_is_not_tested`.'],
  ['a function that is no test', 'See `a_helper_that_is_none`.'],
  ['a test of a browser that is none', 'See `end2end/a.spec.ts: it does not`.'],
  ['a file that is none', 'See `src/none.rs`.'],
  ['a line that is met by nothing', table('| 1.1.1 | 1 | x | met | surely |')],
  ['a line without a status', table('| 1.1.1 | 1 | x | perhaps | `Cargo.toml` |', '')],
  ['a line of another chapter', table('| 2.1.1 | 1 | x | met | `Cargo.toml` |')],
  ['totals that are wrong', table('| 1.1.1 | 1 | x | missing | why |')],
];
for (const [name, text] of WRONG) {
  test(`refused: ${name}`, () => assert.notDeepEqual(complaintsAbout('x.md', text, sources), []));
}

test('accepted: what is there', () => {
  const line = '| 1.1.1 | 1 | x | met | `a_thing_that_is_tested`, `end2end/a.spec.ts: it works`, `Cargo.toml`, `APP_SECRET` |';
  assert.deepEqual(complaintsAbout('x.md', table(line), sources), []);
});
