import { expect, test } from './fixtures.ts';

test.describe('revocation', () => {
  test('revoking a token closes its socket', async ({ alice, admin }) => {
    await admin.revoke(alice.uid, await alice.do('token'));
    await alice.event('onDisconnected');
  });

  test('the next call of a revoked token signs the SDK out', async ({ alice, admin }) => {
    await admin.revoke(alice.uid, await alice.do('token'));
    await expect(alice.do('conversations')).rejects.toThrow('[AUTH_ERR_AUTH_TOKEN_NOT_FOUND]');
    await alice.event('logoutSuccess');
    expect(await alice.do('loggedIn')).toBeNull();
  });

  test('a revoked login gets no message any more', async ({ alice, bob, admin }) => {
    // The report of the session goes out first: refused, it would end the login before the socket tries again.
    await bob.report();
    await admin.revoke(bob.uid, await bob.do('token'));
    await bob.event('onDisconnected');
    const witness = bob.frames.length;
    await alice.do('sendText', bob.uid, 'too late');
    // The SDK tries again by itself, and is turned away.
    await expect.poll(() => bob.seen('onDisconnected').length, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(bob.frames.slice(witness).filter((frame) => frame.type === 'message')).toEqual([]);
  });

  test('a login that is revoked at once ends with the report of its session', async ({ account, admin, visitor }) => {
    const alice = await account('Alice');
    const tab = await visitor({ uid: alice.uid });
    // However long all of this takes, the report arrives after the revocation.
    let revoked = () => {};
    const revocation = new Promise<void>((resolve) => (revoked = resolve));
    await tab.page.route('**/user_sessions', async (route) => {
      await revocation;
      await route.continue();
    });
    await tab.do('login', alice.token);
    await admin.revoke(alice.uid, alice.token);
    revoked();
    await tab.event('logoutSuccess');
    expect(tab.asked()).toEqual(['PUT /me', 'POST /user_sessions']);
    expect(await tab.do('loggedIn')).toBeNull();
  });

  test('a new token logs in on the same page without another init', async ({ alice, admin }) => {
    await admin.revoke(alice.uid, await alice.do('token'));
    await expect(alice.do('conversations')).rejects.toThrow('[AUTH_ERR_AUTH_TOKEN_NOT_FOUND]');
    await alice.event('logoutSuccess');
    await alice.do('login', await admin.mint(alice.uid));
    await alice.online();
    expect(await alice.do('conversations')).toEqual([]);
  });

  test('revoking one token leaves the other sessions of the user alone', async ({ alice, bob, admin, visitor }) => {
    const other = await visitor({ uid: bob.uid });
    await other.do('login', await admin.mint(bob.uid));
    await other.online();
    await admin.revoke(bob.uid, await bob.do('token'));
    await bob.event('onDisconnected');
    const sent = await alice.do('sendText', bob.uid, 'still there?');
    await other.event('onTextMessageReceived', (it) => it.id === sent.id);
    expect(other.seen('onDisconnected')).toEqual([]);
  });

  test('deleting all tokens of a user ends every session', async ({ alice, admin, visitor }) => {
    const other = await visitor({ uid: alice.uid });
    await other.do('login', await admin.mint(alice.uid));
    await other.online();
    await admin.data('DELETE', `/users/${alice.uid}/auth_tokens`);
    await alice.event('onDisconnected');
    await other.event('onDisconnected');
    for (const tab of [alice, other]) {
      await expect(tab.do('conversations')).rejects.toThrow('[AUTH_ERR_AUTH_TOKEN_NOT_FOUND]');
    }
  });

  test('a reload with a revoked login ends signed out at the first call', async ({ alice, admin }) => {
    await admin.revoke(alice.uid, await alice.do('token'));
    await alice.reload();
    await expect(alice.do('conversations')).rejects.toThrow('[AUTH_ERR_AUTH_TOKEN_NOT_FOUND]');
    expect(await alice.do('loggedIn')).toBeNull();
  });

  test('deactivating a user ends the session', async ({ alice, admin }) => {
    await admin.data('DELETE', `/users/${alice.uid}`, { permanent: false });
    await alice.event('onDisconnected');
    await expect(alice.do('conversations')).rejects.toThrow(/\[(AUTH_)?ERR_/);
  });
});
