import { expect, test } from './fixtures.ts';
import { Groups, newName } from './groups.ts';
import { picture } from './media.ts';

// The browser itself writes a line for a refusal.
const REFUSED = /Failed to load resource.*(400|403|404)/;

test('a group is made with members, who are in it at once and talk in it', async ({ alice, bob }) => {
  const name = newName('Crew');
  await bob.widget.open();
  await alice.widget.open();
  await new Groups(alice).create(name, { members: [bob] });
  await expect(alice.widget.status).toHaveText('2 members');
  await expect(bob.widget.row(name)).toContainText(`${alice.name} added you`);
  await bob.widget.openConversation(name);
  await bob.widget.send('glad to be here');
  await expect(alice.widget.message('glad to be here')).toBeVisible();
  await expect(new Groups(alice).events).toContainText([`You added ${bob.name}`]);
  await bob.page.reload();
  await expect(bob.widget.message('glad to be here')).toBeVisible();
  await expect(bob.widget.status).toHaveText('2 members');
  await expect(new Groups(bob).title).toHaveText(name);
});

test('a public group is found, joined and left', async ({ alice, bob }) => {
  const name = newName('Open house');
  await alice.widget.open();
  await bob.widget.open();
  await new Groups(alice).create(name);
  const bobs = new Groups(bob);
  await bobs.join(name);
  await expect(new Groups(alice).events).toContainText([`${bob.name} joined`]);
  await expect(alice.widget.status).toHaveText('2 members');
  await bobs.openPane();
  await bobs.button('Leave the group').click();
  await bobs.confirm('Leave');
  await expect(bob.widget.conversations).toBeVisible();
  await expect(bob.widget.row(name)).toHaveCount(0);
  await expect(new Groups(alice).events).toContainText([`${bob.name} joined`, `${bob.name} left`]);
  await bob.page.reload();
  await expect(bob.widget.conversations).toBeVisible();
  await expect(bob.widget.row(name)).toHaveCount(0);
  await expect(alice.widget.status).toHaveText('1 member');
});

test('a group that was joined from a search opens from there again', async ({ alice, bob, guard }) => {
  guard.expect(REFUSED);
  const name = newName('Front door');
  await alice.widget.open();
  await new Groups(alice).create(name);
  await bob.widget.open();
  await bob.widget.panel.getByRole('searchbox').fill(name);
  const found = bob.widget.panel.getByRole('list', { name: 'Groups' }).getByRole('button', { name });
  await found.click();
  await expect(new Groups(bob).title).toHaveText(name);
  await bob.widget.back();
  await found.click();
  await expect(new Groups(bob).title).toHaveText(name);
  await bob.widget.send('here I am');
  await expect(alice.widget.message('here I am')).toBeVisible();
});

test('how many have read is told with its numbers, and the ticks move once all have', async ({ alice, bob, member }) => {
  const carol = await member('Carol');
  const name = newName('Readers');
  for (const person of [alice, bob, carol]) await person.widget.open();
  await new Groups(alice).create(name, { members: [bob, carol] });
  await alice.widget.send('please read');
  await bob.widget.openConversation(name);
  await expect(bob.widget.message('please read')).toBeVisible();
  const info = alice.widget.sheet('Info');
  await expect(async () => {
    if (await info.isVisible()) await alice.page.keyboard.press('Escape');
    await alice.widget.act('please read', 'Info');
    await expect(info.getByRole('heading', { name: 'Read by 1 of 2' })).toBeVisible({ timeout: 1000 });
  }).toPass();
  await alice.page.keyboard.press('Escape');
  await carol.widget.openConversation(name);
  await expect(carol.widget.message('please read')).toBeVisible();
  await alice.widget.receipt('please read', 'Read');
  await alice.page.reload();
  await alice.widget.receipt('please read', 'Read');
});

test('a group has the picture that its address names, for everybody in it', async ({ alice, bob, guard }) => {
  const address = 'https://pictures.example.org/club.png';
  guard.admit('https://pictures.example.org');
  for (const { page } of [alice, bob]) await page.route(address, (route) => route.fulfill({ contentType: 'image/png', body: picture('club.png', 64, 64).buffer }));
  const name = newName('Pictured');
  await alice.widget.open();
  await bob.widget.open();
  const alices = new Groups(alice);
  // A private one: nobody else comes across its picture.
  await alices.create(name, { kind: 'Private', members: [bob] });
  await alices.openPane();
  await alices.button('Edit the group').click();
  await alices.panel.getByLabel('Address of a picture').fill(address);
  await alices.button('Save').click();
  await bob.page.reload();
  const face = bob.widget.row(name).locator('img.avatar-picture');
  await expect.poll(() => face.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
});

test('a group with a password says so when it is wrong, and opens when it is right', async ({ alice, bob, guard }) => {
  guard.expect(REFUSED);
  const name = newName('Secret club');
  await alice.widget.open();
  await bob.widget.open();
  await new Groups(alice).create(name, { kind: 'Password', password: 'open sesame' });
  const bobs = new Groups(bob);
  await (await bobs.find(name)).click();
  await expect(bobs.dialog.getByLabel('Password')).toBeFocused();
  await bobs.dialog.getByLabel('Password').fill('guess');
  await bobs.dialog.getByRole('button', { name: 'Join' }).click();
  await expect(bobs.dialog.getByRole('alert')).toHaveText('That password is not right.');
  await bobs.dialog.getByLabel('Password').fill('open sesame');
  await bobs.dialog.getByLabel('Password').press('Enter');
  await expect(bobs.dialog).toBeHidden();
  await bob.widget.send('found the door');
  await expect(alice.widget.message('found the door')).toBeVisible();
  await bob.page.reload();
  await expect(bob.widget.message('found the door')).toBeVisible();
  await expect(bob.widget.composer).toBeVisible();
});

test('a private group is known to nobody but those who were added', async ({ alice, bob }) => {
  const name = newName('Quiet corner');
  await alice.widget.open();
  await bob.widget.open();
  const alices = new Groups(alice);
  await alices.create(name, { kind: 'Private' });
  await (await new Groups(bob).find(name)).waitFor({ state: 'detached' });
  await expect(bob.widget.panel).toContainText('No groups found.');
  await alices.openPane();
  await alices.button('Add members').click();
  await alices.pick([bob]);
  await alices.panel.getByRole('button', { name: 'Add members', exact: true }).last().click();
  await expect(alices.member(bob.name)).toBeVisible();
  await bob.widget.back();
  await bob.widget.openConversation(name);
  await expect(bob.widget.composer).toBeVisible();
  await bob.page.reload();
  await expect(bob.widget.composer).toBeVisible();
  await expect(new Groups(bob).title).toHaveText(name);
});

for (const { deed, confirm, told, again } of [
  { deed: 'Remove from the group', confirm: 'Remove', told: 'You were removed from this group.', again: 'You are not a member of this group.' },
  { deed: 'Ban', confirm: 'Ban', told: 'You are banned from this group.', again: 'You are banned from this group.' },
]) {
  test(`${deed.toLowerCase()}: the open pane says why it is read-only, after a reload too`, async ({ alice, bob, guard }) => {
    guard.expect(REFUSED);
    const name = newName('Strict');
    await alice.widget.open();
    await bob.widget.open();
    const [alices, bobs] = [new Groups(alice), new Groups(bob)];
    await alices.create(name);
    await bobs.join(name);
    await bob.widget.send('still here');
    await bob.widget.composer.fill('and half a word');
    await alices.openPane();
    await alices.act(bob.name, deed);
    await alices.confirm(confirm);
    await expect(alices.member(bob.name)).toHaveCount(0);
    await expect(bobs.instead).toContainText(told);
    await expect(bob.widget.composer).toBeHidden();
    await expect(bob.widget.message('still here')).toBeVisible();
    // Nothing is offered that would be refused.
    await bob.widget.message('still here').hover();
    await expect(bob.widget.message('still here').getByRole('button')).toHaveCount(0);
    await expect(bobs.title.getByRole('button')).toBeDisabled();
    await bob.page.reload();
    await expect(bobs.instead).toContainText(again);
    await expect(bob.widget.composer).toBeHidden();
  });
}

test('who is banned is listed, and comes back once unbanned', async ({ alice, bob, guard }) => {
  guard.expect(REFUSED);
  const name = newName('Forgiving');
  await alice.widget.open();
  await bob.widget.open();
  const [alices, bobs] = [new Groups(alice), new Groups(bob)];
  await alices.create(name, { members: [bob] });
  await alices.openPane();
  await alices.act(bob.name, 'Ban');
  await alices.confirm('Ban');
  await alices.button('Banned').click();
  await expect(alices.panel.getByRole('listitem').filter({ hasText: bob.name })).toBeVisible();
  await alices.button('Unban').click();
  await expect(alices.panel).toContainText('Nobody is banned.');
  await bobs.join(name);
  await alices.button('Back to the conversation').click();
  await expect(alices.member(bob.name)).toBeVisible();
  await bob.page.reload();
  await expect(bob.widget.composer).toBeVisible();
});

test('a new standing shows at once, and with it what may be done', async ({ alice, bob, member }) => {
  const carol = await member('Carol');
  const name = newName('Ranks');
  await alice.widget.open();
  await bob.widget.open();
  const [alices, bobs] = [new Groups(alice), new Groups(bob)];
  await alices.create(name, { members: [bob, carol] });
  await bob.widget.openConversation(name);
  await bobs.openPane();
  await expect(bobs.member(alice.name)).toContainText('Owner');
  expect(await (await bobs.menuOf(carol.name)).getByRole('menuitem').allTextContents()).toEqual(['Write']);
  await bob.page.keyboard.press('Escape');
  await expect(bobs.button('Edit the group')).toHaveCount(0);
  await alices.openPane();
  await alices.act(bob.name, 'Make moderator');
  await expect(alices.member(bob.name)).toContainText('Moderator');
  await expect(bobs.button('Edit the group')).toBeVisible();
  await expect(bobs.button('Delete the group')).toHaveCount(0);
  expect(await (await bobs.menuOf(carol.name)).getByRole('menuitem').allTextContents()).toEqual([
    'Write', 'Make moderator', 'Remove from the group', 'Ban',
  ]);
  await bob.page.keyboard.press('Escape');
  expect(await (await bobs.menuOf(alice.name)).getByRole('menuitem').allTextContents()).toEqual(['Write']);
  await bob.page.keyboard.press('Escape');
  await bobs.button('Back to the conversation').click();
  await expect(bobs.events).toContainText([`${alice.name} made you a moderator`]);
  await bob.page.reload();
  await bobs.openPane();
  await expect(bobs.member(bob.name).or(bobs.members.getByText('You'))).toBeVisible();
  await expect(bobs.button('Edit the group')).toBeVisible();
});

test('an owner hands the group over, and may then leave', async ({ alice, bob }) => {
  const name = newName('Relay');
  await alice.widget.open();
  await bob.widget.open();
  const [alices, bobs] = [new Groups(alice), new Groups(bob)];
  await alices.create(name, { members: [bob] });
  await alices.openPane();
  await expect(alices.button('Leave the group')).toHaveCount(0);
  await expect(alices.panel).toContainText('To leave, hand the group over to somebody else first.');
  await alices.act(bob.name, 'Hand the group over');
  await alices.confirm('Hand over');
  await expect(alices.member(bob.name)).toContainText('Owner');
  await alices.button('Leave the group').click();
  await alices.confirm('Leave');
  await expect(alice.widget.row(name)).toHaveCount(0);
  await bob.widget.openConversation(name);
  await bobs.openPane();
  await expect(bobs.members.getByRole('listitem')).toHaveCount(1);
  await expect(bobs.members).toContainText('Owner');
  await bob.page.reload();
  await bobs.openPane();
  await expect(bobs.members).toContainText('Owner');
  await alice.page.reload();
  await expect(alice.widget.conversations).toBeVisible();
  await expect(alice.widget.row(name)).toHaveCount(0);
});

test('a group is renamed and deleted', async ({ alice, bob, guard }) => {
  guard.expect(REFUSED);
  const [name, better] = [newName('Draft'), newName('Final')];
  await alice.widget.open();
  await bob.widget.open();
  const [alices, bobs] = [new Groups(alice), new Groups(bob)];
  await alices.create(name, { members: [bob] });
  await alices.openPane();
  await alices.button('Edit the group').click();
  await expect(alices.panel.getByLabel('Name of the group')).toBeFocused();
  await alices.panel.getByLabel('Name of the group').fill(better);
  await alices.panel.getByLabel('Description (optional)').fill('what it is about');
  await alices.button('Save').click();
  await expect(alices.panel).toContainText('what it is about');
  await expect(alices.panel.getByRole('heading', { name: better })).toBeVisible();
  await bob.page.reload();
  await bob.widget.openConversation(better);
  await alices.button('Delete the group').click();
  await alices.confirm('Delete');
  await expect(alice.widget.row(better)).toHaveCount(0);
  await bob.page.reload();
  await expect(bobs.instead).toContainText('This group no longer exists.');
});

test('a French page tells in French what happened in a group', async ({ alice, bob }) => {
  const name = newName('Salon');
  await alice.widget.open();
  await new Groups(alice).create(name, { members: [bob] });
  await bob.page.getByRole('button', { name: 'Français' }).click();
  await expect(bob.page.locator('html')).toHaveAttribute('lang', 'fr');
  await bob.widget.open();
  await expect(bob.widget.panel.getByRole('listitem').filter({ hasText: name })).toContainText(`${alice.name} vous a ajouté`);
});
