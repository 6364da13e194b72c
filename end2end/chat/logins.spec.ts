// How the tabs of one browser share one login, and how a login that died comes back: for one new token, not for more.
import { expect, test } from './fixtures.ts';
import type { Visitor } from './people.ts';

/** A call that is refused, the socket that is closed, and the SDK's own report, which nobody can catch. */
const REVOKED = [/status of 401/, /WebSocket connection to .* failed/, /^$/];
const TOKEN_ROAD = '**/api/cometchat/auth-token';

/** Counts the tokens that the tabs of a browser ask for. */
function tokensOf({ context }: Visitor): { asked: number } {
  const count = { asked: 0 };
  context.on('request', (request) => {
    if (request.url().endsWith('/api/cometchat/auth-token')) count.asked += 1;
  });
  return count;
}

function storedToken({ page }: Visitor): Promise<{ appId: string; authToken: string } | null> {
  return page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.endsWith(':common_store/user'));
    if (!key) return null;
    let user: any = localStorage.getItem(key);
    while (typeof user === 'string') user = JSON.parse(user);
    return { appId: key.split(':')[0], authToken: user.authToken };
  });
}

/** Ends the token in the cloud, past the widget: the session of the site lives on. */
async function endToken(person: Visitor): Promise<void> {
  const login = await storedToken(person);
  expect(login).not.toBeNull();
  const answer = await person.context.request.delete(`${person.origin}/emulator/v3.0/me`, {
    headers: { origin: person.origin, appId: login!.appId, authToken: login!.authToken },
  });
  expect(answer.status()).toBe(200);
}

async function tab(visitor: (name: string, options: object) => Promise<Visitor>, person: Visitor): Promise<Visitor> {
  const other = await visitor(person.name, { context: person.context, account: person.account });
  await other.visit('/');
  return other;
}

/** Waits until what the page has heard by now is carried out: whoever reads, drops or writes the login holds a lock. */
async function loginsAtRest({ page }: Visitor): Promise<void> {
  await page.evaluate(async () => void (await fetch('/healthz')));
  await page.waitForFunction(async () => {
    const { held, pending } = await navigator.locks.query();
    return held!.length + pending!.length === 0;
  });
}

/** Waits until the login that lies there is another one than this. */
async function renewed(person: Visitor, before: string): Promise<void> {
  await expect
    .poll(async () => (await storedToken(person))?.authToken ?? before, { message: 'a new login', timeout: 30_000 })
    .not.toBe(before);
}

test.describe('logins', () => {
  test('a token that dies while the session lives costs one new one, and the chat goes on', async ({ alice, bob, guard }) => {
    guard.expect(...REVOKED);
    const said: string[] = [];
    alice.page.on('console', (line) => said.push(line.text()));
    await alice.page.reload();
    await alice.widget.connected();
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('before');
    const tokens = tokensOf(alice);
    const { authToken } = (await storedToken(alice))!;

    await endToken(alice);
    await renewed(alice, authToken);
    await alice.widget.connected();
    await expect(alice.widget.linkBar).toBeHidden();
    await expect(alice.widget.message('before')).toHaveCount(1);
    await alice.widget.send('after');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await bob.widget.send('heard');
    await expect(alice.widget.message('heard')).toHaveCount(1);
    expect(tokens.asked).toBe(1);
    expect(said.filter((line) => line.includes('CometChat initialized'))).toEqual(['✔️ CometChat initialized']);
  });

  test('two tabs whose token dies are both live again, for one new token', async ({ alice, bob, visitor, guard }) => {
    guard.expect(...REVOKED);
    const second = await tab(visitor, alice);
    const tabs = [alice, second];
    for (const one of tabs) {
      await one.widget.connected();
      await one.widget.open();
    }
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('before');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await second.widget.openConversation(bob.name);
    const tokens = tokensOf(alice);
    const { authToken } = (await storedToken(alice))!;

    await endToken(alice);
    await renewed(alice, authToken);
    for (const one of tabs) await one.widget.connected();
    await bob.widget.send('to both');
    for (const one of tabs) {
      await expect(one.widget.message('to both')).toHaveCount(1, { timeout: 20_000 });
      await expect(one.widget.signIn).toBeHidden();
    }
    for (const [index, one] of tabs.entries()) {
      await one.widget.send(`from tab ${index}`);
      await expect(bob.widget.message(`from tab ${index}`)).toHaveCount(1);
    }
    expect(tokens.asked).toBe(1);
  });

  test('two tabs that log in at once share one login, and both hear what comes', async ({ alice, bob, visitor }) => {
    const { cookies } = await alice.context.storageState();
    const first = await visitor('Alice', { account: alice.account, browser: { storageState: { cookies, origins: [] } } });
    const second = await visitor('Alice', { account: alice.account, context: first.context });
    const tokens = tokensOf(first);
    const tabs = [first, second];
    await Promise.all(tabs.map((one) => one.visit('/')));
    for (const one of tabs) await one.widget.connected();
    await bob.widget.open();
    await bob.widget.startConversation(alice.name);
    await bob.widget.send('to both');
    for (const one of tabs) await expect(one.widget.badge).toHaveText('2');
    expect(tokens.asked).toBe(1);
  });

  test('the login of the next session is not ended by a tab of the one before', async ({ alice, visitor, guard }) => {
    guard.expect(...REVOKED);
    const stale = await tab(visitor, alice);
    await stale.widget.connected();
    await alice.logout();
    await alice.login();
    await alice.widget.connected();
    const { authToken } = (await storedToken(alice))!;
    await stale.widget.open();
    await expect(stale.widget.signIn).toBeVisible({ timeout: 20_000 });
    await alice.widget.open();
    await loginsAtRest(stale);
    expect((await storedToken(alice))?.authToken).toBe(authToken);
    await expect(alice.widget.signIn).toBeHidden();
    await alice.widget.connected();
  });

  test('a page that knows of nobody does not end the login of a session that lives', async ({ alice, visitor, request }) => {
    const { authToken } = (await storedToken(alice))!;
    // As out of the browser's history: made before the visitor signed in.
    const old = await visitor('Alice', { context: alice.context, account: alice.account });
    const madeForNobody = await request.get(`${alice.origin}/`);
    await old.page.route(`${alice.origin}/`, (route) => route.fulfill({ response: madeForNobody }));
    const checked = old.page.waitForResponse('**/api/session');
    await old.visit('/');
    await expect(old.header.getByRole('link', { name: 'Sign in' })).toBeVisible();
    await checked;
    await loginsAtRest(old);
    expect((await storedToken(alice))?.authToken).toBe(authToken);
    await alice.page.reload();
    await alice.widget.connected();
  });

  test('drafts that two tabs write to two people are both kept', async ({ alice, bob, member, visitor, guard }) => {
    // Nobody has written yet: there is no conversation to load.
    guard.expect(/status of 404 .*\/conversation/);
    const carol = await member('Carol');
    const second = await tab(visitor, alice);
    await second.widget.open();
    await second.widget.startConversation(carol.name);
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.composer.fill('for Bob');
    await second.widget.composer.fill('for Carol');
    for (const [one, text] of [[alice, 'for Bob'], [second, 'for Carol']] as const) {
      await one.page.reload();
      await expect(one.widget.composer).toHaveValue(text);
    }
  });

  test('a reload on "New chat" finds people', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.newChat();
    await alice.page.reload();
    await expect(alice.widget.panel.getByRole('searchbox')).toBeVisible();
    await expect(alice.widget.panel.getByRole('list', { name: 'New chat' }).getByRole('listitem')).not.toHaveCount(0);
    await alice.widget.panel.getByRole('searchbox').fill(bob.name);
    await expect(alice.widget.panel.getByRole('button', { name: bob.name })).toBeVisible();
  });

  test('a browser without Web Locks renews a login too', async ({ alice, guard }) => {
    guard.expect(...REVOKED);
    await alice.page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));
    await alice.page.reload();
    await alice.widget.connected();
    const tokens = tokensOf(alice);
    const { authToken } = (await storedToken(alice))!;
    await endToken(alice);
    await renewed(alice, authToken);
    await alice.widget.connected();
    expect(tokens.asked).toBe(1);
  });

  test('a browser that does not know when it is idle connects all the same', async ({ alice }) => {
    await alice.page.addInitScript(() => delete (window as any).requestIdleCallback);
    await alice.page.reload();
    await expect(alice.widget.badge).toHaveText('1');
    await alice.widget.connected();
  });

  test('what the first user of a tab could not send is not kept for the second', async ({ alice, bob, guard }) => {
    guard.expect(/status of 503/);
    const kept = () => alice.page.evaluate(() => Object.values(sessionStorage).concat(Object.values(localStorage)).join());
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.context.route('**/emulator/**/messages', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 503, body: 'no JSON' }) : route.fallback(),
    );
    await alice.widget.send('never sent');
    await expect(alice.widget.message('never sent').getByRole('button', { name: 'Try again' })).toBeVisible();
    expect(await kept()).toContain('never sent');
    await alice.logout();
    await expect.poll(kept).not.toContain('never sent');
  });

  test('more changes than a page of them arrive after an outage', async ({ alice, bob, guard }) => {
    guard.expect(/ERR_INTERNET_DISCONNECTED/, /WebSocket connection to .* failed/);
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('message 0');
    await alice.widget.sendMany(Array.from({ length: 119 }, (_, index) => `message ${index + 1}`));
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await expect(bob.widget.message('message 119')).toBeVisible();

    await bob.context.setOffline(true);
    await bob.widget.sockets.drop();
    await alice.page.evaluate(async () => {
      const sdk = (window as any).CometChat;
      const [to] = await new sdk.ConversationsRequestBuilder().setLimit(1).build().fetchNext();
      const peer = to.getConversationWith().getUid();
      const messages = new sdk.MessagesRequestBuilder().setUID(peer).setLimit(100).build();
      const known = [...(await messages.fetchPrevious()), ...(await messages.fetchPrevious())];
      for (const message of known.filter((one: any) => one.getType() === 'text')) {
        const edited = new sdk.TextMessage(peer, message.getText().replace('message', 'changed'), 'user');
        edited.setId(message.getId());
        await sdk.editMessage(edited);
      }
    });
    await bob.context.setOffline(false);
    await expect(bob.widget.message('changed 119')).toBeVisible({ timeout: 20_000 });
    await expect(bob.widget.message('changed 100')).toHaveCount(1);
    await expect(bob.widget.log).not.toContainText('message 1');
  });

  test('somebody who left was last seen just now', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await expect(alice.widget.status).toHaveText('Online');
    await bob.page.close();
    await expect(alice.widget.status).toHaveText('Last seen just now', { timeout: 20_000 });
    await alice.widget.panel.locator('.main .title').getByRole('button').click();
    await expect(alice.widget.panel.locator('.info .status')).toHaveText(/^Last seen/);
  });

  for (const { status, header, words } of [
    { status: 503, header: '600', words: /not available.*Next try in 10 minutes/ },
    { status: 429, header: '600', words: /You can go on in 10 minutes/ },
  ]) {
    test(`${status} with conversations on screen: the bar says why, and when it goes on`, async ({ alice, guard }) => {
      guard.expect(...REVOKED, new RegExp(`status of ${status}`));
      await alice.widget.open();
      await expect(alice.widget.conversations.getByRole('listitem')).toHaveCount(1);
      await alice.context.route(TOKEN_ROAD, (route) =>
        route.fulfill({ status, headers: { 'retry-after': header }, contentType: 'application/json', body: '{}' }),
      );
      await endToken(alice);
      await expect(alice.widget.linkBar).toContainText(words, { timeout: 30_000 });
      await expect(alice.widget.conversations.getByRole('listitem')).toHaveCount(1);
      const retry = alice.widget.linkBar.getByRole('button', { name: 'Try again' });
      if (status === 429) {
        await expect(retry).toBeHidden();
        return;
      }
      await alice.context.unroute(TOKEN_ROAD);
      await retry.click();
      await expect(alice.widget.linkBar).toBeHidden();
      await alice.widget.connected();
    });
  }
});
