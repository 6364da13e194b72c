// Messages of kinds that this chat does not make itself.
import { expect, test } from './fixtures.ts';
import { together } from './people.ts';

test('a poll and an unknown kind are quiet cards with their text, also after a reload', async ({ alice, bob }) => {
  await together(alice, bob);
  await alice.widget.receipt('hello', 'Read');
  await alice.page.evaluate(async () => {
    const sdk = (window as any).CometChat;
    const [to] = await new sdk.ConversationsRequestBuilder().setLimit(1).build().fetchNext();
    for (const [type, text] of [['extension_poll', 'Tea or coffee?'], ['something_new', 'What is this?']]) {
      const message = new sdk.CustomMessage(to.getConversationWith().getUid(), 'user', type, { any: 'thing' });
      message.setConversationText(text);
      await sdk.sendCustomMessage(message);
    }
  });
  const shown = async () => {
    await expect(bob.widget.message('Tea or coffee?').locator('.other-kind')).toHaveText('Poll');
    await expect(bob.widget.message('What is this?').locator('.other-kind')).toHaveText('A message that this chat cannot show');
  };
  await shown();
  await bob.page.reload();
  await shown();
  await bob.widget.back();
  await expect(bob.widget.row(alice.name)).toContainText('What is this?');
});
