import { expect, test } from './fixtures.ts';
import { launchOptions } from '../browser.ts';
import { together, type Visitor } from './people.ts';

// A microphone that hums, and a browser that allows it.
test.use({
  launchOptions: {
    ...launchOptions,
    args: [...(launchOptions.args ?? []), '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
});

const button = (person: Visitor, name: string) => person.widget.panel.getByRole('button', { name, exact: true });

test.describe('voice messages', () => {
  test('one is recorded with a pause, listened to, and sent', async ({ alice, bob }) => {
    await together(alice, bob);
    await button(alice, 'Record a voice message').click();
    const timer = alice.widget.panel.getByRole('timer', { name: 'Recording' });
    await expect(timer).toHaveText(/0:0[1-9]/);
    await expect(alice.widget.panel.locator('.levels span').nth(4)).toBeAttached();
    await button(alice, 'Pause').click();
    await button(alice, 'Go on recording').click();
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
