import { expect, test } from './fixtures.ts';

test.describe('receipts', () => {
  test('a delivery is told to the sender', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.event('onTextMessageReceived');
    await bob.do('markDelivered', sent.id);
    const got = await alice.event('onMessagesDelivered', (it) => it.messageId === sent.id);
    expect(got.sender).toBe(bob.uid);
    expect(got.deliveredAt).toBeGreaterThanOrEqual(sent.sentAt);
  });

  test('a read is told to the sender', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.event('onTextMessageReceived');
    await bob.do('markRead', sent.id);
    const got = await alice.event('onMessagesRead', (it) => it.messageId === sent.id);
    expect(got.sender).toBe(bob.uid);
    expect(got.readAt).toBeGreaterThanOrEqual(sent.sentAt);
  });

  test('a fresh message is neither delivered nor read', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    expect(sent.deliveredAt).toBeUndefined();
    expect(sent.readAt).toBeUndefined();
  });

  test('a delivery stands in the history of the sender after a reload', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.event('onTextMessageReceived');
    await bob.do('markDelivered', sent.id);
    await alice.event('onMessagesDelivered');
    await alice.reload();
    const [message] = await alice.do('before', { uid: bob.uid });
    expect(message.deliveredAt).toBeGreaterThanOrEqual(sent.sentAt);
    expect(message.readAt).toBeUndefined();
  });

  test('a read stands in the history of the sender after a reload', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.event('onTextMessageReceived');
    await bob.do('markRead', sent.id);
    await alice.event('onMessagesRead');
    await alice.reload();
    expect((await alice.do('before', { uid: bob.uid }))[0].readAt).toBeGreaterThanOrEqual(sent.sentAt);
  });

  test('a receipt covers every earlier message', async ({ alice, bob }) => {
    const ids = await alice.do('sendMany', bob.uid, 'line', 3);
    await bob.event('onTextMessageReceived', (it) => it.id === ids[2]);
    await bob.do('markRead', ids[1]);
    await alice.event('onMessagesRead', (it) => it.messageId === ids[1]);
    const history = await alice.do('before', { uid: bob.uid });
    expect(history.map((it) => Boolean(it.readAt))).toEqual([true, true, false]);
    expect(history.map((it) => Boolean(it.deliveredAt)).slice(0, 2)).toEqual([true, true]);
  });

  test('the reader sees the message as read by them', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.event('onTextMessageReceived');
    await bob.do('markRead', sent.id);
    await alice.event('onMessagesRead');
    const [message] = await bob.do('before', { uid: alice.uid });
    expect(message.readByMeAt).toBeGreaterThanOrEqual(sent.sentAt);
  });

  test("the reader's other tab is told of the read", async ({ alice, bob, visitor }) => {
    const second = await visitor({ context: bob.page.context(), uid: bob.uid });
    await second.online();
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.event('onTextMessageReceived');
    await bob.do('markRead', sent.id);
    expect((await second.event('onMessagesRead', (it) => it.messageId === sent.id)).sender).toBe(bob.uid);
  });

  test('the receipts of a message name the reader', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.event('onTextMessageReceived');
    await bob.do('markRead', sent.id);
    await alice.event('onMessagesRead');
    const [receipt] = await alice.do('receipts', sent.id);
    expect(receipt.sender).toBe(bob.uid);
    expect(receipt.readAt).toBeGreaterThanOrEqual(sent.sentAt);
  });

  test('a conversation marked as read over REST is told to the sender', async ({ alice, bob }) => {
    const ids = await alice.do('sendMany', bob.uid, 'line', 2);
    await bob.event('onTextMessageReceived', (it) => it.id === ids[1]);
    await bob.do('markConversationRead', alice.uid);
    await alice.event('onMessagesRead', (it) => it.messageId === ids[1]);
    expect(await bob.do('unread')).toEqual({});
  });

  test('a conversation marked as delivered over REST is told to the sender', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.event('onTextMessageReceived');
    await bob.do('markConversationDelivered', alice.uid);
    await alice.event('onMessagesDelivered', (it) => it.messageId === sent.id);
    expect(await bob.do('unread')).toEqual({ [alice.uid]: 1 });
  });

  test('nobody marks a message of others as read', async ({ alice, bob, account, signIn }) => {
    const carol = await signIn(await account('Carol'));
    const sent = await alice.do('sendText', bob.uid, 'private');
    await carol.do('markReadByHand', sent.id, bob.uid, alice.uid);
    await expect.poll(() => carol.sent.filter((it) => it.type === 'receipts' && it.body.messageId === sent.id).length).toBe(1);
    // What follows on the same socket is dealt with after it.
    await carol.do('startTyping', alice.uid);
    await alice.event('onTypingStarted', (it) => it.sender === carol.uid);
    expect(alice.seen('onMessagesRead')).toEqual([]);
    expect((await alice.do('before', { uid: bob.uid }))[0].readAt).toBeUndefined();
  });
});
