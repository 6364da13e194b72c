import { expect, test } from './fixtures.ts';
import { Groups, newName } from './groups.ts';
import type { Visitor } from './people.ts';

/** Chooses an action of a conversation's menu. */
async function act(person: Visitor, name: string, action: string): Promise<void> {
  const row = person.widget.row(name);
  await row.hover();
  await row.getByRole('button', { name: /^Actions/ }).click();
  await row.getByRole('menuitem', { name: action, exact: true }).click();
}

/** The names of the rows, from top to bottom. */
const names = (person: Visitor) => person.widget.conversations.locator('.row[data-peer] .row-name').allTextContents();

/** Waits until the cloud has the tags of a conversation. */
const tagged = (person: Visitor) =>
  person.page.waitForResponse((response) => response.request().method() === 'PUT' && response.url().endsWith('/conversation'));

const filter = (person: Visitor, name: string) => person.widget.panel.getByRole('button', { name, exact: true });

/** Bob has written to Alice, who looks at her list. */
async function written(alice: Visitor, bob: Visitor, text = 'good morning'): Promise<void> {
  await bob.widget.open();
  await bob.widget.startConversation(alice.name);
  await bob.widget.send(text);
  await alice.widget.open();
  await expect(alice.widget.row(bob.name)).toContainText(text);
}

test('filters show what is unread, groups alone, and all again', async ({ alice, bob }) => {
  const group = newName('Filtered');
  await written(alice, bob);
  await new Groups(alice).create(group);
  await alice.widget.back();
  await filter(alice, 'Groups').click();
  expect(await names(alice)).toEqual([group]);
  await filter(alice, 'Unread').click();
  await expect(alice.widget.row(bob.name)).toBeVisible();
  await expect(alice.widget.row(group)).toHaveCount(0);
  await filter(alice, 'All').click();
  await expect(alice.widget.row(group)).toBeVisible();
});

test('a pinned conversation stays on top, after a reload and on another device', async ({ alice, bob, visitor }) => {
  await written(alice, bob);
  const device = await visitor('Alice', { account: alice.account });
  await device.login();
  await device.widget.connected();
  await device.widget.open();
  await expect(device.widget.row(bob.name)).toBeVisible();
  const guide = (await names(alice)).find((name) => name !== bob.name)!;
  await act(alice, guide, 'Pin to the top');
  await expect.poll(() => names(alice)).toEqual([guide, bob.name]);
  await expect.poll(() => names(device)).toEqual([guide, bob.name]);
  await bob.widget.send('news');
  await expect(alice.widget.row(bob.name)).toContainText('news');
  expect(await names(alice)).toEqual([guide, bob.name]);
  await alice.page.reload();
  await expect.poll(() => names(alice)).toEqual([guide, bob.name]);
  await act(alice, guide, 'Unpin');
  await expect.poll(() => names(alice)).toEqual([bob.name, guide]);
});

test('a muted conversation does not count aloud, on every device', async ({ alice, bob, visitor }) => {
  await written(alice, bob);
  const told = tagged(alice);
  await act(alice, bob.name, 'Mute');
  await expect(alice.widget.row(bob.name)).toContainText('Muted');
  await told;
  await alice.page.reload();
  await expect(alice.widget.row(bob.name)).toContainText('Muted');
  await expect(alice.widget.row(bob.name).locator('.badge')).toBeVisible();
  const device = await visitor('Alice', { account: alice.account });
  await device.login();
  await device.widget.open();
  await expect(device.widget.row(bob.name)).toContainText('Muted');
  await bob.widget.send('psst');
  await expect(alice.widget.row(bob.name)).toContainText('psst');
  await alice.widget.close();
  // The guide's greeting alone.
  await expect(alice.widget.badge).toHaveText('1');
  await alice.widget.open();
  await act(alice, bob.name, 'Unmute');
  await expect(alice.widget.row(bob.name)).not.toContainText('Muted');
  await alice.widget.close();
  await expect(alice.widget.badge).toHaveText('3');
});

test('an archived conversation is put away until it is taken out', async ({ alice, bob }) => {
  await written(alice, bob);
  const told = tagged(alice);
  await act(alice, bob.name, 'Archive');
  await expect(alice.widget.row(bob.name)).toHaveCount(0);
  await told;
  await alice.page.reload();
  await filter(alice, 'Archived (1)').click();
  await expect(alice.widget.row(bob.name)).toBeVisible();
  await act(alice, bob.name, 'Take out of the archive');
  await expect(alice.widget.row(bob.name)).toHaveCount(0);
  await filter(alice, 'Back to conversations').click();
  await expect(alice.widget.row(bob.name)).toBeVisible();
});

test('a conversation is marked as unread and as read', async ({ alice, bob }) => {
  await written(alice, bob);
  await alice.widget.openConversation(bob.name);
  await bob.widget.receipt('good morning', 'Read');
  await alice.widget.back();
  const row = alice.widget.row(bob.name);
  await expect(row.locator('.badge')).toHaveCount(0);
  await act(alice, bob.name, 'Mark as unread');
  await expect(row.locator('.badge')).toHaveText(/^1/);
  await alice.page.reload();
  await expect(row.locator('.badge')).toHaveText(/^1/);
  const told = alice.page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/read'));
  await act(alice, bob.name, 'Mark as read');
  await expect(row.locator('.badge')).toHaveCount(0);
  await told;
  await alice.page.reload();
  await expect(row).toBeVisible();
  await expect(row.locator('.badge')).toHaveCount(0);
});

test('a deleted conversation can be taken back for a moment, and is gone for oneself alone', async ({ alice, bob }) => {
  await written(alice, bob);
  const undo = alice.widget.panel.getByRole('button', { name: 'Undo' });
  await act(alice, bob.name, 'Delete the conversation');
  await expect(alice.widget.row(bob.name)).toHaveCount(0);
  await expect(undo).toBeFocused();
  await alice.page.keyboard.press('Enter');
  await expect(alice.widget.row(bob.name)).toBeVisible();
  await act(alice, bob.name, 'Delete the conversation');
  await expect(alice.widget.row(bob.name)).toHaveCount(0);
  const told = alice.page.waitForResponse((response) => response.request().method() === 'DELETE');
  await expect(undo).toBeHidden({ timeout: 10_000 });
  expect((await told).ok()).toBe(true);
  await alice.page.reload();
  await expect(alice.widget.conversations).toBeVisible();
  await expect(alice.widget.row(bob.name)).toHaveCount(0);
  await bob.widget.send('are you there?');
  await expect(alice.widget.row(bob.name)).toContainText('are you there?');
  await alice.widget.openConversation(bob.name);
  await expect(alice.widget.message('are you there?')).toBeVisible();
  await expect(alice.widget.message('good morning')).toHaveCount(0);
  await expect(bob.widget.message('good morning')).toBeVisible();
});

test('the list shows who is typing, and what is half written', async ({ alice, bob }) => {
  await written(alice, bob);
  await bob.widget.composer.pressSequentially('and one more thing');
  await expect(alice.widget.row(bob.name)).toContainText('typing…');
  await bob.widget.composer.fill('');
  await expect(alice.widget.row(bob.name)).toContainText('good morning');
  await alice.widget.openConversation(bob.name);
  await alice.widget.composer.fill('well, I think');
  await alice.widget.back();
  await expect(alice.widget.row(bob.name)).toContainText('Draft: well, I think');
  await alice.page.reload();
  await expect(alice.widget.row(bob.name)).toContainText('Draft: well, I think');
});

test('what two tabs do with a conversation adds up', async ({ alice, bob, visitor }) => {
  await written(alice, bob);
  const second = await visitor('Alice', { account: alice.account, context: alice.context });
  await second.visit('/');
  await second.widget.connected();
  await second.widget.open();
  await expect(second.widget.row(bob.name)).toBeVisible();
  const told = tagged(alice);
  await act(alice, bob.name, 'Mute');
  await told;
  const both = tagged(second);
  await act(second, bob.name, 'Archive');
  await expect(second.widget.row(bob.name)).toHaveCount(0);
  await both;
  await expect(filter(second, 'Archived (1)')).toBeVisible();
  await second.page.reload();
  await filter(second, 'Archived (1)').click();
  await expect(second.widget.row(bob.name)).toContainText('Muted');
});

test('the search finds people, groups and messages, and leads to where a message stands', async ({ alice, bob }) => {
  const group = newName('Searched');
  await written(alice, bob, 'the needle in the hay');
  await bob.widget.sendMany(Array.from({ length: 75 }, (_, index) => `hay ${index}`));
  await new Groups(alice).create(group);
  await alice.widget.back();
  const field = alice.widget.panel.getByRole('searchbox', { name: 'Search people, groups and messages' });
  await field.fill(group);
  await expect(alice.widget.panel.getByRole('list', { name: 'Groups' }).getByRole('button', { name: group })).toBeVisible();
  await field.fill(bob.name);
  await expect(alice.widget.panel.getByRole('list', { name: 'People' }).getByRole('button', { name: bob.name })).toBeVisible();
  await field.fill('the needle');
  await alice.widget.panel.getByRole('list', { name: 'Messages' }).getByRole('button').click();
  await expect(alice.widget.message('the needle in the hay')).toBeInViewport();
  await expect(alice.widget.message('hay 74')).toHaveCount(0);
  // Reading on leads back to the newest message.
  const log = alice.widget.log;
  await expect(async () => {
    await log.evaluate((box) => (box.scrollTop = 0));
    await expect(alice.widget.message('hay 74')).toBeInViewport({ timeout: 500 });
  }).toPass();
  await bob.widget.send('and live again');
  await expect(alice.widget.message('and live again')).toBeVisible();
  await alice.widget.back();
  await expect(field).toHaveValue('the needle');
  await field.press('Escape');
  await expect(alice.widget.conversations).toBeVisible();
  await expect(field).toBeFocused();
});

test('from an old message the button leads to the newest at once', async ({ alice, bob }) => {
  await written(alice, bob, 'the beginning');
  await bob.widget.sendMany(Array.from({ length: 60 }, (_, index) => `more ${index}`));
  await expect(alice.widget.row(bob.name)).toContainText('more 59');
  await alice.widget.panel.getByRole('searchbox').fill('the beginning');
  await alice.widget.panel.getByRole('list', { name: 'Messages' }).getByRole('button').click();
  await expect(alice.widget.message('the beginning')).toBeInViewport();
  await alice.widget.panel.getByRole('button', { name: 'Jump to the newest message' }).click();
  await expect(alice.widget.message('more 59')).toBeInViewport();
  await alice.widget.send('an answer at the end');
  await expect(bob.widget.message('an answer at the end')).toBeVisible();
});

test('the menu of a row works by keyboard', async ({ alice, bob }) => {
  await written(alice, bob);
  await alice.widget.rowButton(bob.name).focus();
  await alice.page.keyboard.press('Tab');
  await alice.page.keyboard.press('Enter');
  const row = alice.widget.row(bob.name);
  await expect(row.getByRole('menuitem').first()).toBeFocused();
  await alice.page.keyboard.press('ArrowDown');
  await alice.page.keyboard.press('Escape');
  await expect(row.getByRole('menu')).toBeHidden();
  const actions = row.getByRole('button', { name: /^Actions/ });
  await expect(actions).toBeFocused();
  // What is chosen, or asked and given up, leads back there too.
  await alice.page.keyboard.press('Enter');
  await expect(row.getByRole('menu', { name: `Actions for the conversation with ${bob.name}` })).toBeVisible();
  await row.getByRole('menuitem', { name: 'Mute' }).focus();
  await alice.page.keyboard.press('Enter');
  await expect(row).toContainText('Muted');
  await expect(actions).toBeFocused();
});
