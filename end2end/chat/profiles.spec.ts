import { expect, test } from './fixtures.ts';
import { Groups } from './groups.ts';

// The browser itself writes a line for a refusal.
const REFUSED = /Failed to load resource.*(400|403|404)/;

test('a person is blocked, which says so after a reload, and unblocked from the conversation', async ({ alice, bob, guard }) => {
  guard.expect(REFUSED);
  await alice.widget.open();
  await alice.widget.startConversation(bob.name);
  await alice.widget.send('hello there');
  const pane = new Groups(alice);
  await pane.openPane();
  await expect(pane.panel.getByRole('heading', { name: bob.name })).toBeVisible();
  await expect(pane.panel.locator('.info .status')).toHaveText('Online');
  await pane.button('Block').click();
  await pane.confirm('Block');
  await pane.button('Blocked people').click();
  await expect(pane.panel.getByRole('listitem').filter({ hasText: bob.name })).toBeVisible();
  await pane.button('Back to the conversation').click();
  await pane.button('Back to the conversation').click();
  await expect(pane.instead).toContainText(`You have blocked ${bob.name}.`);
  await bob.widget.open();
  await bob.widget.openConversation(alice.name);
  await bob.widget.composer.fill('can you hear me?');
  await bob.widget.composer.press('Enter');
  await alice.page.reload();
  await expect(pane.instead).toContainText(`You have blocked ${bob.name}.`);
  await pane.button('Unblock').click();
  await expect(alice.widget.composer).toBeVisible();
  await bob.widget.send('and now?');
  await expect(alice.widget.message('and now?')).toBeVisible();
  await expect(alice.widget.message('can you hear me?')).toHaveCount(0);
});

test('a message is reported with a reason and a remark', async ({ alice, bob }) => {
  await bob.widget.open();
  await bob.widget.startConversation(alice.name);
  await bob.widget.send('buy now!');
  await alice.widget.open();
  await alice.widget.openConversation(bob.name);
  const message = alice.widget.message('buy now!');
  await message.hover();
  await message.getByRole('button', { name: 'Message actions' }).click();
  await message.getByRole('menuitem', { name: 'Report' }).click();
  const { dialog } = new Groups(alice);
  await expect(dialog).toContainText(`Report this message by ${bob.name}?`);
  await expect(dialog.getByRole('button', { name: 'Report' })).toBeDisabled();
  await dialog.getByRole('radio', { name: 'Spam' }).click();
  await dialog.getByLabel('Remark (optional)').fill('the third time today');
  const sent = alice.page.waitForResponse((response) => response.url().endsWith('/flagged'));
  await dialog.getByRole('button', { name: 'Report' }).click();
  expect((await sent).ok()).toBe(true);
  expect((await sent).request().postDataJSON()).toMatchObject({ id: 'spam', remark: 'the third time today' });
  await expect(alice.widget.panel.getByRole('status').filter({ hasText: 'Reported.' })).toBeVisible();
  await expect(dialog).toBeHidden();
});

test('what was shared in a conversation is listed, and leads to its message', async ({ alice, bob }) => {
  await bob.widget.open();
  await bob.widget.startConversation(alice.name);
  await bob.widget.send('look at this');
  // Whom the browser wrote to last, the cloud is asked: it has to have the message that the widget shows already.
  await bob.widget.receipt('look at this', 'Delivered');
  await bob.page.evaluate(async () => {
    const sdk = (window as any).CometChat;
    const [to] = await new sdk.ConversationsRequestBuilder().setLimit(1).build().fetchNext();
    const file = new File(['hello'], 'notes.txt', { type: 'text/plain' });
    await sdk.sendMediaMessage(new sdk.MediaMessage(to.getConversationWith().getUid(), file, 'file', 'user'));
  });
  await bob.widget.sendMany(Array.from({ length: 40 }, (_, at) => `line ${at}`));
  await alice.widget.open();
  await alice.widget.openConversation(bob.name);
  await expect(alice.widget.message('line 39')).toBeInViewport();
  await expect(alice.widget.message('notes.txt')).toHaveCount(0);
  const pane = new Groups(alice);
  await pane.openPane();
  await pane.button('Shared files').click();
  await pane.panel.getByRole('listitem').filter({ hasText: 'notes.txt' }).getByRole('button').click();
  await expect(alice.widget.message('notes.txt')).toBeInViewport();
  await expect(alice.widget.composer).toBeVisible();
});
