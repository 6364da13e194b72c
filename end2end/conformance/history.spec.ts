import { expect, test } from './fixtures.ts';

test.describe('history', () => {
  test('the newest page comes in ascending order', async ({ alice, bob }) => {
    const ids = await alice.do('sendMany', bob.uid, 'line', 5);
    const page = await bob.do('before', { uid: alice.uid, limit: 3 });
    expect(page.map((it) => it.id)).toEqual(ids.slice(2));
  });

  test('paging back reaches the first message, with none twice and none missing', async ({ alice, bob }) => {
    const ids = await alice.do('sendMany', bob.uid, 'line', 130);
    const pages = await bob.do('pages', { uid: alice.uid, limit: 40 }, 'fetchPrevious');
    expect(pages.map((page) => page.length)).toEqual([40, 40, 40, 10]);
    expect(pages.reverse().flat().map((it) => it.id)).toEqual(ids);
  });

  test('paging forward from a message reaches the newest, with none twice and none missing', async ({ alice, bob }) => {
    const ids = await alice.do('sendMany', bob.uid, 'line', 75);
    const pages = await bob.do('pages', { uid: alice.uid, limit: 30, messageId: Number(ids[4]) }, 'fetchNext');
    expect(pages.map((page) => page.length)).toEqual([30, 30, 10]);
    expect(pages.flat().map((it) => it.id)).toEqual(ids.slice(5));
  });

  test('paging back from a message leaves that message out', async ({ alice, bob }) => {
    const ids = await alice.do('sendMany', bob.uid, 'line', 6);
    const page = await bob.do('before', { uid: alice.uid, messageId: Number(ids[3]), limit: 2 });
    expect(page.map((it) => it.id)).toEqual([ids[1], ids[2]]);
  });

  test('a message sent while paging back disturbs nothing', async ({ alice, bob }) => {
    const ids = await alice.do('sendMany', bob.uid, 'line', 6);
    const newest = await bob.do('before', { uid: alice.uid, limit: 3 });
    await alice.do('sendText', bob.uid, 'in between');
    const older = await bob.do('before', { uid: alice.uid, limit: 3, messageId: Number(newest[0].id) });
    expect([...older, ...newest].map((it) => it.id)).toEqual(ids);
  });

  test('both sides see the same history', async ({ alice, bob }) => {
    await alice.do('sendText', bob.uid, 'one');
    await bob.do('sendText', alice.uid, 'two');
    await alice.do('sendText', bob.uid, 'three');
    for (const [tab, other] of [[alice, bob], [bob, alice]] as const) {
      const history = await tab.do('before', { uid: other.uid });
      expect(history.map((it) => it.text)).toEqual(['one', 'two', 'three']);
    }
  });

  test('a history holds nothing of other conversations', async ({ alice, bob, account }) => {
    const carol = await account('Carol');
    await alice.do('sendText', carol.uid, 'to Carol');
    const sent = await alice.do('sendText', bob.uid, 'to Bob');
    expect((await alice.do('before', { uid: bob.uid })).map((it) => it.id)).toEqual([sent.id]);
  });

  test('people who never wrote to each other have an empty history', async ({ alice, bob }) => {
    expect(await alice.do('before', { uid: bob.uid })).toEqual([]);
  });

  test('texts can be searched for', async ({ alice, bob }) => {
    await alice.do('sendText', bob.uid, 'the quick fox');
    await alice.do('sendText', bob.uid, 'an évident answer & more');
    expect((await bob.do('before', { uid: alice.uid, search: 'quick' })).map((it) => it.text)).toEqual(['the quick fox']);
    expect((await bob.do('before', { uid: alice.uid, search: 'évident answer &' })).map((it) => it.text)).toEqual([
      'an évident answer & more',
    ]);
  });

  test('a history can be narrowed to categories and types', async ({ alice, bob }) => {
    await alice.do('sendText', bob.uid, 'a text');
    const custom = await alice.do('sendCustom', bob.uid, 'poll', { question: '?' });
    const narrowed = await bob.do('before', { uid: alice.uid, categories: ['custom'], types: ['poll'] });
    expect(narrowed.map((it) => it.id)).toEqual([custom.id]);
  });

  test('one message is found by its id', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'find me');
    expect(await bob.do('details', sent.id)).toMatchObject({ id: sent.id, text: 'find me', sender: alice.uid });
  });

  test('a message of others is not found', async ({ alice, bob, account, signIn }) => {
    const carol = await signIn(await account('Carol'));
    const sent = await alice.do('sendText', bob.uid, 'private');
    await expect(carol.do('details', sent.id)).rejects.toThrow(/\[ERR_/);
  });

  test('an unknown message is not found', async ({ alice }) => {
    await expect(alice.do('details', '999999999')).rejects.toThrow(/\[ERR_MESSAGE/);
  });
});
