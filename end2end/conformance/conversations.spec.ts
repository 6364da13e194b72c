import { expect, test } from './fixtures.ts';

test.describe('conversations', () => {
  test('the newest conversation stands first and a new message moves one up', async ({ alice, bob, account }) => {
    const carol = await account('Carol');
    await alice.do('sendText', bob.uid, 'to Bob');
    await alice.do('sendText', carol.uid, 'to Carol');
    expect((await alice.do('conversations')).map((it) => it.with)).toEqual([carol.uid, bob.uid]);
    await bob.do('sendText', alice.uid, 'from Bob');
    expect((await alice.do('conversations')).map((it) => it.with)).toEqual([bob.uid, carol.uid]);
  });

  test('a conversation shows its last message and the other side', async ({ alice, bob }) => {
    await alice.do('sendMany', bob.uid, 'line', 3);
    const [row] = await bob.do('conversations');
    expect(row.with).toBe(alice.uid);
    expect(row.last).toMatchObject({ text: 'line 3', sender: alice.uid });
  });

  test('an edit of the last message shows in the conversation', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'frist');
    await alice.do('edit', bob.uid, sent.id, 'first');
    expect((await bob.do('conversations'))[0].last).toMatchObject({ id: sent.id, text: 'first' });
  });

  test('the list comes in pages, with none twice and none missing', async ({ alice, account }) => {
    const uids: string[] = [];
    for (const name of ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve']) {
      const { uid } = await account(name);
      await alice.do('sendText', uid, 'hello');
      uids.push(uid);
    }
    expect(await alice.do('conversationPages', 2)).toEqual([[uids[4], uids[3]], [uids[2], uids[1]], [uids[0]]]);
  });

  test('the list can be narrowed to unread conversations', async ({ alice, bob, account, signIn }) => {
    const carol = await signIn(await account('Carol'));
    await bob.do('sendText', alice.uid, 'read me');
    await carol.do('sendText', alice.uid, 'later');
    await alice.do('markConversationRead', bob.uid);
    expect((await alice.do('conversations', { unread: true })).map((it) => it.with)).toEqual([carol.uid]);
  });

  test('one conversation is found by the other side', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    const found = await alice.do('conversationWith', bob.uid.toUpperCase());
    expect(found).toMatchObject({ id: sent.conversationId, with: bob.uid, unread: 0 });
  });

  test('where nobody ever wrote there is no conversation', async ({ alice, bob }) => {
    await expect(alice.do('conversationWith', bob.uid)).rejects.toThrow(/\[ERR_/);
    expect(await alice.do('conversations')).toEqual([]);
  });
});

test.describe('unread messages', () => {
  test('are counted by sender', async ({ alice, bob, account, signIn }) => {
    const carol = await signIn(await account('Carol'));
    await bob.do('sendMany', alice.uid, 'line', 2);
    await carol.do('sendText', alice.uid, 'one');
    expect(await alice.do('unread')).toEqual({ [bob.uid]: 2, [carol.uid]: 1 });
  });

  test('are counted for one sender', async ({ alice, bob }) => {
    await bob.do('sendMany', alice.uid, 'line', 3);
    expect(await alice.do('unreadFrom', bob.uid)).toEqual({ [bob.uid]: 3 });
  });

  test('stand in the conversation', async ({ alice, bob }) => {
    await bob.do('sendMany', alice.uid, 'line', 3);
    expect((await alice.do('conversations'))[0].unread).toBe(3);
    expect((await alice.do('conversationWith', bob.uid)).unread).toBe(3);
  });

  test("never count one's own messages", async ({ alice, bob }) => {
    await alice.do('sendMany', bob.uid, 'line', 2);
    expect(await alice.do('unread')).toEqual({});
    expect((await alice.do('conversations'))[0].unread).toBe(0);
  });

  test('end with a read receipt, up to the message that was read', async ({ alice, bob }) => {
    const ids = await bob.do('sendMany', alice.uid, 'line', 3);
    await alice.event('onTextMessageReceived', (it) => it.id === ids[2]);
    await alice.do('markRead', ids[1]);
    await bob.event('onMessagesRead', (it) => it.messageId === ids[1]);
    expect(await alice.do('unread')).toEqual({ [bob.uid]: 1 });
    const conversation = await alice.do('conversationWith', bob.uid);
    expect(conversation.unread).toBe(1);
    expect(conversation.lastRead).toBe(ids[1]);
  });

  test('come back when a message is marked as unread', async ({ alice, bob }) => {
    const ids = await bob.do('sendMany', alice.uid, 'line', 3);
    await alice.do('markConversationRead', bob.uid);
    expect(await alice.do('unread')).toEqual({});
    expect((await alice.do('markUnread', ids[1])).unread).toBe(2);
    expect(await alice.do('unread')).toEqual({ [bob.uid]: 2 });
  });

  test('survive a reload', async ({ alice, bob }) => {
    await bob.do('sendMany', alice.uid, 'line', 2);
    await alice.reload();
    expect(await alice.do('unread')).toEqual({ [bob.uid]: 2 });
  });

  test('can be fetched alone', async ({ alice, bob }) => {
    const ids = await bob.do('sendMany', alice.uid, 'line', 3);
    await alice.event('onTextMessageReceived', (it) => it.id === ids[2]);
    await alice.do('markRead', ids[0]);
    await bob.event('onMessagesRead');
    expect((await alice.do('before', { uid: bob.uid, unread: true })).map((it) => it.id)).toEqual(ids.slice(1));
  });
});
