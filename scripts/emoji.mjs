// Writes public/emoji.<language>.json: the emoji that the picker offers, with the words that they are found by, out of
// emojibase-data (MIT; emojis, names and keywords of Unicode's CLDR). Each file is a list of [group, [[emoji, words], …]].
// Does nothing when the files are newer than the data.
import { readFileSync, statSync, writeFileSync } from 'node:fs';

const COMPONENTS = 2; // skin tones and hair: nothing to be sent by itself
const age = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

for (const language of ['en', 'fr']) {
  const source = `node_modules/emojibase-data/${language}/compact.json`;
  const target = `public/emoji.${language}.json`;
  if (age(target) > Math.max(age(source), age('scripts/emoji.mjs'))) continue;
  const groups = new Map();
  const known = JSON.parse(readFileSync(source, 'utf8')).filter(({ group }) => group !== undefined && group !== COMPONENTS);
  for (const { group, unicode, label, tags = [] } of known.toSorted((one, other) => one.order - other.order)) {
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push([unicode, [label, ...tags].join(',').toLowerCase()]);
  }
  writeFileSync(target, JSON.stringify([...groups].sort(([one], [other]) => one - other)));
}
