import { expect, test } from './fixtures.ts';

test.describe('connection', () => {
  test('a dropped socket is told and comes back by itself', async ({ alice }) => {
    await alice.do('dropSocket');
    await alice.event('onDisconnected');
    await alice.event('inConnecting');
    await alice.online();
    expect(await alice.do('connection')).toBe('connected');
  });

  test('messages arrive live again after the socket came back', async ({ alice, bob }) => {
    await bob.do('dropSocket');
    await bob.event('onDisconnected');
    await bob.online();
    const sent = await alice.do('sendText', bob.uid, 'welcome back');
    await bob.event('onTextMessageReceived', (it) => it.id === sent.id);
  });

  test('what was missed is fetched from the last message on', async ({ alice, bob }) => {
    const known = await alice.do('sendText', bob.uid, 'before');
    await bob.event('onTextMessageReceived', (it) => it.id === known.id);
    await bob.do('dropSocket');
    await bob.event('onDisconnected');
    const missed = await alice.do('sendMany', bob.uid, 'missed', 3);
    await bob.online();
    expect(bob.seen('onTextMessageReceived').map((it) => it.id)).toEqual([known.id]);
    const lastSeen = await bob.do('lastSeen');
    expect(lastSeen).toBe(Number(known.id));
    expect((await bob.do('after', { messageId: lastSeen })).map((it) => it.id)).toEqual(missed);
    expect((await bob.do('after', { uid: alice.uid, messageId: lastSeen })).map((it) => it.id)).toEqual(missed);
  });

  test('edits and deletions that were missed are fetched by the time of the update', async ({ alice, bob }) => {
    const [untouched, edited, deleted] = await alice.do('sendMany', bob.uid, 'line', 3);
    await bob.event('onTextMessageReceived', (it) => it.id === deleted);
    await bob.do('dropSocket');
    await bob.event('onDisconnected');
    const { sentAt } = await bob.do('details', untouched);
    await alice.do('edit', bob.uid, edited, 'changed');
    await alice.do('remove', deleted);
    const updates = await bob.do('after', { uid: alice.uid, updatedAfter: sentAt - 1, updatesOnly: true, categories: ['message'] });
    expect(updates.map((it) => it.id).sort()).toEqual([edited, deleted].sort());
    expect(updates.find((it) => it.id === edited)?.text).toBe('changed');
    expect(updates.find((it) => it.id === deleted)?.deletedAt).toBeTruthy();
  });

  test('a person who was dropped is announced offline and online again', async ({ alice, bob }) => {
    await bob.do('dropSocket');
    await alice.event('onUserOffline', (it) => it.uid === bob.uid);
    await bob.online();
    await expect.poll(async () => (await alice.do('person', bob.uid)).status).toBe('online');
    await alice.event('onUserOnline', (it) => it.uid === bob.uid);
  });

  test('REST goes on while the socket is down', async ({ alice, bob }) => {
    await alice.do('dropSocket');
    await alice.event('onDisconnected');
    const sent = await alice.do('sendText', bob.uid, 'without a socket');
    await bob.event('onTextMessageReceived', (it) => it.id === sent.id);
  });

  test('receipts are refused by the SDK while the socket is down', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.event('onTextMessageReceived');
    await bob.do('dropSocket');
    await bob.event('onDisconnected');
    await expect(bob.do('markRead', sent.id)).rejects.toThrow('[NO_WEBSOCKET_CONNECTION]');
  });

  test('a ping is answered within the time that the SDK allows', async ({ alice }) => {
    await expect
      .poll(() => alice.frames.filter((frame) => frame.action === 'pong').length, { timeout: 20_000 })
      .toBeGreaterThan(0);
    expect(alice.seen('onDisconnected')).toEqual([]);
  });
});
