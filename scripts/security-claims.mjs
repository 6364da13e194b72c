// What SECURITY.md and docs/asvs.md claim, held to the sources: each test that they name exists, each file is there, each
// line of the ASVS table says how it is met, and its totals are right. Pure: a document and the sources in, complaints out.

/** The names of the tests in Rust sources, each a function under `#[test]` or `#[tokio::test]`. */
export function testsIn(rust) {
  const tests = /#\[(?:tokio::)?test[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*(?:pub )?(?:async )?fn (\w+)/g;
  return new Set([...rust.matchAll(tests)].map(([, name]) => name));
}

const IS_TEST = /^[a-z0-9]+(?:_[a-z0-9]+){3,}$/;
const IS_BROWSER_TEST = /^(end2end\/[\w./-]+\.ts): (.+)$/s;
const IS_FILE = /^[\w.-]+(?:\/[\w.-]+)*\.(?:rs|md|toml|mjs|ts|js)$/;

/** What stands between backticks. */
const codeIn = (text) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);

/** The complaints about one document. `sources.tests` has the native tests, `sources.read(path)` a file's text or null. */
export function complaintsAbout(name, text, sources) {
  const complaints = [];
  for (const code of new Set(codeIn(text))) {
    const browser = IS_BROWSER_TEST.exec(code);
    if (browser) {
      const [, path, title] = browser;
      if (!sources.read(path)?.includes(`('${title}'`)) complaints.push(`${name}: ${path} has no test '${title}'`);
    } else if (IS_TEST.test(code)) {
      if (!sources.tests.has(code)) complaints.push(`${name}: there is no test ${code}`);
    } else if (IS_FILE.test(code) && sources.read(code) === null) {
      complaints.push(`${name}: there is no file ${code}`);
    }
  }
  return [...complaints, ...complaintsAboutTable(name, text)];
}

const STATUSES = ['met', 'not applicable', 'missing'];

/** The lines of the ASVS table by chapter, and whether the totals at its end are theirs. */
function complaintsAboutTable(name, text) {
  const complaints = [];
  const counted = new Map();
  let chapter = '';
  const seen = new Set();
  for (const line of text.split('\n')) {
    chapter = /^## (V\d.*)$/.exec(line)?.[1] ?? chapter;
    const [, number, , status, how] = /^\| (\d+\.\d+\.\d+) \| ([12]) \|[^|]+\| ([^|]+) \| (.*) \|$/.exec(line) ?? [];
    if (!number) continue;
    if (seen.has(number)) complaints.push(`${name}: ${number} stands there twice`);
    seen.add(number);
    if (!STATUSES.includes(status)) complaints.push(`${name}: ${number} is neither ${STATUSES.join(' nor ')}`);
    if (!chapter.startsWith(`V${number.split('.')[0]} `)) complaints.push(`${name}: ${number} stands in ${chapter}`);
    const shows = codeIn(how).some((code) => IS_TEST.test(code) || IS_BROWSER_TEST.test(code) || IS_FILE.test(code));
    if (status === 'met' && !shows) complaints.push(`${name}: ${number} is met, and nothing shows it`);
    if (how.trim() === '') complaints.push(`${name}: ${number} says nothing`);
    for (const key of [chapter, 'all']) {
      const counts = counted.get(key) ?? [0, 0, 0, 0];
      counts[STATUSES.indexOf(status)] += 1;
      counts[3] += 1;
      counted.set(key, counts);
    }
  }
  for (const [key, counts] of counted) {
    const row = `| ${key} | ${counts.join(' | ')} |`;
    if (!text.includes(`\n${row}\n`)) complaints.push(`${name}: the totals have to say ${row}`);
  }
  return complaints;
}
