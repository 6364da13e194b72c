import { expect, test } from './fixtures.ts';

test.describe('groups', () => {
  test('a group is made by its owner, who is in it as an admin', async ({ alice, guid }) => {
    const made = await alice.do('createGroup', guid, 'public', {
      icon: 'https://example.org/icon.png', description: 'all of us', metadata: { floor: 2 }, tags: ['work'],
    });
    expect(made).toMatchObject({ guid, type: 'public', owner: alice.uid, scope: 'admin', hasJoined: true, members: 1 });
    const seen = await alice.do('groupInfo', guid);
    expect(seen).toMatchObject({
      icon: 'https://example.org/icon.png', description: 'all of us', metadata: { floor: 2 }, tags: ['work'],
    });
    expect(seen.joinedAt).toBeTruthy();
  });

  test('a group id that is taken is refused', async ({ alice, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await expect(alice.do('createGroup', guid.toUpperCase(), 'public')).rejects.toThrow('[ERR_GUID_ALREADY_EXISTS]');
  });

  test('a group with members answers what became of each, and each hears of it', async ({ alice, bob, account, guid }) => {
    const carol = await account('Carol');
    const made = await alice.do('createGroupWithMembers', guid, { [bob.uid]: 'moderator', 'nobody-at-all': 'participant' }, [carol.uid]);
    expect(made.group.members).toBe(2);
    expect(made.members[bob.uid]).toBe('success');
    expect(made.members['nobody-at-all']).not.toBe('success');
    const got = await bob.event('onMemberAddedToGroup');
    expect(got).toMatchObject({ affected: bob.uid, by: alice.uid, group: { guid } });
    expect((await bob.do('groupInfo', guid)).scope).toBe('moderator');
    expect((await alice.do('banned', guid)).map((it) => it.uid)).toEqual([carol.uid]);
  });

  test('a group is renamed by its admin and by nobody below a moderator', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid);
    await expect(bob.do('renameGroup', guid, 'Ours')).rejects.toThrow('[ERR_GROUP_NO_MODERATOR_SCOPE]');
    expect(await alice.do('renameGroup', guid, 'The team', 'new')).toMatchObject({ name: 'The team', description: 'new' });
    expect((await bob.do('groupInfo', guid)).name).toBe('The team');
  });

  test('a deleted group is gone with its conversation', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid);
    await alice.do('sendToGroup', guid, 'soon gone');
    await expect(bob.do('deleteGroup', guid)).rejects.toThrow('[ERR_GROUP_NO_ADMIN_SCOPE]');
    await alice.do('deleteGroup', guid);
    await expect(bob.do('groupInfo', guid)).rejects.toThrow('[ERR_GUID_NOT_FOUND]');
    expect(await bob.do('conversations')).toEqual([]);
  });

  test('groups are found by name, by membership and by tag', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public', { tags: [guid] });
    const found = await bob.do('groups', { search: guid });
    expect(found.map((it) => [it.guid, it.hasJoined])).toEqual([[guid, false]]);
    expect(await bob.do('groups', { search: guid, joined: true })).toEqual([]);
    expect((await alice.do('groups', { joined: true })).map((it) => it.guid)).toEqual([guid]);
    expect((await bob.do('groups', { tags: [guid] })).map((it) => it.guid)).toEqual([guid]);
  });

  test('a private group is seen by its members alone', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'private');
    expect(await bob.do('groups', { search: guid })).toEqual([]);
    await expect(bob.do('joinGroup', guid, 'private')).rejects.toThrow('[ERR_GROUP_JOIN_NOT_ALLOWED]');
    await alice.do('addMembers', guid, { [bob.uid]: 'participant' });
    expect((await bob.do('groups', { search: guid })).map((it) => it.hasJoined)).toEqual([true]);
  });

  test('a password group is joined with its password', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'password', { password: 'open sesame' });
    await expect(bob.do('joinGroup', guid, 'password', 'wrong')).rejects.toThrow('[ERR_WRONG_GROUP_PASS]');
    const joined = await bob.do('joinGroup', guid, 'password', 'open sesame');
    expect(joined).toMatchObject({ guid, hasJoined: true, scope: 'participant', members: 2 });
    expect(JSON.stringify(await bob.do('groupInfo', guid))).not.toContain('sesame');
  });
});

test.describe('members', () => {
  test('who joins and who leaves is told to the others', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid.toUpperCase());
    const joined = await alice.event('onGroupMemberJoined');
    expect(joined).toMatchObject({ affected: bob.uid, text: 'Bob joined', group: { guid, members: 2 } });
    await bob.do('leaveGroup', guid);
    expect(await alice.event('onGroupMemberLeft')).toMatchObject({ affected: bob.uid, text: 'Bob left' });
    expect((await bob.do('groupInfo', guid)).hasJoined).toBe(false);
    await expect(bob.do('joinGroup', guid).then(() => bob.do('joinGroup', guid))).rejects.toThrow('[ERR_ALREADY_JOINED]');
  });

  test('members are listed by scope, searched and paged', async ({ alice, bob, account, guid }) => {
    const carol = await account('Carol');
    await alice.do('createGroup', guid, 'public');
    const outcome = await alice.do('addMembers', guid, { [bob.uid]: 'participant', [carol.uid]: 'moderator' });
    expect(outcome).toEqual({ [bob.uid]: 'success', [carol.uid]: 'success' });
    const list = await bob.do('members', guid);
    expect(list.map((it) => [it.uid, it.scope])).toEqual([[alice.uid, 'admin'], [carol.uid, 'moderator'], [bob.uid, 'participant']]);
    expect((await bob.do('members', guid, { scopes: ['admin'] })).map((it) => it.uid)).toEqual([alice.uid]);
    expect((await bob.do('members', guid, { search: 'CAROL' })).map((it) => it.uid)).toEqual([carol.uid]);
    expect(await bob.do('memberPages', guid, 2)).toEqual([[alice.uid, carol.uid], [bob.uid]]);
  });

  test('who is kicked hears it, can write no more, and may come back', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid);
    await alice.do('kick', guid, bob.uid);
    expect(await bob.event('onGroupMemberKicked')).toMatchObject({ affected: bob.uid, by: alice.uid, text: 'Alice kicked Bob' });
    await expect(bob.do('sendToGroup', guid, 'still here?')).rejects.toThrow('[ERR_GROUP_NOT_JOINED]');
    await expect(bob.do('groupHistory', guid)).rejects.toThrow('[ERR_GROUP_NOT_JOINED]');
    expect((await bob.do('joinGroup', guid)).hasJoined).toBe(true);
  });

  test('who is banned stays out until unbanned', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid);
    await alice.do('ban', guid, bob.uid);
    expect(await bob.event('onGroupMemberBanned')).toMatchObject({ affected: bob.uid, by: alice.uid });
    await expect(bob.do('joinGroup', guid)).rejects.toThrow('[ERR_BANNED_GROUPMEMBER]');
    expect((await alice.do('banned', guid)).map((it) => it.uid)).toEqual([bob.uid]);
    await alice.do('unban', guid, bob.uid);
    expect(await bob.event('onGroupMemberUnbanned')).toMatchObject({ affected: bob.uid });
    expect((await bob.do('joinGroup', guid)).hasJoined).toBe(true);
  });

  test('a changed scope is told with what it was', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid);
    await alice.do('changeScope', guid, bob.uid, 'moderator');
    expect(await bob.event('onGroupMemberScopeChanged')).toMatchObject({
      affected: bob.uid, scope: 'moderator', before: 'participant', group: { guid },
    });
    await expect(bob.do('changeScope', guid, alice.uid, 'participant')).rejects.toThrow('[ERR_GROUP_NO_SCOPE_CLEARANCE]');
    await expect(bob.do('kick', guid, alice.uid)).rejects.toThrow('[ERR_GROUP_NO_CLEARANCE]');
  });

  test('a group is handed over before its owner leaves', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid);
    await expect(alice.do('leaveGroup', guid)).rejects.toThrow(/\[ERR_/);
    expect(await alice.do('handOver', guid, bob.uid)).toContain(bob.uid);
    expect(await bob.do('groupInfo', guid)).toMatchObject({ owner: bob.uid, scope: 'admin' });
    await alice.do('leaveGroup', guid);
    expect((await bob.do('groupInfo', guid)).members).toBe(1);
  });

  test('online members are counted', async ({ alice, bob, account, guid }) => {
    const carol = await account('Carol');
    await alice.do('createGroup', guid, 'public');
    await alice.do('addMembers', guid, { [bob.uid]: 'participant', [carol.uid]: 'participant' });
    expect(await alice.do('onlineMembers', [guid])).toEqual({ [guid]: 2 });
  });
});
