// The policy for npm packages, by the lock files: each has a digest, comes from npm's registry (no folder, no repository),
// and has a licence that may be shipped closed; those that may not, or are nobody's to ship, are named here with the reason.
import { readFileSync } from 'node:fs';

const LICENCES = ['Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', '0BSD'];
const NAMED = {
  '@cometchat/chat-sdk-javascript': "proprietary: npm delivers it under CometChat's terms, and it is not in this repository",
  'axe-core': 'MPL-2.0: looks into pages in tests, is changed by nobody and shipped to nobody',
  '@axe-core/playwright': 'MPL-2.0: as axe-core',
};

const complaints = [];
let packages = 0;
for (const lock of ['package-lock.json', 'end2end/package-lock.json']) {
  for (const [place, { integrity, resolved, license, link }] of Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages)) {
    if (place === '') continue;
    packages += 1;
    const name = place.replace(/^.*node_modules\//, '');
    if (link || !integrity?.startsWith('sha512-')) complaints.push(`${lock}: ${name} has no digest`);
    if (resolved && !resolved.startsWith('https://registry.npmjs.org/')) complaints.push(`${lock}: ${name} comes from ${resolved}`);
    if (!LICENCES.includes(license) && !NAMED[name]) complaints.push(`${lock}: ${name} has the licence ${license}`);
  }
}
if (packages === 0) complaints.push('no package found');
for (const complaint of complaints) console.error(complaint);
console.log(`npm: ${packages} packages, ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
