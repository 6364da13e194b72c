// How long a login lives: what ends it from outside ends the open chats, and what renews it nobody sees.
import { expect, test } from './fixtures.ts';
import { TOKEN_ROAD } from './secrets.ts';

/** A page that does not learn from its sockets that the cloud closed them: as if that kept them open. */
function keepSocketsOpen(): void {
  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, args: [string]) {
      const socket = new target(...args);
      socket.addEventListener('close', (event) => event.stopImmediatePropagation());
      return socket;
    },
  });
}

test.describe('the end of a login', () => {
  test('an administrator signs somebody out: within two seconds the chat is closed in every tab, whatever the cloud does', async ({
    ownSite,
    visitor,
    guard,
  }) => {
    guard.expect(/status of 401/, /WebSocket connection to .* failed/, /^$/);
    const site = await ownSite('administrator', {});
    const here = await visitor('Alice', { origin: site.origin });
    await here.context.addInitScript(keepSocketsOpen);
    await here.register();
    await here.widget.welcomed();
    const there = await visitor('Alice', { origin: site.origin, context: here.context, account: here.account });
    await there.visit('/account');
    const other = await visitor('Alice', { origin: site.origin, account: here.account });
    await other.context.addInitScript(keepSocketsOpen);
    await other.login();
    const tabs = [here, there, other];
    for (const tab of tabs) {
      await tab.widget.connected();
      await tab.widget.open();
    }

    expect(await site.command('admin', 'sign-out', here.account.email)).toContain('2 sessions ended');
    await Promise.all(tabs.map((tab) => expect(tab.widget.signIn).toBeVisible({ timeout: 2_000 })));
  });

  test('a login is renewed while two people talk: once for all tabs, no message is lost or doubled, and nobody sees it', async ({
    ownSite,
    member,
    visitor,
  }) => {
    const site = await ownSite('renewal', { env: { CHAT_TOKEN_MAX_AGE_SECONDS: '20' } });
    const [alice, bob] = [await member('Alice', { origin: site.origin }), await member('Bob', { origin: site.origin })];
    const tokens = new Map([alice, bob].map((person) => [person, 0]));
    for (const person of [alice, bob]) {
      person.context.on('response', (response) => {
        if (response.url().endsWith(TOKEN_ROAD) && response.ok()) tokens.set(person, tokens.get(person)! + 1);
      });
    }
    const there = await visitor('Alice', { origin: site.origin, context: alice.context, account: alice.account });
    await there.visit('/account');
    await there.widget.connected();
    await alice.page.bringToFront();
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('first');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    for (const person of [alice, bob]) {
      await person.page.evaluate(() => {
        const root = document.querySelector('.chat-widget')!.shadowRoot!;
        (window as any).seen = [];
        new MutationObserver(() => {
          if (root.querySelector('.link-bar:not([hidden])')?.textContent) (window as any).seen.push('the link bar');
          if (!root.querySelector('[role=log]')) (window as any).seen.push('no log');
        }).observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
      });
    }

    const sent = ['first'];
    const say = async (): Promise<void> => {
      for (const person of [alice, bob]) {
        const text = `message ${String(sent.length).padStart(3, '0')}.`;
        await person.widget.send(text);
        sent.push(text);
      }
    };
    while ([...tokens.values()].some((count) => count === 0)) await say();
    await there.widget.open();
    await there.widget.openConversation(bob.name);
    await say();
    await say();
    await expect(there.widget.message(sent.at(-1)!)).toHaveCount(1);
    expect([...tokens.values()]).toEqual([1, 1]);
    for (const { widget } of [alice, bob]) {
      await expect.poll(async () => (await widget.texts()).sort()).toEqual([...sent].sort());
    }
    expect(await alice.page.evaluate(() => (window as any).seen)).toEqual([]);
    // What the cloud has: the last page of it.
    await alice.page.reload();
    await expect(alice.widget.message(sent.at(-1)!)).toBeVisible();
    const shown = await alice.widget.texts();
    expect(shown).toEqual(sent.slice(-shown.length));
    expect(await bob.page.evaluate(() => (window as any).seen)).toEqual([]);
  });
});
