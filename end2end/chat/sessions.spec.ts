import { expect, test } from './fixtures.ts';

/** A refused report of its session, and the SDK's own rejection of it, which nobody can catch and has no message. */
const REVOKED = [/status of 401/, /WebSocket connection to .* failed/, /^$/];

test.describe('sessions', () => {
  test('a log-out here ends the chat there', async ({ alice, bob, visitor, guard }) => {
    guard.expect(...REVOKED);
    const there = await visitor('Alice', { context: alice.context, account: alice.account });
    await there.visit('/');
    await there.widget.open();
    await there.widget.startConversation(bob.name);
    await there.widget.send('a private word');

    await alice.logout();
    await expect(there.widget.signIn).toBeVisible();
    await expect(there.widget.panel).not.toContainText('a private word');
    await expect(there.widget.panel).not.toContainText(bob.name);
  });

  test('signing out everywhere ends the chat of another browser', async ({ alice, bob, visitor, guard }) => {
    guard.expect(...REVOKED);
    const there = await visitor('Alice', { account: alice.account });
    await there.login();
    await there.widget.open();
    await there.widget.startConversation(bob.name);
    await there.widget.send('a private word');

    await alice.visit('/account');
    await alice.page.getByText('Sign out everywhere', { exact: true }).click();
    await alice.page.getByRole('button', { name: 'Yes, sign out everywhere' }).click();
    await expect(there.widget.signIn).toBeVisible({ timeout: 20_000 });
    await expect(there.widget.panel).not.toContainText('a private word');
  });

  test('a second user of the browser sees nothing of the first', async ({ alice, bob, visitor }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('the first user wrote this');
    await alice.widget.composer.fill('the first user drafted this');
    const uid = /user_\d+/.exec((await alice.widget.storage()).join())?.[0];
    expect(uid).toBeDefined();
    await alice.logout();
    await expect.poll(async () => (await alice.widget.storage()).filter((entry) => /the first user|authToken/.test(entry))).toEqual([]);

    const carol = await visitor('Carol', { context: alice.context });
    await carol.register();
    await carol.widget.welcomed();
    await carol.widget.open();
    await expect(carol.widget.panel).not.toContainText(bob.name);
    await expect(carol.widget.conversations.getByRole('listitem')).toHaveText([/Guide \(demo\)/]);
    await carol.widget.startConversation(bob.name);
    await expect(carol.widget.composer).toHaveValue('');
    await expect(carol.widget.log).not.toContainText('the first user');
    await carol.widget.send('I am somebody else');
    await bob.widget.open();
    await expect(bob.widget.row(carol.name)).toContainText('I am somebody else');
    expect((await carol.widget.storage()).filter((entry) => new RegExp(`${uid}\\b`).test(entry) || entry.includes(alice.name))).toEqual([]);
  });

  test('twenty reloads and tabs spend one token', async ({ alice, visitor }) => {
    let asked = 0;
    alice.context.on('request', (request) => {
      if (request.url().endsWith('/api/cometchat/auth-token')) asked += 1;
    });
    await alice.page.reload();
    await alice.widget.connected();
    const afterFirst = asked;
    for (let count = 0; count < 10; count += 1) {
      await alice.page.reload();
      await alice.widget.connected();
    }
    for (let count = 0; count < 10; count += 1) {
      const tab = await visitor('Alice', { context: alice.context, account: alice.account });
      await tab.visit(count % 2 === 0 ? '/' : '/account');
      await tab.widget.connected();
      await tab.page.close();
    }
    expect(afterFirst).toBeLessThanOrEqual(1);
    expect(asked).toBe(afterFirst);
  });

  test('a signed-out visitor is offered to sign in and never fetches the SDK', async ({ visitor }) => {
    const guest = await visitor('Guest');
    const asked: string[] = [];
    guest.page.on('request', (request) => asked.push(request.url()));
    await guest.visit('/');
    await expect(guest.widget.launcher).toBeVisible();
    await guest.widget.open();
    await expect(guest.widget.signIn).toBeVisible();
    await guest.page.waitForLoadState('networkidle');
    expect(asked.filter((url) => /cometchat.*\.js|auth-token|emulator/i.test(new URL(url).pathname) && !/leptos-cometchat/.test(url))).toEqual([]);
  });

  test('after signing in from the widget the chat comes back open', async ({ alice, visitor }) => {
    const person = await visitor('Alice', { account: alice.account });
    await person.visit('/');
    await person.widget.open();
    await person.widget.signIn.click();
    await person.submitLogin();
    await person.signedIn();
    await expect(person.widget.panel).toBeVisible();
    await expect(person.widget.panel.locator('.header').getByRole('button', { name: 'New chat' })).toBeVisible();
  });
});
