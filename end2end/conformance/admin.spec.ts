import { expect, test } from './fixtures.ts';

test.describe('the REST API of the site’s server', () => {
  test('a uid that exists is refused with its code', async ({ account, admin }) => {
    const { uid } = await account('Alice');
    const answer = await admin.call('POST', '/users', { uid, name: 'Another' });
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('ERR_UID_ALREADY_EXISTS');
  });

  test('a wrong key is refused', async ({ admin }) => {
    const answer = await admin.call('GET', '/users', undefined, { apikey: 'not-the-key' });
    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('AUTH_ERR_APIKEY_NOT_FOUND');
  });

  test('a chat token opens nothing of it', async ({ account, admin }) => {
    const alice = await account('Alice');
    const answer = await admin.call('POST', `/users/${alice.uid}/auth_tokens`, { force: true }, { apikey: alice.token });
    expect(answer.status).toBe(401);
  });

  test('a forced token is a new one, and both work', async ({ account, admin }) => {
    const alice = await account('Alice');
    const second = await admin.mint(alice.uid);
    expect(second).not.toBe(alice.token);
    for (const token of [alice.token, second]) {
      expect((await admin.call('GET', `/users/${alice.uid}/auth_tokens/${token}`)).status).toBe(200);
    }
  });

  test('a deleted token is not found, and deleting it again says so', async ({ account, admin }) => {
    const alice = await account('Alice');
    await admin.revoke(alice.uid, alice.token);
    expect((await admin.call('GET', `/users/${alice.uid}/auth_tokens/${alice.token}`)).status).toBe(404);
    expect((await admin.call('DELETE', `/users/${alice.uid}/auth_tokens/${alice.token}`)).status).toBe(404);
  });

  test('no token is minted for an unknown user', async ({ admin }) => {
    const answer = await admin.call('POST', '/users/nobody-at-all/auth_tokens', { force: true });
    expect(answer.status).toBe(404);
    expect(answer.body.error.code).toBe('ERR_UID_NOT_FOUND');
  });

  test('a reactivated user chats again', async ({ account, admin, signIn }) => {
    const alice = await account('Alice');
    await admin.data('DELETE', `/users/${alice.uid}`, { permanent: false });
    await admin.data('PUT', '/users', { uidsToActivate: [alice.uid] });
    const tab = await signIn({ ...alice, token: await admin.mint(alice.uid) });
    expect((await tab.do('loggedIn'))?.uid).toBe(alice.uid);
  });
});

test.describe('the road of the browser', () => {
  test('a preflight from a foreign origin is answered for the headers that the SDK sends', async ({ cloud, origin }) => {
    const headers = 'appid,authtoken,authorization,content-type,resource,sdk';
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await fetch(`${cloud.clientUrl}/v3.0/messages`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
      });
      expect(answer.ok).toBe(true);
      expect(answer.headers.get('access-control-allow-origin')).toMatch(/^(\*|http:.*)$/);
      expect(answer.headers.get('access-control-allow-methods')).toContain(method);
      const allowed = answer.headers.get('access-control-allow-headers')?.toLowerCase() ?? '';
      for (const header of headers.split(',')) expect(allowed).toContain(header);
    }
  });

  test('a whole visit leaves no complaint in the console', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello');
    await bob.event('onTextMessageReceived');
    await bob.do('markRead', sent.id);
    await alice.event('onMessagesRead');
    await alice.do('edit', bob.uid, sent.id, 'hello again');
    await alice.do('remove', sent.id);
    await alice.do('conversations');
    await alice.do('users', { search: 'bob' });
    await alice.do('logout');
    expect(alice.complaints).toEqual([]);
  });

  test('the API answers with each version in the path and without one', async ({ account, cloud }) => {
    const alice = await account('Alice');
    for (const version of ['', '/v3', '/v3.0']) {
      const answer = await fetch(`${cloud.clientUrl}${version}/users/${alice.uid}`, {
        headers: { appId: cloud.appId, authToken: alice.token, 'content-type': 'application/json' },
      });
      expect((await answer.json()).data.uid).toBe(alice.uid);
    }
  });

  test('another app is not served', async ({ account, cloud }) => {
    const alice = await account('Alice');
    const answer = await fetch(`${cloud.clientUrl}/v3.0/me`, {
      method: 'PUT',
      headers: { appId: 'another-app', authToken: alice.token, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await answer.json()).error.code).toBeTruthy();
  });

  test('a call without a token is refused', async ({ cloud }) => {
    const answer = await fetch(`${cloud.clientUrl}/v3.0/conversations`, { headers: { appId: cloud.appId } });
    expect(answer.status).toBe(401);
    expect((await answer.json()).data).toBeUndefined();
  });

  test('a body that is no JSON is refused with an error in JSON', async ({ account, cloud }) => {
    const alice = await account('Alice');
    const answer = await fetch(`${cloud.clientUrl}/v3.0/messages`, {
      method: 'POST',
      headers: { appId: cloud.appId, authToken: alice.token, 'content-type': 'application/json' },
      body: '{"text":',
    });
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.code).toBeTruthy();
  });
});
