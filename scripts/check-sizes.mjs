// Prints what each file of a release weighs, and fails when the browser half is over its budget.
// Usage: node scripts/check-sizes.mjs <dist>
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

// WASM + JavaScript + all CSS, in brotli. The CometChat SDK is not ours to shrink, and is fetched by signed-in visitors only.
const BUDGET = 180_000;

const dist = process.argv[2];
const names = JSON.parse(readFileSync(join(dist, 'assets.json'), 'utf8'));
const size = (address, form = '') => statSync(join(dist, 'site', address + form)).size;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(11);
const line = (name, ...sizes) => console.log(name.padEnd(44) + sizes.map(kilobytes).join(''));

console.log(`${''.padEnd(44)}${['brotli', 'gzip', 'plain'].map((word) => word.padStart(11)).join('')}`);
// What of it is fetched in every language; prints as it goes.
const weigh = (files) => Object.entries(files).reduce((total, [role, address]) => {
  line(address, size(address, '.br'), size(address, '.gz'), size(address));
  return role === 'sdk' ? total : total + size(address, '.br');
}, 0);
const { programs, ...common } = names;
const shared = weigh(common);
// A visitor fetches the browser half in one language: the heaviest counts.
const total = shared + Math.max(...Object.values(programs).map(weigh));
console.log(`${'leptos-cometchat (the server)'.padEnd(66)}${kilobytes(statSync(join(dist, 'leptos-cometchat')).size)}`);
const within = total <= BUDGET;
console.log(`WASM + JavaScript + CSS in one language, without the SDK: ${kilobytes(total).trim()} brotli, budget ${kilobytes(BUDGET).trim()}`);
if (!within) {
  console.error(`error: the browser half is ${kilobytes(total - BUDGET).trim()} over its budget`);
  process.exit(1);
}
