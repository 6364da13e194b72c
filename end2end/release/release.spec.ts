// The unmodified release against the cloud's own names: no override, no shim, no emulator in it.
import { test as base, expect, type BrowserContext } from '@playwright/test';
import { Guard } from '../chat/guard.ts';
import { newAccount, Visitor } from '../chat/people.ts';
import { CLOUD_ORIGINS, missing, withRelease } from './cloud.ts';

interface Fixtures {
  member: (name: string) => Promise<Visitor>;
}

const test = base.extend<Fixtures, { release: string }>({
  release: [async ({}, use) => withRelease(use), { scope: 'worker' }],
  member: async ({ browser, release }, use) => {
    const guard = new Guard([release, ...CLOUD_ORIGINS]);
    const opened: BrowserContext[] = [];
    await use(async (name) => {
      const home = await browser.newContext({ locale: 'en-GB' });
      opened.push(home);
      await guard.watch(home);
      const person = new Visitor(await home.newPage(), release, newAccount(name));
      await person.register();
      await person.widget.welcomed();
      return person;
    });
    await Promise.all(opened.map((context) => context.close()));
    guard.verify();
  },
});

test.describe('a release', () => {
  const reason = missing();
  test.skip(reason !== undefined, reason);

  test('two people register and talk both ways at the names of CometChat’s cloud', async ({ member }) => {
    const alice = await member('Alice');
    const cloud = alice.page.waitForEvent('websocket', (socket) => socket.url().startsWith('wss://emuapp.websocket-eu.cometchat.io'));
    await alice.visit('/');
    await cloud;
    const bob = await member('Bob');
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('Hello Bob');
    await alice.widget.receipt('Hello Bob', 'Delivered');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await alice.widget.receipt('Hello Bob', 'Read');
    await bob.widget.send('Hello Alice');
    await bob.widget.receipt('Hello Alice', 'Read');
    await alice.logout();
    await alice.login();
    await alice.widget.connected();

    // Each language has a browser half of its own.
    await alice.page.getByRole('button', { name: 'Français' }).click();
    await expect(alice.page.locator('html')).toHaveAttribute('lang', 'fr');
    await expect(alice.widget.launcher).toHaveAccessibleName(/la discussion/);
  });
});
