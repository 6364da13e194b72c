// What the cloud does not take: each refusal has a sentence of its own, and the other one never sees what was refused.
import { expect, test } from './fixtures.ts';
import { Groups, newName } from './groups.ts';
import { note } from './media.ts';
import { together, type Visitor } from './people.ts';

// The browser itself writes a line for a refusal.
const REFUSED = /Failed to load resource.*(400|402|403|404|413|429|500)/;

/** Something that the first one says and the second has, so that nothing said before is still under way. */
async function arrives(one: Visitor, other: Visitor, text: string): Promise<void> {
  await one.widget.send(text);
  await expect(other.widget.message(text)).toBeVisible();
}

const block = (person: Visitor, uid: string): Promise<void> =>
  person.page.evaluate(async (uid) => void (await (window as any).CometChat.blockUsers([uid])), uid);

test.beforeEach(({ guard }) => guard.expect(REFUSED));

test('who was blocked reads that nothing is received', async ({ alice, bob }) => {
  await together(alice, bob);
  await block(bob, await alice.uid());
  await expect(await alice.widget.sendInVain('can you hear me?')).toContainText('This person does not receive messages from you.');
  for (const person of [alice, bob]) await person.page.reload();
  await expect(bob.widget.panel).toContainText(`You have blocked ${alice.name}.`);
  await expect(bob.widget.message('can you hear me?')).toHaveCount(0);
});

test('who has blocked somebody elsewhere reads that they have to be unblocked', async ({ alice, bob }) => {
  await together(alice, bob);
  await block(alice, await bob.uid());
  await expect(await alice.widget.sendInVain('one more thing')).toContainText('You have blocked this person. Unblock them to write.');
  await bob.page.reload();
  await expect(bob.widget.message('hello')).toBeVisible();
  await expect(bob.widget.message('one more thing')).toHaveCount(0);
});

for (const { deed, confirm } of [
  { deed: 'Remove from the group', confirm: 'Remove' },
  { deed: 'Ban', confirm: 'Ban' },
]) {
  test(`${deed.toLowerCase()}: who did not hear of it reads it when writing`, async ({ alice, bob, control }) => {
    const name = newName('Far away');
    await alice.widget.open();
    await bob.widget.open();
    const alices = new Groups(alice);
    await alices.create(name, { members: [bob] });
    await bob.widget.openConversation(name);
    await arrives(bob, alice, 'before');
    await control.fault({ fault: 'lostFrame', frame: 'message', uid: await bob.uid(), next: 1 });
    await alices.openPane();
    await alices.act(bob.name, deed);
    await alices.confirm(confirm);
    await expect(alices.member(bob.name)).toHaveCount(0);
    await expect(await bob.widget.sendInVain('still there?')).toContainText('You are not a member of this group.');
    await alices.button('Back to the conversation').click();
    await alice.page.reload();
    await expect(alice.widget.message('before')).toBeVisible();
    await expect(alice.widget.message('still there?')).toHaveCount(0);
  });
}

test('nobody receives any more for a person who is deactivated', async ({ alice, bob, control }) => {
  await together(alice, bob);
  const uid = await bob.uid();
  // The site brings back who still uses it.
  await bob.page.close();
  await control.deactivate(uid);
  await expect(await alice.widget.sendInVain('are you there?')).toContainText('There is nobody to receive it any more.');
  // What was said stays readable, and nobody is found under that name any more.
  await alice.page.reload();
  await expect(alice.widget.message('hello')).toBeVisible();
  await alice.widget.back();
  await alice.widget.newChat();
  await alice.widget.panel.getByRole('searchbox').fill(bob.name);
  await expect(alice.widget.panel).toContainText('Nobody found');
  await expect(alice.widget.panel.getByRole('button', { name: bob.name })).toHaveCount(0);
});

for (const { code, status, said } of [
  { code: 'ERR_BLOCKED_BY_EXTENSION', status: 403, said: "The site's filter did not let it through." },
  { code: 'ERR_PERMISSION_DENIED', status: 403, said: 'You are not allowed to send this here.' },
  { code: 'AUTH_ERR_NO_ACCESS', status: 403, said: 'You are not allowed to send this here.' },
  { code: 'ERR_TOO_MANY_REQUESTS', status: 429, said: 'Too much at once. Wait a moment, then try again.' },
  { code: 'ERR_PLAN_RESTRICTION', status: 402, said: "The site's chat plan does not allow this." },
  { code: 'ERR_PLAN_QUOTA_RESTRICTION', status: 402, said: "The site's chat plan does not allow this." },
  { code: 'ERR_SUBSCRIPTION_EXPIRED', status: 402, said: "The site's chat plan does not allow this." },
  { code: 'ERR_BAD_REQUEST', status: 400, said: 'It cannot be sent like this. Make it shorter.' },
  { code: 'ERR_MISSION_FAILED', status: 500, said: 'The chat had a fault of its own. Try again in a moment.' },
  { code: 'ERR_OPERATION_FAILED', status: 500, said: 'The chat had a fault of its own. Try again in a moment.' },
  { code: 'ERR_EXCEPTION', status: 500, said: 'The chat had a fault of its own. Try again in a moment.' },
]) {
  test(`${code} says why, and once it is over the same message goes out`, async ({ alice, bob, control }) => {
    await together(alice, bob);
    const rule = { path: '/messages', method: 'POST', uid: await alice.uid(), next: 1 };
    await control.fault(status === 429 ? { fault: 'rateLimit', ...rule } : { fault: 'refused', code, status, ...rule });
    const failure = await alice.widget.sendInVain('try me');
    await expect(failure).toContainText(said);
    await expect(bob.widget.message('try me')).toHaveCount(0);
    await failure.getByRole('button', { name: 'Try again' }).click();
    await expect(bob.widget.message('try me')).toBeVisible();
    await expect(failure).toHaveCount(0);
    for (const person of [alice, bob]) {
      await person.page.reload();
      await expect(person.widget.message('try me')).toHaveCount(1);
    }
  });
}

test('a text that is too long says by how much, and is not sent', async ({ alice, bob }) => {
  await together(alice, bob);
  await alice.widget.composer.fill('x'.repeat(5003));
  await expect(alice.widget.panel).toContainText('3 characters too many.');
  await alice.widget.composer.press('Enter');
  await expect(alice.widget.composer).toHaveValue(/^x{5003}$/);
  // Letters that take more bytes each: fewer fit into what the cloud takes, and as many as fit are taken.
  await alice.widget.composer.fill('語'.repeat(3168));
  await expect(alice.widget.panel).toContainText('1 character too many.');
  await alice.widget.composer.press('Backspace');
  await alice.widget.composer.press('Enter');
  await expect(bob.widget.message('語語語')).toBeVisible();
  await alice.widget.composer.fill('short enough');
  await alice.widget.composer.press('Enter');
  await expect(bob.widget.message('short enough')).toBeVisible();
  await expect(bob.widget.log.getByRole('article')).toHaveCount(3);
});

for (const { code, status, said } of [
  { code: 'ERR_FILE_SIZE_EXCEEDED', status: 413, said: 'The file is too large.' },
  { code: 'ERR_FILE_COUNT_EXCEEDED', status: 400, said: 'Too many files for one message.' },
  { code: 'ERR_PERMISSION_DENIED', status: 403, said: 'You are not allowed to send this here.' },
]) {
  test(`${code} for a file is said at the file, and the other one gets nothing of it`, async ({ alice, bob, control }) => {
    await together(alice, bob);
    await control.fault({ fault: 'refused', code, status, path: '/files/upload-url', uid: await alice.uid(), next: 1 });
    await alice.widget.panel.getByLabel('Attach files').setInputFiles([note('notes.txt')]);
    const file = alice.widget.panel.getByRole('list', { name: 'Files to send' }).getByRole('listitem');
    await expect(file).toContainText(said);
    await expect(alice.widget.panel.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
    await alice.widget.panel.getByRole('button', { name: 'Remove notes.txt' }).click();
    await arrives(alice, bob, 'without it');
    await expect(bob.widget.log).not.toContainText('notes.txt');
  });
}
