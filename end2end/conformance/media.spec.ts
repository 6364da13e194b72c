import { expect, test } from './fixtures.ts';

/** A picture of one pixel. */
const PIXEL = [...Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')];
const picture = { name: 'été.png', type: 'image/png', bytes: PIXEL };
const note = { name: 'note.txt', type: 'text/plain', bytes: [...Buffer.from('hello')] };

test.describe('media messages', () => {
  test('a picture arrives live with its caption, and its bytes are what was sent', async ({ alice, bob }) => {
    const sent = await alice.do('sendFiles', bob.uid, 'image', [picture], { caption: 'look', metadata: { width: 1 }, muid: 'mine' });
    expect(sent).toMatchObject({ type: 'image', muid: 'mine', caption: 'look', metadata: { width: 1 } });
    await bob.event('onMediaMessageReceived', (it) => it.id === sent.id);
    const [attachment] = (await bob.do('mediaDetails', sent.id)).attachments;
    expect(attachment).toMatchObject({ name: 'été.png', size: PIXEL.length, mimeType: 'image/png', extension: 'png' });
    const served = await bob.do('download', attachment!.url);
    expect(served).toMatchObject({ status: 200, type: 'image/png', bytes: PIXEL });
  });

  test('several files travel in one message', async ({ alice, bob }) => {
    const sent = await alice.do('sendFiles', bob.uid, 'file', [note, { ...note, name: 'second.txt' }]);
    expect(sent.attachments.map((it) => it.name)).toEqual(['note.txt', 'second.txt']);
    expect(await bob.do('unread')).toEqual({ [alice.uid]: 1 });
  });

  test('what a browser could run is served as a download', async ({ alice, bob }) => {
    const sent = await alice.do('sendFiles', bob.uid, 'file', [{ name: 'page.html', type: 'text/html', bytes: note.bytes }]);
    const served = await bob.do('download', sent.attachments[0]!.url);
    expect(served.type).toBe('application/octet-stream');
    expect(served.disposition).toContain('attachment');
  });

  test('a file is sent to a group and into a thread', async ({ alice, bob, guid }) => {
    await alice.do('createGroup', guid, 'public');
    await bob.do('joinGroup', guid);
    const parent = await alice.do('sendToGroup', guid, 'the minutes?');
    const sent = await bob.do('sendFiles', guid, 'file', [note], { type: 'group', parent: parent.id });
    await alice.event('onMediaMessageReceived', (it) => it.id === sent.id);
    expect((await alice.do('detailsAround', parent.id)).replies).toBe(1);
  });

  test('files go to an address of their own first, and the message names them', async ({ alice, bob }) => {
    const uploaded = await alice.do('upload', bob.uid, [picture, note]);
    expect(uploaded.errors).toEqual([]);
    expect(uploaded.attachments.map((it) => it.name).sort()).toEqual(['note.txt', 'été.png']);
    const sent = await alice.do('sendUploaded', bob.uid, 'file', uploaded.attachments);
    await bob.event('onMediaMessageReceived', (it) => it.id === sent.id);
    const text = sent.attachments.find((it) => it.name === 'note.txt');
    expect((await bob.do('download', text!.url)).bytes).toEqual(note.bytes);
  });

  test('a blocked user gets no address to upload to', async ({ alice, bob }) => {
    await bob.do('block', [alice.uid]);
    const outcome = await alice.do('upload', bob.uid, [note]).then((it) => it.errors.join(), (error: Error) => error.message);
    expect(outcome).toContain('ERR_BLOCKED_SENDER');
  });

  test('a deleted message takes its file with it', async ({ alice, bob }) => {
    const sent = await alice.do('sendFiles', bob.uid, 'image', [picture]);
    await alice.do('remove', sent.id);
    await bob.event('onMessageDeleted', (it) => it.id === sent.id);
    expect((await bob.do('download', sent.attachments[0]!.url)).status).toBe(404);
  });

  test('the settings say how many files a message may have', async ({ alice }) => {
    expect(await alice.do('mostFiles')).toBe(10);
  });
});
