import { expect, test } from './fixtures.ts';

test.describe('threads', () => {
  test('a reply arrives with its parent, which counts it', async ({ alice, bob }) => {
    const parent = await alice.do('sendText', bob.uid, 'question');
    const answer = await bob.do('reply', alice.uid, parent.id, 'answer');
    expect(answer.parent).toBe(parent.id);
    const got = await alice.event('onTextMessageReceived', (it) => it.id === answer.id);
    expect(JSON.parse(got.raw).parentMessageId).toBe(parent.id);
    expect(await alice.do('detailsAround', parent.id)).toMatchObject({ replies: 1, unreadReplies: 1, followed: true });
    expect((await alice.do('thread', parent.id)).map((it) => it.text)).toEqual(['answer']);
  });

  test('replies can be left out of the history', async ({ alice, bob }) => {
    const parent = await alice.do('sendText', bob.uid, 'question');
    await bob.do('reply', alice.uid, parent.id, 'answer');
    expect((await alice.do('filtered', { uid: bob.uid, hideReplies: true })).map((it) => it.id)).toEqual([parent.id]);
  });

  test('threads do not nest', async ({ alice, bob }) => {
    const parent = await alice.do('sendText', bob.uid, 'question');
    const answer = await bob.do('reply', alice.uid, parent.id, 'answer');
    await expect(alice.do('reply', bob.uid, answer.id, 'deeper')).rejects.toThrow('[ERR_MESSAGE_THREAD_NESTING]');
  });

  test('the threads that one takes part in are listed by their latest reply, in pages', async ({ alice, bob }) => {
    const parents: string[] = [];
    for (const text of ['one', 'two', 'three']) parents.push((await alice.do('sendText', bob.uid, text)).id);
    for (const parent of [parents[1]!, parents[0]!, parents[2]!]) await bob.do('reply', alice.uid, parent, `to ${parent}`);
    const all = await alice.do('threads', 2);
    expect(all.map((it) => it.parent).sort()).toEqual([...parents].sort());
    expect(all[0]).toMatchObject({ replies: 1, unread: 1, last: `to ${all[0]!.parent}` });
  });

  test('following a thread can be ended and begun again', async ({ alice, bob }) => {
    const parent = await alice.do('sendText', bob.uid, 'question');
    await bob.do('reply', alice.uid, parent.id, 'answer');
    expect(await alice.do('unfollow', parent.id)).toBeTruthy();
    expect((await alice.do('detailsAround', parent.id)).followed).toBe(false);
    expect(await alice.do('threads', 30)).toEqual([]);
    await alice.do('follow', parent.id);
    expect(await alice.do('threads', 30)).toHaveLength(1);
  });

  test('a thread in a group is listed with the group', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid);
    const parent = await alice.do('sendToGroup', guid, 'question');
    await bob.do('reply', guid, parent.id, 'answer', 'group');
    expect((await alice.do('threads', 30, { guid })).map((it) => it.parent)).toEqual([parent.id]);
    expect((await alice.do('thread', parent.id, { guid })).map((it) => it.text)).toEqual(['answer']);
  });
});

test.describe('quotes and mentions', () => {
  test('a quote arrives with what it quotes', async ({ alice, bob }) => {
    const first = await alice.do('sendText', bob.uid, 'original');
    const quote = await bob.do('quote', alice.uid, first.id, 'I mean this');
    expect(quote.quoted).toMatchObject({ id: first.id, text: 'original', sender: alice.uid });
    await alice.event('onTextMessageReceived', (it) => it.id === quote.id);
    expect((await alice.do('detailsAround', quote.id)).quoted).toMatchObject({ id: first.id, text: 'original' });
  });

  test('who is mentioned knows it', async ({ alice, bob, account }) => {
    const carol = await account('Carol');
    const sent = await alice.do('sendText', bob.uid, `<@uid:${bob.uid}> and <@uid:${carol.uid}>, look`);
    const seen = await bob.do('detailsAround', sent.id);
    expect(seen).toMatchObject({ mentionsMe: true });
    expect(seen.mentioned.sort()).toEqual([bob.uid, carol.uid].sort());
    expect((await alice.do('detailsAround', sent.id)).mentionsMe).toBe(false);
    expect((await bob.do('filtered', { uid: alice.uid, mentioned: [bob.uid] })).map((it) => it.id)).toEqual([sent.id]);
    expect((await bob.do('conversationWith', alice.uid)).unreadMentions).toBe(1);
  });

  test('links are found', async ({ alice, bob }) => {
    const link = await alice.do('sendText', bob.uid, 'see https://example.org/');
    await alice.do('sendText', bob.uid, 'nothing to see');
    expect((await bob.do('filtered', { uid: alice.uid, hasLinks: true })).map((it) => it.id)).toEqual([link.id]);
  });
});
