import { expect, test } from './fixtures.ts';
import { launchOptions } from '../browser.ts';
import { Groups, newName } from './groups.ts';
import { together, type Visitor } from './people.ts';

// A microphone that hums, and a browser that allows it.
test.use({
  launchOptions: {
    ...launchOptions,
    args: [...(launchOptions.args ?? []), '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
});

const button = (person: Visitor, name: string) => person.widget.panel.getByRole('button', { name, exact: true });

/** Keeps what the microphone gives, so that a test can see whether it is off. */
async function keepTracks(person: Visitor): Promise<void> {
  await person.page.evaluate(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      (window as any).testTracks = stream.getTracks();
      return stream;
    };
  });
}

const microphone = (person: Visitor) =>
  person.page.evaluate(() => (window as any).testTracks?.map(({ readyState }: MediaStreamTrack) => readyState).join());

async function record(person: Visitor): Promise<void> {
  await keepTracks(person);
  await button(person, 'Record a voice message').click();
  await expect(person.widget.panel.getByRole('timer')).toHaveText(/0:0[1-9]/);
  expect(await microphone(person)).toBe('live');
}

test.describe('voice messages', () => {
  test('the microphone is off when the recording is dropped, left, or its session ends', async ({ alice, bob, visitor, guard }) => {
    // The cloud may close the socket before the page hears of its end, and then it asks once for another login.
    guard.expect(/status of 401/);
    await together(alice, bob);
    await record(alice);
    await button(alice, 'Discard').click();
    await expect.poll(() => microphone(alice)).toBe('ended');
    await record(alice);
    await alice.page.keyboard.press('Escape');
    await expect.poll(() => microphone(alice)).toBe('ended');
    await expect(alice.widget.composer).toBeVisible();
    await record(alice);
    await alice.widget.back();
    await expect.poll(() => microphone(alice)).toBe('ended');
    await alice.widget.openConversation(bob.name);
    await record(alice);
    const second = await visitor('Alice', { account: alice.account, context: alice.context });
    await second.visit('/');
    await second.widget.connected();
    await second.logout();
    await expect(alice.widget.signIn).toBeVisible();
    await expect.poll(() => microphone(alice)).toBe('ended');
  });

  test('the microphone is off when its owner is removed from the group', async ({ alice, bob, guard }) => {
    guard.expect(/Failed to load resource.*(400|403|404)/);
    const name = newName('Silence');
    await alice.widget.open();
    await bob.widget.open();
    const alices = new Groups(alice);
    await alices.create(name, { members: [bob] });
    await bob.widget.openConversation(name);
    await record(bob);
    await alices.openPane();
    await alices.act(bob.name, 'Remove from the group');
    await alices.confirm('Remove');
    await expect(new Groups(bob).instead).toBeVisible();
    await expect.poll(() => microphone(bob)).toBe('ended');
  });

  test('one is recorded with a pause, listened to, and sent', async ({ alice, bob }) => {
    await together(alice, bob);
    await button(alice, 'Record a voice message').click();
    const timer = alice.widget.panel.getByRole('timer', { name: 'Recording' });
    await expect(timer).toHaveText(/0:0[1-9]/);
    await expect(alice.widget.panel.locator('.levels span').nth(4)).toBeAttached();
    await button(alice, 'Pause').press('Enter');
    await expect(button(alice, 'Go on recording')).toBeFocused();
    await alice.page.keyboard.press('Enter');
    await expect(timer).toHaveText(/0:(0[2-9]|[1-5])/);
    await button(alice, 'Stop recording').click();
    const player = alice.widget.panel.getByLabel('Listen before sending');
    await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.readyState)).toBeGreaterThan(0);
    await expect(button(alice, 'Send the voice message')).toBeFocused();
    await alice.page.keyboard.press('Enter');
    await expect(alice.widget.composer).toBeFocused();
    for (const person of [alice, bob]) {
      const note = person.widget.message('Voice message');
      await expect(note).toContainText(/0:[0-5]\d/);
      await expect.poll(() => note.locator('audio').evaluate((audio: HTMLAudioElement) => audio.readyState)).toBeGreaterThan(0);
    }
    await bob.page.reload();
    await expect(bob.widget.message('Voice message')).toBeVisible();
    await bob.widget.back();
    await expect(bob.widget.row(alice.name)).toContainText('Voice message');
  });

  test('one is dropped while it is recorded, and nothing is sent', async ({ alice, bob }) => {
    await together(alice, bob);
    await button(alice, 'Record a voice message').click();
    await expect(alice.widget.panel.getByRole('timer')).toHaveText(/0:0[1-9]/);
    await button(alice, 'Discard').click();
    await expect(alice.widget.composer).toBeFocused();
    await alice.widget.send('only this');
    await expect(bob.widget.message('only this')).toBeVisible();
    await expect(bob.widget.log.getByRole('article')).toHaveCount(2);
  });

  test('a refused and an absent microphone get a clear word', async ({ alice, bob }) => {
    await together(alice, bob);
    for (const [name, said] of [['NotAllowedError', 'The microphone is blocked'], ['NotFoundError', 'No microphone was found']] as const) {
      await alice.page.evaluate((name) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', name));
      }, name);
      await button(alice, 'Record a voice message').click();
      await expect(alice.widget.panel.getByRole('status').filter({ hasText: said })).toBeVisible();
      await expect(alice.widget.composer).toBeVisible();
    }
  });
});
