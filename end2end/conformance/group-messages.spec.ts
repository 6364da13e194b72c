import { expect, test } from './fixtures.ts';

test.describe('messages in a group', () => {
  test.beforeEach(async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid);
  });

  test('a text reaches every member, once, and nobody else', async ({ alice, bob, account, signIn, guid }) => {
    const [member, outsider] = [await signIn(await account('Carol')), await signIn(await account('Dave'))];
    await member.do('joinGroup', guid);
    const sent = await alice.do('sendToGroup', guid, 'hello all');
    for (const tab of [bob, member]) {
      const got = await tab.event('onTextMessageReceived', (it) => it.id === sent.id);
      expect(got).toMatchObject({ text: 'hello all', sender: alice.uid, receiver: guid, receiverType: 'group', conversationId: `group_${guid}` });
    }
    const direct = await alice.do('sendText', outsider.uid, 'for Dave');
    await outsider.event('onTextMessageReceived', (it) => it.id === direct.id);
    expect(outsider.seen('onTextMessageReceived')).toHaveLength(1);
  });

  test('everybody in a group is mentioned at once', async ({ alice, bob, guid }) => {
    const sent = await alice.do('sendToGroup', guid, 'lunch, <@all:all>?');
    const seen = await bob.do('detailsAround', sent.id);
    expect(seen).toMatchObject({ mentionsMe: true, mentioned: [bob.uid] });
    expect((await alice.do('detailsAround', sent.id)).mentionsMe).toBe(false);
  });

  test('the history holds messages and what happened to members, in words', async ({ alice, bob, guid }) => {
    await alice.do('sendToGroup', guid, 'one');
    const all = await bob.do('groupHistory', guid);
    expect(all.map((it) => [it.category, it.type])).toEqual([['action', 'groupMember'], ['message', 'text']]);
    expect(JSON.parse(all[0]!.raw).message).toBe('Bob joined');
    expect((await bob.do('groupHistory', guid, { categories: ['message'] })).map((it) => it.text)).toEqual(['one']);
  });

  test("the group's conversation stands in the list with its unread count", async ({ alice, bob, guid }) => {
    const sent = await alice.do('sendToGroup', guid, 'one');
    const [only] = await bob.do('conversations');
    expect(only).toMatchObject({ id: `group_${guid}`, with: guid, unread: 1, last: { id: sent.id } });
    expect(await bob.do('unreadInGroups')).toEqual({ [guid]: 1 });
    expect(await bob.do('unreadInGroup', guid)).toEqual({ [guid]: 1 });
    await bob.do('markGroupRead', guid);
    expect((await bob.do('groupConversation', guid)).unread).toBe(0);
  });

  test('a receipt goes to the sender, and a total once everybody has read', async ({ alice, bob, account, signIn, guid }) => {
    const carol = await signIn(await account('Carol'));
    await carol.do('joinGroup', guid);
    const sent = await alice.do('sendToGroup', guid, 'one');
    await bob.do('markRead', sent.id);
    const read = await alice.event('onMessagesRead', (it) => it.sender === bob.uid);
    expect(read).toMatchObject({ messageId: sent.id, receiver: guid });
    expect(alice.seen('onMessagesReadByAll')).toEqual([]);
    await carol.do('markRead', sent.id);
    expect(await alice.event('onMessagesReadByAll')).toMatchObject({ messageId: sent.id });
    expect(await alice.event('onMessagesDeliveredToAll')).toMatchObject({ messageId: sent.id });
    expect((await alice.do('details', sent.id)).readAt).toBeTruthy();
    const who = await alice.do('receipts', sent.id);
    expect(who.map((it) => it.sender).sort()).toEqual([bob.uid, carol.uid].sort());
  });

  test('typing is told to the other members', async ({ alice, bob, guid }) => {
    await alice.do('startTypingInGroup', guid);
    expect(await bob.event('onTypingStarted')).toMatchObject({ sender: alice.uid, receiver: guid, receiverType: 'group' });
    await alice.do('endTypingInGroupPlainly', guid);
    expect(await bob.event('onTypingEnded')).toMatchObject({ sender: alice.uid, receiver: guid });
  });

  test('a transient message reaches the other members', async ({ alice, bob, guid }) => {
    await alice.do('sendTransientToGroup', guid, { wave: true });
    expect(await bob.event('onTransientMessageReceived')).toMatchObject({ sender: alice.uid, receiver: guid, data: { wave: true } });
  });

  test('an edit and a deletion by an admin are told', async ({ alice, bob, guid }) => {
    const sent = await bob.do('sendToGroup', guid, 'rude');
    await alice.do('remove', sent.id);
    expect(await bob.event('onMessageDeleted', (it) => it.id === sent.id)).toMatchObject({ deletedBy: alice.uid });
  });

  test('a conversation is tagged and deleted from one view alone', async ({ alice, bob, guid }) => {
    await alice.do('sendToGroup', guid, 'one');
    expect((await bob.do('tagGroupConversation', guid.toUpperCase(), ['archived'])).tags).toEqual(['archived']);
    await bob.do('deleteGroupConversation', guid);
    expect(await bob.do('conversations')).toEqual([]);
    expect(await alice.do('conversations')).toHaveLength(1);
  });
});
