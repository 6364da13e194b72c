import { expect, test } from './fixtures.ts';

test.describe('reactions', () => {
  test('a reaction arrives live and counts in the message of both', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    expect(await bob.do('react', sent.id, '👍🏽')).toEqual([{ reaction: '👍🏽', count: 1, mine: true }]);
    expect(await alice.event('onMessageReactionAdded')).toEqual({
      messageId: sent.id, reaction: '👍🏽', uid: bob.uid, by: 'Bob', conversationId: sent.conversationId,
    });
    expect(await alice.do('react', sent.id, '👍🏽')).toEqual([{ reaction: '👍🏽', count: 2, mine: true }]);
    expect(await bob.do('reactions', sent.id)).toEqual([{ reaction: '👍🏽', count: 2, mine: true }]);
  });

  test('a reaction that is taken back is told, and gone', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.do('react', sent.id, '❤️');
    expect(await bob.do('unreact', sent.id, '❤️')).toEqual([]);
    expect(await alice.event('onMessageReactionRemoved')).toMatchObject({ messageId: sent.id, reaction: '❤️', uid: bob.uid });
    expect(await alice.do('reactions', sent.id)).toEqual([]);
  });

  test('the same reaction twice counts once', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.do('react', sent.id, '🎉');
    expect(await bob.do('react', sent.id, '🎉')).toEqual([{ reaction: '🎉', count: 1, mine: true }]);
  });

  test('who reacted is listed in pages, and by reaction', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    for (const reaction of ['1', '2', '3']) await bob.do('react', sent.id, reaction);
    await alice.do('react', sent.id, '2');
    expect(await alice.do('reactionPages', sent.id, 3)).toEqual([
      [`1 ${bob.uid}`, `2 ${bob.uid}`, `3 ${bob.uid}`], [`2 ${alice.uid}`],
    ]);
    expect(await alice.do('reactionPages', sent.id, 10, '2')).toEqual([[`2 ${bob.uid}`, `2 ${alice.uid}`]]);
  });

  test('the other tab of who reacted hears of it', async ({ alice, bob, visitor }) => {
    const second = await visitor({ context: bob.page.context(), uid: bob.uid });
    await second.online();
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.do('react', sent.id, '👀');
    expect(await second.event('onMessageReactionAdded')).toMatchObject({ messageId: sent.id, uid: bob.uid });
  });

  test('members of a group hear of reactions', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid);
    const sent = await alice.do('sendToGroup', guid, 'hello');
    await bob.do('react', sent.id, '👍');
    expect(await alice.event('onMessageReactionAdded')).toMatchObject({ messageId: sent.id, conversationId: `group_${guid}` });
    expect((await alice.do('filtered', { hasReactions: true })).map((it) => it.id)).toEqual([sent.id]);
  });

  test('a third person cannot react', async ({ alice, bob, account, signIn }) => {
    const carol = await signIn(await account('Carol'));
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await expect(carol.do('react', sent.id, '👍')).rejects.toThrow('[ERR_MESSAGE_NO_ACCESS]');
  });
});
