import { expect, test } from './fixtures.ts';

test.describe('pins, saved messages and reports', () => {
  test('the settings say what may be pinned and saved, and how much', async ({ alice }) => {
    expect(await alice.do('pinLimits')).toEqual({ enabled: [true, true, true], limits: [100, 100, 5] });
  });

  test('a pinned message is pinned for both, until it is unpinned', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'keep this in view');
    expect(await alice.do('pin', sent.id)).toMatchObject({ pinned: true, pinnedBy: alice.uid });
    await bob.event('onMessagePinned', (it) => it.id === sent.id);
    expect((await bob.do('filtered', { uid: alice.uid, pinned: true })).map((it) => it.id)).toEqual([sent.id]);
    expect((await bob.do('unpin', sent.id)).pinned).toBe(false);
    await alice.event('onMessageUnpinned', (it) => it.id === sent.id);
    expect(await bob.do('filtered', { uid: alice.uid, pinned: true })).toEqual([]);
  });

  test('in a group participants do not pin', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid);
    const sent = await bob.do('sendToGroup', guid, 'mine');
    await expect(bob.do('pin', sent.id)).rejects.toThrow('[ERR_ACTION_NOT_ALLOWED]');
    expect((await alice.do('pin', sent.id)).pinned).toBe(true);
  });

  test("a saved message is one's own, on all one's tabs", async ({ alice, bob, visitor }) => {
    const second = await visitor({ context: bob.page.context(), uid: bob.uid });
    await second.online();
    const sent = await alice.do('sendText', bob.uid, 'an address');
    expect((await bob.do('save', sent.id)).saved).toBe(true);
    await second.event('onMessageSaved', (it) => it.id === sent.id);
    expect((await bob.do('filtered', { saved: true })).map((it) => it.id)).toEqual([sent.id]);
    expect(await alice.do('filtered', { saved: true })).toEqual([]);
    expect((await bob.do('unsave', sent.id)).saved).toBe(false);
    await second.event('onMessageUnsaved', (it) => it.id === sent.id);
  });

  test("a conversation is pinned for oneself, on all one's tabs", async ({ alice, bob, visitor }) => {
    const second = await visitor({ context: alice.page.context(), uid: alice.uid });
    await second.online();
    await bob.do('sendText', alice.uid, 'hello');
    expect(await alice.do('pinConversation', bob.uid.toUpperCase())).toBe(true);
    expect((await second.event('onConversationPinned')).with).toBe(bob.uid);
    expect((await alice.do('pinnedConversations')).map((it) => it.with)).toEqual([bob.uid]);
    expect(await bob.do('pinnedConversations')).toEqual([]);
    expect(await alice.do('unpinConversation', bob.uid)).toBe(false);
    expect((await second.event('onConversationUnpinned')).with).toBe(bob.uid);
  });

  test('a message is reported with one of the reasons', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'rude');
    expect(await bob.do('flagReasons')).toEqual(['spam', 'harassment', 'hate_speech', 'violence', 'inappropriate', 'other']);
    await bob.do('flag', sent.id, 'spam', 'again and again');
    expect(bob.asked()).toContain(`POST /messages/${sent.id}/flagged`);
    await expect(bob.do('flag', sent.id, 'boredom')).rejects.toThrow();
  });
});
