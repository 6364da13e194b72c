import { expect, test } from './fixtures.ts';

test.describe('presence', () => {
  test('somebody who comes online is announced', async ({ alice, account, signIn }) => {
    const carol = await account('Carol');
    await signIn(carol);
    const user = await alice.event('onUserOnline', (it) => it.uid === carol.uid);
    expect(user).toMatchObject({ name: 'Carol', status: 'online' });
  });

  test('somebody who leaves is announced, with the time', async ({ alice, bob }) => {
    const before = Math.floor(Date.now() / 1000);
    await bob.page.close();
    const user = await alice.event('onUserOffline', (it) => it.uid === bob.uid);
    expect(user.status).toBe('offline');
    expect(user.lastActiveAt).toBeGreaterThanOrEqual(before);
    // What is told is stored already.
    expect((await alice.do('person', bob.uid)).lastActiveAt).toBe(user.lastActiveAt);
  });

  test('a user is offline before the first login and online while signed in', async ({ alice, account, signIn }) => {
    const carol = await account('Carol');
    expect((await alice.do('person', carol.uid)).status).toBe('offline');
    await signIn(carol);
    expect((await alice.do('person', carol.uid)).status).toBe('online');
  });

  test('closing one of two tabs leaves the user online', async ({ alice, bob, visitor }) => {
    const second = await visitor({ context: bob.page.context(), uid: bob.uid });
    await second.online();
    await second.do('disconnect');
    await expect.poll(() => second.closedSockets).toBe(1);
    await second.page.close();
    // The cloud has taken note of the end, so a message comes after whatever it may have told of it.
    await bob.do('sendText', alice.uid, 'still here');
    await alice.event('onTextMessageReceived', (it) => it.text === 'still here');
    expect((await alice.do('person', bob.uid)).status).toBe('online');
    expect(alice.seen('onUserOffline', (it) => it.uid === bob.uid)).toEqual([]);
  });

  test('who did not subscribe to presence is told nothing', async ({ account, signIn }) => {
    const quiet = await signIn(await account('Quiet'), { presence: false });
    const carol = await account('Carol');
    const other = await signIn(carol);
    await other.do('sendText', quiet.uid, 'after coming online');
    await quiet.event('onTextMessageReceived');
    expect(quiet.seen('onUserOnline')).toEqual([]);
  });

  test('who subscribed to a role hears of the people who have it, and of no others', async ({ admin, account, signIn }) => {
    const moderators = await signIn(await account('Watcher'), { presence: ['moderator'] });
    const [mona, carol] = [await account('Mona'), await account('Carol')];
    await admin.data('PUT', `/users/${mona.uid}`, { role: 'moderator' });
    await signIn(carol);
    await signIn(mona);
    await moderators.event('onUserOnline', (it) => it.uid === mona.uid);
    expect(moderators.seen('onUserOnline', (it) => it.uid === carol.uid)).toEqual([]);
  });

  test('who subscribed to friends hears of them, and of no others', async ({ admin, account, signIn }) => {
    const alice = await account('Alice');
    const watching = await signIn(alice, { presence: 'friends' });
    const [friend, stranger] = [await account('Friend'), await account('Stranger')];
    await admin.data('POST', `/users/${alice.uid}/friends`, { accepted: [friend.uid] });
    await signIn(stranger);
    await signIn(friend);
    await watching.event('onUserOnline', (it) => it.uid === friend.uid);
    expect(watching.seen('onUserOnline', (it) => it.uid === stranger.uid)).toEqual([]);
  });

  test('who blocked somebody is not seen by them', async ({ alice, account, signIn }) => {
    const [carol, dora] = [await account('Carol'), await account('Dora')];
    const blocking = await signIn(carol);
    await blocking.do('block', [alice.uid]);
    await blocking.do('logout');
    await signIn(dora);
    await alice.event('onUserOnline', (it) => it.uid === dora.uid);
    expect(alice.seen('onUserOffline', (it) => it.uid === carol.uid)).toEqual([]);
    expect((await alice.do('person', carol.uid)).status).toBe('offline');
  });

  test('the people who are online can be listed', async ({ alice, bob, account }) => {
    const absent = await account('Bob the absent');
    const suffix = bob.uid.slice('bob-'.length);
    const online = (await alice.do('users', { search: suffix, status: 'online' })).map((it) => it.uid);
    expect(online).toContain(bob.uid);
    expect(online).not.toContain(absent.uid);
  });

  test('logging out is leaving', async ({ alice, bob }) => {
    await bob.do('logout');
    await alice.event('onUserOffline', (it) => it.uid === bob.uid);
  });
});
