import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { note, picture, sound, type TestFile } from './media.ts';
import { together, type Visitor } from './people.ts';

async function choose(person: Visitor, ...files: TestFile[]): Promise<void> {
  await person.widget.panel.getByLabel('Attach files').setInputFiles(files);
}

const tray = (person: Visitor): Locator => person.widget.panel.getByRole('list', { name: 'Files to send' });
const trayFile = (person: Visitor, name: string): Locator => tray(person).getByRole('listitem').filter({ hasText: name });
const send = (person: Visitor): Promise<void> => person.widget.panel.getByRole('button', { name: 'Send', exact: true }).click();
const pictures = (person: Visitor): Locator => person.widget.log.getByRole('button', { name: /^Enlarge/ });

/** The picture is there, not only its place. */
async function loaded(pictures: Locator, count: number): Promise<void> {
  await expect(pictures).toHaveCount(count);
  const isLoaded = (all: Element[]) => all.every((one) => {
    const image = one.querySelector<HTMLImageElement>('img.whole');
    return image?.complete && image.naturalWidth > 0;
  });
  await expect.poll(() => pictures.evaluateAll(isLoaded)).toBe(true);
}

test.describe('files', () => {
  test('pictures with a caption arrive as one message, also after a reload', async ({ alice, bob }) => {
    await together(alice, bob);
    await choose(alice, picture('one.png'), picture('two.png', 100, 300), picture('three.png'));
    await expect(tray(alice).getByRole('listitem')).toHaveCount(3);
    await alice.widget.composer.fill('the **garden**');
    await alice.widget.composer.press('Enter');
    await expect(tray(alice)).toHaveCount(0);
    for (const person of [alice, bob]) await loaded(pictures(person), 3);
    await expect(bob.widget.message('the garden').locator('strong')).toHaveText('garden');
    await expect(bob.widget.log.getByRole('article')).toHaveCount(2);
    await alice.widget.receipt('the garden', 'Read');
    for (const person of [alice, bob]) {
      await person.page.reload();
      await loaded(pictures(person), 3);
    }
    await bob.widget.back();
    await expect(bob.widget.row(alice.name)).toContainText('the garden');
  });

  test('a picture has its place before it is loaded', async ({ alice, bob }) => {
    await together(alice, bob);
    let open = () => {};
    const held = new Promise<void>((resolve) => (open = resolve));
    await bob.page.route('**/emulator/files/**', async (route) => {
      await held;
      await route.continue();
    });
    await choose(alice, picture('wide.png', 320, 160));
    await expect(trayFile(alice, 'wide.png')).toContainText('B');
    await send(alice);
    const place = pictures(bob);
    await expect(place).toBeVisible();
    const before = (await place.boundingBox())!;
    expect(before.width / before.height).toBeCloseTo(2, 1);
    await expect(place.locator('img.placeholder')).toHaveAttribute('src', /^data:image\/webp/);
    open();
    await loaded(place, 1);
    expect(await place.boundingBox()).toEqual(before);
    await bob.page.reload();
    await loaded(place, 1);
    expect((await place.boundingBox())!.width).toBe(before.width);
  });

  test('files of several kinds go out as one message each, and a file keeps its bytes', async ({ alice, bob }) => {
    await together(alice, bob);
    await choose(alice, note('notes.txt', 'what was said'), picture('one.png'), sound('song.wav'));
    await alice.widget.composer.fill('all of it');
    await alice.widget.composer.press('Enter');
    const card = bob.widget.log.getByRole('link', { name: 'Download notes.txt' });
    await expect(card).toContainText('13 B');
    await loaded(pictures(bob), 1);
    await expect(bob.widget.log.locator('audio')).toHaveAttribute('src', /\/emulator\/files\//);
    await expect(bob.widget.message('all of it')).toHaveCount(1);
    const [download] = await Promise.all([bob.page.waitForEvent('download'), card.click()]);
    expect(download.suggestedFilename()).toBe('notes.txt');
    expect(await readFile(await download.path(), 'utf8')).toBe('what was said');
    await bob.page.reload();
    await loaded(pictures(bob), 1);
    await expect(card).toContainText('13 B');
  });

  test('what is pasted and what is dropped is attached', async ({ alice, bob }) => {
    await together(alice, bob);
    const { buffer } = picture('pasted.png');
    const bytes = [...buffer];
    await alice.widget.composer.evaluate((field, bytes) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(bytes)], 'pasted.png', { type: 'image/png' }));
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }));
    }, bytes);
    await expect(trayFile(alice, 'pasted.png')).toBeVisible();
    const drag = (type: string) =>
      alice.widget.log.evaluate((log, type) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
        log.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true }));
      }, type);
    await drag('dragover');
    await expect(alice.widget.panel.getByText('Drop the files to attach them')).toBeVisible();
    await drag('drop');
    await expect(alice.widget.panel.getByText('Drop the files to attach them')).toHaveCount(0);
    await expect(trayFile(alice, 'dropped.txt')).toBeVisible();
    await send(alice);
    await loaded(pictures(bob), 1);
    await expect(bob.widget.log.getByRole('link', { name: 'Download dropped.txt' })).toBeVisible();
    await bob.page.reload();
    await loaded(pictures(bob), 1);
    await expect(bob.widget.log.getByRole('link', { name: 'Download dropped.txt' })).toBeVisible();
  });

  test('a file is taken out again, and only the others are sent', async ({ alice, bob }) => {
    await together(alice, bob);
    await choose(alice, note('keep.txt'), note('drop.txt'));
    await alice.widget.panel.getByRole('button', { name: 'Remove drop.txt' }).click();
    await expect(trayFile(alice, 'drop.txt')).toHaveCount(0);
    await send(alice);
    for (const reload of [false, true]) {
      if (reload) await bob.page.reload();
      await expect(bob.widget.log.getByRole('link', { name: 'Download keep.txt' })).toBeVisible();
      await expect(bob.widget.log).not.toContainText('drop.txt');
    }
  });

  test('an upload that fails is begun again', async ({ alice, bob, guard }) => {
    guard.expect(/status of 500/);
    await together(alice, bob);
    let refused = false;
    await alice.page.route('**/emulator/uploads/**', (route) => {
      if (refused) return route.continue();
      refused = true;
      return route.fulfill({ status: 500, body: '' });
    });
    await choose(alice, note('notes.txt'));
    await expect(trayFile(alice, 'notes.txt')).toContainText('The upload was interrupted.');
    await expect(alice.widget.panel.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
    await alice.widget.panel.getByRole('button', { name: 'Upload again: notes.txt' }).click();
    await expect(trayFile(alice, 'notes.txt')).toContainText('5 B');
    await send(alice);
    await expect(bob.widget.log.getByRole('link', { name: 'Download notes.txt' })).toBeVisible();
    await bob.page.reload();
    await expect(bob.widget.log.getByRole('link', { name: 'Download notes.txt' })).toHaveCount(1);
  });

  test('a message is shown with its pictures while they are on their way, and a text overtakes it', async ({ alice, bob }) => {
    await together(alice, bob);
    let open = () => {};
    const held = new Promise<void>((resolve) => (open = resolve));
    await alice.page.route('**/emulator/uploads/**', async (route) => {
      await held;
      await route.continue();
    });
    await choose(alice, picture('slow.png'));
    await expect(trayFile(alice, 'slow.png')).toContainText(/Uploading, \d+\s%/);
    await send(alice);
    await loaded(pictures(alice), 1);
    await expect(alice.widget.log.getByTitle('Waits for a connection').or(alice.widget.log.getByTitle('Sending'))).toBeVisible();
    await alice.widget.send('meanwhile');
    await expect(bob.widget.message('meanwhile')).toBeVisible();
    await expect(pictures(bob)).toHaveCount(0);
    open();
    await loaded(pictures(bob), 1);
    await expect(alice.widget.log.getByTitle('Read', { exact: true })).toHaveCount(1);
  });

  test('what is too large or too much is said before anything is uploaded', async ({ alice, bob }) => {
    await alice.page.route('**/emulator/**/me', async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      if (answer.data?.settings) Object.assign(answer.data.settings, { 'file.size.max': 100, 'file.count.max': 2 });
      await route.fulfill({ response, json: answer });
    });
    await alice.logout();
    await alice.login();
    await alice.widget.connected();
    await together(alice, bob);
    const announced: string[] = [];
    alice.page.on('request', (request) => request.url().includes('upload-url') && announced.push(request.postData() ?? ''));
    await choose(alice, note('large.txt', 'x'.repeat(101)));
    await expect(trayFile(alice, 'large.txt')).toContainText('The file is too large. At most: 100 B');
    await expect(alice.widget.panel.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
    await alice.widget.panel.getByRole('button', { name: 'Remove large.txt' }).click();
    await choose(alice, note('fits.txt'), note('second.txt'));
    await expect(trayFile(alice, 'second.txt')).toContainText('5 B');
    await choose(alice, note('third.txt'));
    await expect(trayFile(alice, 'third.txt')).toContainText('Too many files for one message. At most: 2');
    expect(announced.join()).not.toMatch(/large|third/);
    await alice.widget.panel.getByRole('button', { name: 'Remove third.txt' }).click();
    await send(alice);
    await expect(bob.widget.log.getByRole('link', { name: 'Download fits.txt' })).toBeVisible();
  });

  test('a film has a player, its name and the way to it, also after a reload', async ({ alice, bob }) => {
    await together(alice, bob);
    // A second of a grey square, as the browser itself records it.
    const film = await alice.page.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
      const pen = canvas.getContext('2d')!;
      const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
      const pieces: Blob[] = [];
      recorder.ondataavailable = ({ data }) => pieces.push(data);
      recorder.start();
      for (let frame = 0; frame < 25; frame += 1) {
        pen.fillStyle = `rgb(${frame * 8}, 120, 120)`;
        pen.fillRect(0, 0, 160, 90);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      await new Promise((resolve) => ((recorder.onstop = resolve), recorder.stop()));
      return Array.from(new Uint8Array(await new Blob(pieces).arrayBuffer()));
    });
    await choose(alice, { name: 'walk.webm', mimeType: 'video/webm', buffer: Buffer.from(film) });
    await expect(trayFile(alice, 'walk.webm')).toContainText('kB');
    await send(alice);
    const plays = async (person: Visitor) => {
      const player = person.widget.log.locator('video');
      await expect.poll(() => player.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBe(160);
      await expect(person.widget.log.getByRole('link', { name: 'Download walk.webm' })).toBeVisible();
    };
    for (const person of [alice, bob]) await plays(person);
    await bob.page.reload();
    await plays(bob);
  });

  test('a message that is on its way with its files is called back', async ({ alice, bob }) => {
    await together(alice, bob);
    await alice.page.route('**/emulator/uploads/**', () => {});
    await choose(alice, picture('mistake.png'));
    await send(alice);
    await loaded(pictures(alice), 1);
    await alice.widget.log.getByRole('button', { name: 'Cancel' }).click();
    await expect(pictures(alice)).toHaveCount(0);
    await alice.widget.send('only words');
    await expect(bob.widget.message('only words')).toBeVisible();
    await expect(pictures(bob)).toHaveCount(0);
  });

  test('a caption whose files did not get out is kept through a reload', async ({ alice, bob }) => {
    await together(alice, bob);
    await alice.page.route('**/emulator/uploads/**', () => {});
    await choose(alice, picture('never.png'));
    await alice.widget.composer.fill('words for it');
    await alice.widget.composer.press('Enter');
    await expect(alice.widget.message('words for it')).toBeVisible();
    await alice.page.reload();
    await expect(alice.widget.composer).toHaveValue('words for it');
    await expect(alice.widget.message('words for it')).toHaveCount(0);
  });

  test('a picture fills the screen, by keys alone, and the focus comes back', async ({ alice, bob }) => {
    await together(alice, bob);
    await choose(alice, picture('one.png'), picture('two.png'));
    await send(alice);
    await choose(alice, picture('three.png'));
    await send(alice);
    await loaded(pictures(bob), 3);
    const viewer = bob.widget.root.getByRole('dialog', { name: /^Photo/ });
    const second = bob.widget.log.getByRole('button', { name: 'Enlarge two.png' });
    await second.focus();
    await bob.page.keyboard.press('Enter');
    await expect(viewer).toHaveAccessibleName('Photo 2 / 3');
    expect(await bob.widget.focusedName()).toBe('Close');
    await bob.page.keyboard.press('ArrowRight');
    await expect(viewer.getByRole('img')).toHaveAccessibleName('three.png');
    await bob.page.keyboard.press('ArrowLeft');
    await expect(viewer).toHaveAccessibleName('Photo 2 / 3');
    const width = async () => (await viewer.getByRole('img').boundingBox())!.width;
    const small = await width();
    await bob.page.keyboard.press('+');
    await expect.poll(width).toBeGreaterThan(small);
    await bob.page.keyboard.press('-');
    await expect.poll(width).toBe(small);
    for (let press = 0; press < 12; press++) {
      await bob.page.keyboard.press('Tab');
      expect(await viewer.evaluate((viewer) => viewer.contains((viewer.getRootNode() as ShadowRoot).activeElement))).toBe(true);
    }
    await bob.page.keyboard.press('Escape');
    await expect(viewer).toHaveCount(0);
    await expect(bob.widget.panel).toBeVisible();
    await expect(second).toBeFocused();
  });

  test('a deleted message takes its pictures along, also out of the viewer', async ({ alice, bob }) => {
    await together(alice, bob);
    await choose(alice, picture('one.png'));
    await alice.widget.composer.fill('look');
    await alice.widget.composer.press('Enter');
    await loaded(pictures(bob), 1);
    await pictures(bob).click();
    const viewer = bob.widget.root.getByRole('dialog', { name: /^Photo/ });
    await expect(viewer).toBeVisible();
    await alice.widget.act('look', 'Delete');
    await alice.widget.confirm('Delete');
    await expect(viewer).toHaveCount(0);
    await expect(pictures(bob)).toHaveCount(0);
    await bob.page.reload();
    await expect(bob.widget.log).toContainText('deleted');
    await expect(pictures(bob)).toHaveCount(0);
  });

  test('a picture that lies elsewhere is a link, and not fetched', async ({ alice, bob }) => {
    await together(alice, bob);
    await alice.page.evaluate(async () => {
      const sdk = (window as any).CometChat;
      const [to] = await new sdk.ConversationsRequestBuilder().setLimit(1).build().fetchNext();
      const draft = new sdk.MediaMessage(to.getConversationWith().getUid(), '', 'image', 'user');
      const attachment = { url: 'https://elsewhere.example/spy.png', name: 'spy.png', size: 5, mimeType: 'image/png', extension: 'png' };
      draft.setAttachments([new sdk.Attachment(attachment)]);
      await sdk.sendMediaMessage(draft);
    });
    await expect(bob.widget.log.getByRole('link', { name: 'Download spy.png' })).toHaveAttribute('href', 'https://elsewhere.example/spy.png');
    await expect(bob.widget.log.locator('img.whole')).toHaveCount(0);
  });
});
