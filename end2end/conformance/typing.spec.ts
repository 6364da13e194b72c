import { expect, test } from './fixtures.ts';

test.describe('typing', () => {
  test('the start of typing arrives, with who types', async ({ alice, bob }) => {
    await alice.do('startTyping', bob.uid);
    expect(await bob.event('onTypingStarted')).toMatchObject({ sender: alice.uid, receiver: bob.uid, receiverType: 'user' });
  });

  test('the end of typing arrives', async ({ alice, bob }) => {
    await alice.do('startTyping', bob.uid);
    await bob.event('onTypingStarted');
    await alice.do('endTyping', bob.uid);
    expect((await bob.event('onTypingEnded')).sender).toBe(alice.uid);
  });

  test('typing carries its metadata', async ({ alice, bob }) => {
    await alice.do('startTyping', bob.uid, { where: 'composer' });
    expect((await bob.event('onTypingStarted')).metadata).toEqual({ where: 'composer' });
  });

  test('the end sent as a plain object, receiver type "chat" on the wire, arrives too', async ({ alice, bob }) => {
    await alice.do('startTyping', bob.uid);
    await bob.event('onTypingStarted');
    await alice.do('endTypingPlainly', bob.uid);
    await bob.event('onTypingEnded');
  });

  test('a third person and the typist hear nothing of it', async ({ alice, bob, account, signIn }) => {
    const carol = await signIn(await account('Carol'));
    await alice.do('startTyping', bob.uid);
    await bob.event('onTypingStarted');
    await alice.do('startTyping', carol.uid);
    await carol.event('onTypingStarted');
    expect(carol.seen('onTypingStarted')).toHaveLength(1);
    expect(alice.seen('onTypingStarted')).toEqual([]);
  });
});
