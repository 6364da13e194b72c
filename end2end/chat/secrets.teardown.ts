import { test as teardown, expect } from '@playwright/test';
import { isWhole } from '../run.ts';
import { publicPlaces, remembered, secretsIn } from './secrets.ts';

const KINDS = ['password', 'session cookie', 'chat token', 'REST API key', 'control token'];

teardown('no secret of the whole run stands in a log, in HTML, in an answer, in the WASM or in a script', () => {
  const secrets = remembered();
  const places = publicPlaces();
  if (isWhole) {
    // Otherwise nothing would have been looked for, or nowhere.
    expect(new Set(secrets.map(({ kind }) => kind))).toEqual(new Set(KINDS));
    for (const [place, files] of places) expect(files.length, place).toBeGreaterThan(0);
  }
  const found = [...places.values()].flat().flatMap((path) => secretsIn(path, secrets));
  expect([...new Set(found)]).toEqual([]);
});
