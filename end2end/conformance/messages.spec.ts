import { expect, test } from './fixtures.ts';

test.describe('messages', () => {
  test('a text arrives live, with its sender, its receiver and the time', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'hello Bob');
    const got = await bob.event('onTextMessageReceived', (it) => it.id === sent.id);
    expect(got).toMatchObject({
      text: 'hello Bob', sender: alice.uid, receiver: bob.uid, receiverType: 'user', category: 'message', type: 'text',
      conversationId: sent.conversationId, sentAt: sent.sentAt,
    });
    expect(Math.abs(got.sentAt - Date.now() / 1000)).toBeLessThan(60);
  });

  test('the other side answers on the same conversation', async ({ alice, bob }) => {
    const question = await alice.do('sendText', bob.uid, 'question');
    await bob.event('onTextMessageReceived');
    const answer = await bob.do('sendText', alice.uid, 'answer');
    const got = await alice.event('onTextMessageReceived', (it) => it.text === 'answer');
    expect(got.conversationId).toBe(question.conversationId);
    expect(Number(answer.id)).toBeGreaterThan(Number(question.id));
  });

  test('messages arrive in the order in which they were sent', async ({ alice, bob }) => {
    const ids = await alice.do('sendMany', bob.uid, 'line', 12);
    await bob.event('onTextMessageReceived', (it) => it.id === ids.at(-1));
    expect(bob.seen('onTextMessageReceived').map((it) => it.id)).toEqual(ids);
  });

  test("the sender's own id comes back in the answer and goes out with the message", async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'marked', { muid: 'my-own-id-1' });
    expect(sent.muid).toBe('my-own-id-1');
    const got = await bob.event('onTextMessageReceived', (it) => it.id === sent.id);
    expect(got.muid).toBe('my-own-id-1');
  });

  test("the same message sent again under the sender's own id is stored and told once", async ({ alice, bob }) => {
    const first = await alice.do('sendText', bob.uid, 'once', { muid: 'my-own-id-2' });
    const again = await alice.do('sendText', bob.uid, 'once', { muid: 'my-own-id-2' });
    const last = await alice.do('sendText', bob.uid, 'the end');
    expect(again.id).toBe(first.id);
    await bob.event('onTextMessageReceived', (it) => it.id === last.id);
    expect(bob.seen('onTextMessageReceived').map((it) => it.id)).toEqual([first.id, last.id]);
    expect((await bob.do('before', { uid: alice.uid })).map((it) => it.id)).toEqual([first.id, last.id]);
  });

  test('metadata and tags travel', async ({ alice, bob }) => {
    await alice.do('sendText', bob.uid, 'rich', { metadata: { order: 7, nested: { a: [1, 'é'] } }, tags: ['urgent'] });
    const got = await bob.event('onTextMessageReceived');
    expect(got.metadata).toEqual({ order: 7, nested: { a: [1, 'é'] } });
    expect(got.tags).toEqual(['urgent']);
  });

  for (const [what, text] of [
    ['emoji with joiners and skin tones', '👩🏽‍💻 💬 🇫🇷 e\u0301'],
    ['French typography', 'Où êtes-vous ? « Ici », dit-elle\u00a0: l’été…'],
    ['right-to-left text', 'שלום עולם — مرحبا'],
    ['line breaks and spaces', 'one\n\n  two\tthree '],
    ['HTML and quotes', '<img src=x onerror="alert(1)"> & \'"\\ </script>'],
  ] as const) {
    test(`${what} come through unchanged`, async ({ alice, bob }) => {
      await alice.do('sendText', bob.uid, text);
      const got = await bob.event('onTextMessageReceived');
      expect(got.text).toBe(text);
      expect((await bob.do('before', { uid: alice.uid })).at(-1)?.text).toBe(text);
    });
  }

  test('a message to an unknown user is refused', async ({ alice }) => {
    await expect(alice.do('sendText', 'nobody-at-all', 'hello?')).rejects.toThrow('[ERR_UID_NOT_FOUND]');
  });

  test('ids of users are case-insensitive', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid.toUpperCase(), 'loud');
    const got = await bob.event('onTextMessageReceived', (it) => it.id === sent.id);
    expect(got.receiver).toBe(bob.uid);
  });

  test('the sending tab does not get its own message as an event', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'mine');
    // Bob's answer comes after any echo.
    await bob.event('onTextMessageReceived', (it) => it.id === sent.id);
    await bob.do('sendText', alice.uid, 'yours');
    await alice.event('onTextMessageReceived', (it) => it.text === 'yours');
    expect(alice.seen('onTextMessageReceived', (it) => it.id === sent.id)).toEqual([]);
  });

  test("the sender's other tab gets the message", async ({ alice, bob, visitor }) => {
    const second = await visitor({ context: alice.page.context(), uid: alice.uid });
    await second.online();
    const sent = await alice.do('sendText', bob.uid, 'from the first tab');
    const got = await second.event('onTextMessageReceived', (it) => it.id === sent.id);
    expect(got).toMatchObject({ sender: alice.uid, receiver: bob.uid });
  });

  test('both tabs of the receiver get the message, each once', async ({ alice, bob, visitor }) => {
    const second = await visitor({ context: bob.page.context(), uid: bob.uid });
    await second.online();
    const first = await alice.do('sendText', bob.uid, 'to both');
    const last = await alice.do('sendText', bob.uid, 'the end');
    for (const tab of [bob, second]) {
      await tab.event('onTextMessageReceived', (it) => it.id === last.id);
      expect(tab.seen('onTextMessageReceived', (it) => it.id === first.id)).toHaveLength(1);
    }
  });

  test('a third person gets nothing of it', async ({ alice, bob, account, signIn }) => {
    const carol = await signIn(await account('Carol'));
    await alice.do('sendText', bob.uid, 'for Bob only');
    const open = await alice.do('sendText', carol.uid, 'for Carol');
    await carol.event('onTextMessageReceived', (it) => it.id === open.id);
    expect(carol.seen('onTextMessageReceived')).toHaveLength(1);
  });

  test('the sender is who is signed in, whatever the request claims', async ({ alice, bob, account }) => {
    const carol = await account('Carol');
    const token = await alice.do('token');
    const status = await alice.page.evaluate(
      async ([url, appId, token, to, victim]) => {
        const response = await fetch(`${url}/v3.0/messages`, {
          method: 'POST',
          headers: { appId, authToken: token, resource: 'WEB-forged', sdk: 'javascript@4.2.0', 'content-type': 'application/json' },
          body: JSON.stringify({
            category: 'message', type: 'text', receiver: to, receiverType: 'user', text: 'forged', data: { text: 'forged' },
            sender: { uid: victim, name: 'Somebody else', authToken: token },
          }),
        });
        return response.status;
      },
      [alice.url, alice.appId, token, bob.uid, carol.uid] as const,
    );
    expect(status).toBe(200);
    const got = await bob.event('onTextMessageReceived', (it) => it.text === 'forged');
    expect(got.sender).toBe(alice.uid);
    expect(got.raw).not.toContain(token);
    expect(JSON.stringify(bob.frames)).not.toContain(token);
  });

  test('a custom message arrives with its data', async ({ alice, bob }) => {
    const sent = await alice.do('sendCustom', bob.uid, 'location', { latitude: 48.85, longitude: 2.35 });
    const got = await bob.event('onCustomMessageReceived', (it) => it.id === sent.id);
    expect(got).toMatchObject({ category: 'custom', type: 'location', custom: { latitude: 48.85, longitude: 2.35 } });
  });

  test('a transient message arrives and is not stored', async ({ alice, bob }) => {
    await alice.do('sendTransient', bob.uid, { reaction: '🎉' });
    const got = await bob.event('onTransientMessageReceived');
    expect(got).toMatchObject({ sender: alice.uid, data: { reaction: '🎉' } });
    expect(await bob.do('before', { uid: alice.uid })).toEqual([]);
  });
});

test.describe('changes', () => {
  test('an edit arrives live and says when', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'frist');
    await alice.do('edit', bob.uid, sent.id, 'first');
    const got = await bob.event('onMessageEdited', (it) => it.id === sent.id);
    expect(got).toMatchObject({ text: 'first', editedBy: alice.uid });
    expect(got.editedAt).toBeGreaterThanOrEqual(sent.sentAt);
  });

  test('an edit stands in the history of both sides', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'frist');
    await alice.do('edit', bob.uid, sent.id, 'first');
    for (const [tab, other] of [[alice, bob], [bob, alice]] as const) {
      const [only] = (await tab.do('before', { uid: other.uid, categories: ['message'] }));
      expect(only).toMatchObject({ id: sent.id, text: 'first' });
      expect(only.editedAt).toBeTruthy();
    }
  });

  test("nobody edits another's message", async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'mine');
    await bob.event('onTextMessageReceived');
    await expect(bob.do('edit', alice.uid, sent.id, 'yours')).rejects.toThrow(/\[ERR_/);
    expect((await alice.do('details', sent.id)).text).toBe('mine');
  });

  test('a deletion arrives live and says when and by whom', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'oops');
    await alice.do('remove', sent.id);
    const got = await bob.event('onMessageDeleted', (it) => it.id === sent.id);
    expect(got.deletedBy).toBe(alice.uid);
    expect(got.deletedAt).toBeGreaterThanOrEqual(sent.sentAt);
  });

  test('a deleted message stays in the history as deleted, without its text', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'a secret slipped out');
    await alice.do('remove', sent.id);
    const history = await bob.do('before', { uid: alice.uid, categories: ['message'] });
    expect(history).toHaveLength(1);
    expect(history[0].deletedAt).toBeTruthy();
    expect(history[0].raw).not.toContain('a secret slipped out');
  });

  test('deleted messages can be left out of the history', async ({ alice, bob }) => {
    const kept = await alice.do('sendText', bob.uid, 'kept');
    const gone = await alice.do('sendText', bob.uid, 'gone');
    await alice.do('remove', gone.id);
    const history = await bob.do('before', { uid: alice.uid, categories: ['message'], hideDeleted: true });
    expect(history.map((it) => it.id)).toEqual([kept.id]);
  });

  test("nobody deletes another's message", async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'mine');
    await bob.event('onTextMessageReceived');
    await expect(bob.do('remove', sent.id)).rejects.toThrow(/\[ERR_/);
    expect((await alice.do('details', sent.id)).deletedAt).toBeUndefined();
  });
});
