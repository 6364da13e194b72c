import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { LEFT_OUT_TITLES } from './live.ts';

test.describe('a run on the cloud itself', () => {
  test('leaves out nothing that is not a behaviour of the list', () => {
    const specs = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.spec.ts'));
    const sources = specs.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join();
    expect(LEFT_OUT_TITLES.filter((title) => !sources.includes(title))).toEqual([]);
  });
});
