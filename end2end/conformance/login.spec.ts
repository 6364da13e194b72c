import { expect, test } from './fixtures.ts';

test.describe('login', () => {
  test('initialising with nobody signed in sends no request', async ({ visitor }) => {
    const tab = await visitor();
    expect(await tab.do('loggedIn')).toBeNull();
    expect(tab.asked()).toEqual([]);
  });

  test('a token logs in with one request, PUT /me', async ({ account, visitor }) => {
    const alice = await account('Alice');
    const tab = await visitor();
    const me = await tab.do('login', alice.token);
    expect(me).toMatchObject({ uid: alice.uid, name: 'Alice' });
    expect(tab.asked()).toEqual(['PUT /me']);
    await tab.event('loginSuccess', (user) => user.uid === alice.uid);
  });

  test('the login carries the avatar of the user', async ({ account, admin, visitor }) => {
    const alice = await account('Alice');
    await admin.data('PUT', `/users/${alice.uid}`, { avatar: 'https://example.org/alice.png' });
    const tab = await visitor();
    expect((await tab.do('login', alice.token)).avatar).toBe('https://example.org/alice.png');
  });

  test('the socket connects and its login is accepted', async ({ alice }) => {
    await alice.event('onConnected');
    expect(await alice.do('connection')).toBe('connected');
  });

  test('an unknown token is refused and nobody is signed in', async ({ visitor }) => {
    const tab = await visitor();
    await expect(tab.do('login', 'nobody_1234567890abcdef')).rejects.toThrow('[AUTH_ERR_AUTH_TOKEN_NOT_FOUND]');
    await tab.event('loginFailure', (error) => error.code === 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND');
    expect(await tab.do('loggedIn')).toBeNull();
  });

  test('after a refused token a good one logs in on the same page', async ({ account, visitor }) => {
    const alice = await account('Alice');
    const tab = await visitor();
    await expect(tab.do('login', `${alice.token}x`)).rejects.toThrow('[AUTH_ERR_AUTH_TOKEN_NOT_FOUND]');
    expect((await tab.do('login', alice.token)).uid).toBe(alice.uid);
  });

  test('a reload resumes the stored login without a request, and the socket with it', async ({ alice }) => {
    const asked = alice.asked().length;
    await alice.reload();
    await alice.online();
    expect((await alice.do('loggedIn'))?.uid).toBe(alice.uid);
    expect(alice.asked().slice(asked)).toEqual([]);
  });

  test('a second tab of the browser resumes the login without a request', async ({ alice, visitor }) => {
    const second = await visitor({ context: alice.page.context(), uid: alice.uid });
    await second.online();
    expect((await second.do('loggedIn'))?.uid).toBe(alice.uid);
    expect(second.asked()).toEqual([]);
  });

  test('two tabs of one browser are two sessions', async ({ alice, visitor }) => {
    const second = await visitor({ context: alice.page.context(), uid: alice.uid });
    await second.online();
    expect(await second.do('sessionId')).not.toBe(await alice.do('sessionId'));
  });

  test('the report of the session five seconds after login is accepted', async ({ alice }) => {
    const { asked, answer } = await alice.report();
    expect(asked.sessionId).toBeTruthy();
    expect(answer.data.sessionId).toBe(asked.sessionId);
  });

  test('no host but the page and the cloud is asked for anything', async ({ alice, bob, cloud, origin }) => {
    await alice.do('sendText', bob.uid, 'hello');
    await bob.event('onTextMessageReceived');
    const allowed = [new URL(origin).host, new URL(cloud.clientUrl).host];
    expect([...alice.hosts].filter((host) => !allowed.includes(host))).toEqual([]);
  });

  test('logging out signs out here, empties the storage and says so', async ({ alice }) => {
    const token = await alice.do('token');
    await alice.do('logout');
    await alice.event('logoutSuccess');
    expect(alice.asked().at(-1)).toBe('DELETE /me');
    expect(await alice.do('loggedIn')).toBeNull();
    expect((await alice.do('storedValues')).filter((value) => value.includes(token))).toEqual([]);
  });

  test('a logged-out token logs in nowhere any more', async ({ alice, visitor }) => {
    const token = await alice.do('token');
    await alice.do('logout');
    const elsewhere = await visitor();
    await expect(elsewhere.do('login', token)).rejects.toThrow('[AUTH_ERR_AUTH_TOKEN_NOT_FOUND]');
  });

  test('after a logout another user logs in on the same page', async ({ alice, account }) => {
    const carol = await account('Carol');
    await alice.do('logout');
    expect((await alice.do('login', carol.token)).uid).toBe(carol.uid);
    await alice.online();
    expect((await alice.do('conversations')).length).toBe(0);
  });

  test('one user is signed in with two tokens at once', async ({ alice, admin, visitor }) => {
    const other = await visitor({ uid: alice.uid });
    await other.do('login', await admin.mint(alice.uid));
    await other.online();
    expect((await alice.do('person', alice.uid)).uid).toBe(alice.uid);
    expect((await other.do('person', alice.uid)).uid).toBe(alice.uid);
  });
});
