import { test as teardown, expect } from '@playwright/test';
import { remembered, serverLogs } from './secrets.ts';

teardown('no secret of the whole run stands in a server log', () => {
  const secrets = remembered();
  expect(new Set(secrets.map((secret) => secret.kind))).toEqual(new Set(['password', 'session cookie', 'chat token']));
  const logs = serverLogs();
  expect(logs.size).toBeGreaterThan(0);
  const found = [...logs].flatMap(([name, text]) =>
    secrets.filter((secret) => text.includes(secret.value)).map((secret) => `${secret.kind} in ${name}`),
  );
  expect(found).toEqual([]);
});
