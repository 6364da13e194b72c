// Everybody in a group named at once: where that is offered, and who sees it.
import { expect, test } from './fixtures.ts';
import { Groups, newName } from './groups.ts';
import { together } from './people.ts';

test('everybody in a group is named at once, and each member sees it as meant for them', async ({ alice, bob, member }) => {
  const carol = await member('Carol');
  const name = newName('All hands');
  for (const person of [alice, bob, carol]) await person.widget.open();
  await new Groups(alice).create(name, { members: [bob, carol] });
  await alice.widget.composer.pressSequentially('listen @al');
  const everybody = alice.widget.panel.getByRole('listbox').getByRole('option', { name: 'Everybody in the group' });
  await everybody.click();
  await expect(alice.widget.composer).toHaveValue('listen @all ');
  await alice.widget.composer.pressSequentially('please');
  await alice.widget.composer.press('Enter');
  await expect(alice.widget.message('please').locator('.mention')).toHaveText('@everyone');
  for (const person of [bob, carol]) {
    await person.widget.openConversation(name);
    const mention = person.widget.message('please').locator('.mention');
    await expect(mention).toHaveText('@everyone');
    await expect(mention).toHaveClass(/\bme\b/);
    await person.page.reload();
    await expect(mention).toHaveClass(/\bme\b/);
    const [text, isMeant] = await person.page.evaluate(async () => {
      const sdk = (window as any).CometChat;
      const [conversation] = await new sdk.ConversationsRequestBuilder().setLimit(1).build().fetchNext();
      const last = conversation.getLastMessage();
      return [last.getText(), last.hasMentionedMe()];
    });
    expect([text, isMeant]).toEqual(['listen <@all:all> please', true]);
  }
});

test('in a group its members are found by name, and nobody else', async ({ alice, bob, member }) => {
  const dave = await member('Dave');
  const name = newName('Inner circle');
  await alice.widget.open();
  await bob.widget.open();
  await new Groups(alice).create(name, { members: [bob] });
  const { composer, panel } = alice.widget;
  await composer.pressSequentially(`@${dave.name.slice(0, 6)}`);
  await expect(panel.getByRole('option')).toHaveCount(0);
  await composer.fill('');
  await composer.pressSequentially(`@${bob.name.slice(0, 5)}`);
  await panel.getByRole('option', { name: bob.name }).click();
  await composer.pressSequentially('over to you');
  await composer.press('Enter');
  await bob.widget.openConversation(name);
  const mention = bob.widget.message('over to you').locator('.mention.me');
  await expect(mention).toHaveText(`@${bob.name}`);
  await bob.page.reload();
  await expect(mention).toHaveText(`@${bob.name}`);
});

test('a conversation of two does not offer to name everybody', async ({ alice, bob }) => {
  await together(alice, bob);
  await alice.widget.composer.pressSequentially('@');
  const options = alice.widget.panel.getByRole('listbox').getByRole('option');
  await expect(options).toHaveCount(1);
  await expect(options).toContainText(bob.name);
  await alice.widget.composer.pressSequentially('all');
  await expect(options).toHaveCount(0);
});
