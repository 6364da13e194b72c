import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures.ts';

/** A word that no other test uses. */
const word = (): string => `word${randomBytes(4).toString('hex')}`;

test.describe('moderation and what extensions add', () => {
  test('a message that nobody looks at is unmoderated', async ({ alice, bob }) => {
    const sent = await alice.do('sendText', bob.uid, 'as ever');
    expect(await alice.do('moderationOf', sent.id)).toBe('unmoderated');
  });

  test('a pending message reaches the other one when it is approved', async ({ alice, bob, control }) => {
    const dubious = word();
    await control.moderate(dubious);
    const sent = await alice.do('sendText', bob.uid, `a ${dubious} offer`);
    expect(await alice.do('moderationOf', sent.id)).toBe('pending');
    await expect(bob.do('moderationOf', sent.id)).rejects.toThrow('[ERR_MESSAGE_NO_ACCESS]');
    await alice.do('sendText', bob.uid, 'something else');
    await bob.event('onTextMessageReceived', (it) => it.text === 'something else');
    expect(bob.seen('onTextMessageReceived', (it) => it.id === sent.id)).toEqual([]);
    await control.decide(sent.id, 'approved');
    expect((await alice.event('onMessageModerated', (it) => it.id === sent.id)).status).toBe('approved');
    await bob.event('onTextMessageReceived', (it) => it.id === sent.id);
    expect(await bob.do('moderationOf', sent.id)).toBe('approved');
    expect(bob.seen('onMessageModerated')).toEqual([]);
  });

  test('a disapproved message stays with its sender, who hears of it', async ({ alice, bob, control }) => {
    const dubious = word();
    await control.moderate(dubious, 'disapproved');
    const sent = await alice.do('sendText', bob.uid, dubious);
    expect((await alice.event('onMessageModerated', (it) => it.id === sent.id)).status).toBe('disapproved');
    await alice.do('sendText', bob.uid, 'harmless');
    await bob.event('onTextMessageReceived', (it) => it.text === 'harmless');
    expect((await bob.do('before', { uid: alice.uid })).map((it) => it.text)).toEqual(['harmless']);
    expect((await alice.do('before', { uid: bob.uid })).map((it) => it.text)).toEqual([dubious, 'harmless']);
    expect(bob.seen('onTextMessageReceived', (it) => it.id === sent.id)).toEqual([]);
  });

  test('a link brings what the extension says of it to both', async ({ alice, bob, control }) => {
    const links = [{ url: `https://example.org/${word()}`, title: 'An example', description: 'Of a page' }];
    await control.preview(links[0].url, links);
    const sent = await alice.do('sendText', bob.uid, `see ${links[0].url}`);
    await bob.event('onTextMessageReceived', (it) => it.id === sent.id);
    expect(await alice.do('previewsOf', sent.id)).toEqual(links);
    expect(await bob.do('previewsOf', sent.id)).toEqual(links);
  });
});
