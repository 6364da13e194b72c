import { expect, test } from './fixtures.ts';

test.describe('blocked users', () => {
  test('neither side reaches the other until it is unblocked', async ({ alice, bob }) => {
    const answer = await alice.do('block', [bob.uid]);
    expect(answer[bob.uid]?.success).toBe(true);
    await expect(alice.do('sendText', bob.uid, 'x')).rejects.toThrow('[ERR_BLOCKED_RECEIVER]');
    await expect(bob.do('sendText', alice.uid, 'x')).rejects.toThrow('[ERR_BLOCKED_SENDER]');
    await alice.do('unblock', [bob.uid]);
    const sent = await bob.do('sendText', alice.uid, 'hello again');
    await alice.event('onTextMessageReceived', (it) => it.id === sent.id);
  });

  test('each side sees who blocked whom', async ({ alice, bob }) => {
    await alice.do('block', [bob.uid]);
    expect(await alice.do('blocked', 'blockedByMe')).toEqual([bob.uid]);
    expect(await bob.do('blocked', 'hasBlockedMe')).toEqual([alice.uid]);
    expect(await bob.do('blocked', 'blockedByMe')).toEqual([]);
    expect(await alice.do('blockState', bob.uid)).toEqual({ byMe: true, byThem: false });
    expect(await bob.do('blockState', alice.uid)).toEqual({ byMe: false, byThem: true });
  });

  test('the blocked are left out of the people and the conversations', async ({ alice, bob }) => {
    await bob.do('sendText', alice.uid, 'hello');
    expect(await alice.do('unblockedUsers', bob.uid)).toEqual([bob.uid]);
    await alice.do('block', [bob.uid]);
    expect(await alice.do('unblockedUsers', bob.uid)).toEqual([]);
    expect(await alice.do('conversations')).toEqual([]);
  });

  test('typing does not get through', async ({ alice, bob }) => {
    await alice.do('block', [bob.uid]);
    await bob.do('startTyping', alice.uid);
    await alice.do('unblock', [bob.uid]);
    const sent = await bob.do('sendText', alice.uid, 'after');
    await alice.event('onTextMessageReceived', (it) => it.id === sent.id);
    expect(alice.seen('onTypingStarted')).toEqual([]);
  });
});
