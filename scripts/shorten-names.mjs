// Gives the names by which the WASM and its JavaScript know each other one or two letters: of what `wasm-bindgen` calls
// them, up to fifty letters each, a browser reads nothing. `wasm-opt` shortens those of the WASM and prints what it made
// of each; here the JavaScript follows. Fails when a name is not found as `wasm-bindgen` 0.2.130 writes it.
// Usage: node scripts/shorten-names.mjs <app.js> <what wasm-opt printed> <the WASM>
import { readFileSync, writeFileSync } from 'node:fs';

const [script, printed, wasm] = process.argv.slice(2);
const { imports, exports } = JSON.parse(readFileSync(printed, 'utf8'));
const OWN = './app_bg.js';
const MODULE = 'a'; // the one name that wasm-opt gives to all modules

let text = readFileSync(script, 'utf8');
function replace(pattern, by, what) {
  const before = text;
  text = text.replace(pattern, by);
  if (text === before) throw new Error(`${script}: ${what} is not there`);
}
const escaped = (name) => name.replace(/[$]/g, '\\$&');

for (const [module, name, short] of imports) {
  if (module === OWN) replace(new RegExp(`(^\\s*)${escaped(name)}(?=: |\\()`, 'm'), `$1${short.replace(/\$/g, '$$$$')}`, name);
}
for (const [name, short] of exports) text = text.replace(new RegExp(`\\bwasm\\.${escaped(name)}\\b`, 'g'), `wasm.${short.replace(/\$/g, '$$$$')}`);

// One module in the place of all: our own functions, and those that are taken straight from a script beside.
const others = imports.filter(([module]) => module !== OWN).map(([module, name, short]) => {
  const star = [...text.matchAll(/import \* as (import\d+) from "([^"]+)"/g)].find(([, , from]) => from === module);
  if (!star) throw new Error(`${script}: ${module} is not imported`);
  return `${JSON.stringify(short)}: ${star[1]}.${name}`;
});
replace(/\n\s*"\.\/app_bg\.js": import0,(\n\s*"\.\/snippets\/[^\n]*,)*/, `\n        ${MODULE}: { ...import0, ${others.join(', ')} },`, 'the list of modules');
writeFileSync(script, text);

const compiled = new WebAssembly.Module(readFileSync(wasm));
for (const { module, name } of WebAssembly.Module.imports(compiled)) {
  if (module !== MODULE || !imports.some(([, , short]) => short === name)) throw new Error(`${wasm}: ${module}.${name} is not known`);
}
