import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Where an element stands once it stands still, in pixels from the top of the window. */
async function standing(element: Locator): Promise<number> {
  return element.evaluate(async (node) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    let [top, still] = [node.getBoundingClientRect().top, 0];
    while (still < 5) {
      await frame();
      const now = node.getBoundingClientRect().top;
      still = now === top ? still + 1 : 0;
      top = now;
    }
    return top;
  });
}

/** What somebody waits for until it is opened. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

test.describe('a conversation', () => {
  test('two browsers talk both ways, with ticks and typing', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('Hello Bob');
    await alice.widget.receipt('Hello Bob', 'Delivered');

    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await expect(bob.widget.message('Hello Bob')).toBeVisible();
    await alice.widget.receipt('Hello Bob', 'Read');

    await bob.widget.composer.pressSequentially('Hel');
    await expect(alice.widget.typing).toBeVisible();
    await bob.widget.composer.fill('Hello Alice');
    await bob.widget.composer.press('Enter');
    await expect(alice.widget.message('Hello Alice')).toBeVisible();
    await expect(alice.widget.typing).toBeHidden();
    await bob.widget.receipt('Hello Alice', 'Read');
  });

  test('a message to somebody who is away is sent, then delivered, then read', async ({ alice, bob }) => {
    await bob.page.goto('about:blank');
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('Are you there?');
    await alice.widget.receipt('Are you there?', 'Sent');
    await bob.visit('/');
    await alice.widget.receipt('Are you there?', 'Delivered');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await alice.widget.receipt('Are you there?', 'Read');
  });

  test("one's own message shows in one's other tab", async ({ alice, bob, visitor }) => {
    const second = await visitor('Alice', { context: alice.context, account: alice.account });
    await second.visit('/');
    await second.widget.open();
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('from the first tab');
    await second.widget.openConversation(bob.name);
    await expect(second.widget.message('from the first tab')).toHaveCount(1);
    await alice.widget.send('and again');
    await expect(second.widget.message('and again')).toHaveCount(1);
  });

  test('presence follows who comes and goes', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await expect(alice.widget.status).toContainText('Online');
    await bob.page.goto('about:blank');
    await expect(alice.widget.status).not.toContainText('Online');
    await bob.visit('/');
    await expect(alice.widget.status).toContainText('Online');
  });

  test("an own message is edited, and the other side sees it", async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('See you at fvie');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await alice.widget.act('See you at fvie', 'Edit');
    await alice.widget.composer.fill('See you at five');
    await alice.widget.composer.press('Enter');
    for (const person of [alice, bob]) {
      await expect(person.widget.message('See you at five')).toContainText('edited');
      await expect(person.widget.message('fvie')).toHaveCount(0);
    }
    for (const person of [alice, bob]) {
      await person.page.reload();
      await expect(person.widget.message('See you at five')).toContainText('edited');
    }
  });

  test('an own message is deleted after a confirmation, and the other side sees it', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('I should not have said that');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await expect(bob.widget.message('I should not have said that')).toBeVisible();
    await alice.widget.act('I should not have said that', 'Delete');
    await alice.widget.confirm('Delete');
    for (const person of [alice, bob]) {
      await expect(person.widget.message('I should not have said that')).toHaveCount(0);
      await expect(person.widget.log).toContainText('deleted');
    }
    for (const person of [alice, bob]) {
      await person.page.reload();
      await expect(person.widget.log).toContainText('deleted');
      await expect(person.widget.message('I should not have said that')).toHaveCount(0);
    }
  });

  test('links open safely and markup stays text', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('see https://example.org/a?b=c and <b>javascript:alert(1)</b>');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await bob.page.reload();
    for (const person of [alice, bob]) {
      const bubble = person.widget.message('see https');
      const link = bubble.getByRole('link');
      await expect(link).toHaveCount(1);
      await expect(link).toHaveAttribute('href', 'https://example.org/a?b=c');
      await expect(link).toHaveAttribute('rel', /noopener/);
      await expect(link).toHaveAttribute('target', '_blank');
      await expect(bubble).toContainText('<b>javascript:alert(1)</b>');
    }
  });

  test('Shift and Enter break the line, Enter sends', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.composer.pressSequentially('one');
    await alice.widget.composer.press('Shift+Enter');
    await alice.widget.composer.pressSequentially('two');
    await expect(alice.widget.composer).toHaveValue('one\ntwo');
    await alice.widget.composer.press('Enter');
    await expect(alice.widget.composer).toHaveValue('');
    await expect(alice.widget.message('one')).toHaveText(/one\s+two/);
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await expect(bob.widget.message('one')).toHaveText(/one\s+two/);
  });

  test('older messages load when scrolling up, and the place is kept', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('line number 1 of seventy');
    await alice.widget.sendMany(Array.from({ length: 69 }, (_, index) => `line number ${index + 2} of seventy`));
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await expect(bob.widget.message('line number 70 of')).toBeInViewport();
    await expect(bob.widget.message('line number 1 of')).toHaveCount(0);

    // The answer waits until the place is known: the oldest loaded message in sight, right at the upper edge.
    const lines = bob.widget.log.getByText(/line number \d+ of seventy/);
    const oldest = bob.widget.message(await lines.first().innerText());
    const [asked, answer] = [gate(), gate()];
    await bob.page.route('**/emulator/**/messages?*', async (route) => {
      asked.open();
      await answer.opened;
      await route.continue();
    });
    await bob.widget.log.hover();
    await bob.page.mouse.wheel(0, -10_000);
    await asked.opened;
    await expect(oldest).toBeInViewport();
    const before = await standing(oldest);
    const count = await lines.count();
    answer.open();
    await expect.poll(() => lines.count()).toBeGreaterThan(count);
    expect(Math.abs((await standing(oldest)) - before)).toBeLessThanOrEqual(3);

    await expect(async () => {
      await bob.page.mouse.wheel(0, -10_000);
      await expect(bob.widget.message('line number 1 of')).toHaveCount(1, { timeout: 500 });
    }).toPass();
    expect(await bob.widget.texts()).toEqual(Array.from({ length: 70 }, (_, index) => `line number ${index + 1} of seventy`));
  });
});
