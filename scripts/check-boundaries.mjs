// Checks who names what, so that the directions in docs/architecture.md stay true, and that no file grows past 500 lines.
// Prints each breach with its place; exit status 1 when there is one.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const LONGEST = 500;

// Each rule: what may be named (in code, not in comments), and the only places that may name it.
const RULES = [
  { what: 'JsValue', pattern: /\bJsValue\b/, in: /^(src|emulator)\//, only: /^src\/sdk\// },
  { what: 'axum', pattern: /\baxum(_extra)?::/, in: /^src\//, only: /^src\/(server\/|main\.rs)/ },
  { what: 'sqlx', pattern: /\bsqlx::/, in: /^src\//, only: /^src\/(server\/|main\.rs)/ },
  { what: 'reqwest', pattern: /\breqwest::/, in: /^src\//, only: /^src\/server\// },
  { what: 'the server half', pattern: /\bcrate::server\b/, in: /^src\//, only: /^src\/(server|api)\// },
  { what: 'another part (the model knows the language alone)', pattern: /\bcrate::(api|app|pages|sdk|widget)\b/, in: /^src\/model\//, only: /^$/ },
  { what: 'pages, widget or binding', pattern: /\bcrate::(app|pages|sdk|widget)\b/, in: /^src\/api\//, only: /^$/ },
  { what: 'what stands above the binding', pattern: /\bcrate::(app|pages|widget)\b/, in: /^src\/sdk\//, only: /^$/ },
  { what: 'the site (the widget is reused without it)', pattern: /\bcrate::(app|pages)\b/, in: /^src\/widget\//, only: /^$/ },
  { what: 'the binding or the widget', pattern: /\bcrate::(sdk|widget)\b/, in: /^src\/pages\//, only: /^$/ },
  { what: 'the emulator', pattern: /\bcometchat_emulator\b/, in: /^src\//, only: /^src\/server\/local_cloud/ },
  { what: 'the app', pattern: /\bleptos(_\w+)?\b|leptos-cometchat/, in: /^emulator\/.*\.(rs|toml)$/, only: /^$/ },
];

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(rs|toml|ts|js|mjs|css|sh|sql|html)$/.test(path) && existsSync(path));

const breaches = [];
for (const path of files) {
  const lines = readFileSync(path, 'utf8').split('\n');
  if (lines.length - 1 > LONGEST) breaches.push(`${path}: ${lines.length - 1} lines, the longest allowed is ${LONGEST}`);
  for (const rule of RULES.filter((rule) => rule.in.test(path) && !rule.only.test(path))) {
    lines.forEach((line, index) => {
      const code = path.endsWith('.rs') ? line.replace(/\/\/.*/, '') : line.replace(/^\s*#.*/, '');
      if (rule.pattern.test(code)) breaches.push(`${path}:${index + 1}: names ${rule.what}: ${line.trim()}`);
    });
  }
}

if (!files.some((path) => path.startsWith('src/'))) breaches.push('no source file found: run this in the repository');
for (const breach of breaches) console.error(breach);
console.log(`boundaries: ${files.length} files, ${breaches.length} breaches`);
process.exit(breaches.length === 0 ? 0 : 1);
