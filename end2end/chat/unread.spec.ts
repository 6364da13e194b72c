import { expect, test } from './fixtures.ts';

// Everybody new has one unread message already: the greeting of the demo guide.

test.describe('unread messages', () => {
  test('show on the launcher and in the title of a page that never opened the chat', async ({ alice, bob }) => {
    const title = (await bob.page.title()).replace('(1) ', '');
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('one');
    await alice.widget.send('two');
    await expect(bob.widget.badge).toHaveText('3');
    await expect(bob.page).toHaveTitle(`(3) ${title}`);
    await expect(bob.widget.launcher).toHaveAccessibleName(/3 unread/);
    await expect(bob.widget.panel).toBeHidden();

    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await expect(bob.page).toHaveTitle(`(1) ${title}`);
    await bob.widget.close();
    await expect(bob.widget.badge).toHaveText('1');
    await bob.widget.open();
    await bob.widget.back();
    await bob.widget.openConversation('Guide');
    await bob.widget.close();
    await expect(bob.widget.badge).toHaveCount(0);
    await expect(bob.page).toHaveTitle(title);
  });

  test('stand below a line when the conversation is opened', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('read before');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await alice.widget.receipt('read before', 'Read');
    await bob.widget.back();
    for (const text of ['new one', 'new two']) await alice.widget.send(text);
    await expect(bob.widget.row(alice.name).locator('.badge')).toHaveText(/^2/);
    await bob.widget.openConversation(alice.name);
    const shown = () => bob.widget.log.locator('.unread-line, article .text').allTextContents();
    await expect.poll(shown).toEqual(['read before', 'New messages', 'new one', 'new two']);
  });

  test('are there after coming back, before the first click', async ({ alice, bob }) => {
    await bob.page.goto('about:blank');
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    for (const text of ['one', 'two', 'three']) await alice.widget.send(text);
    await bob.visit('/');
    await expect(bob.widget.badge).toHaveText('4');
  });

  test('read in one tab are read in the other', async ({ alice, bob, visitor }) => {
    const second = await visitor('Bob', { context: bob.context, account: bob.account });
    await second.visit('/');
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('hello');
    await expect(bob.widget.badge).toHaveText('2');
    await expect(second.widget.badge).toHaveText('2');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await expect(second.widget.badge).toHaveText('1');
  });
});
