import { expect, test } from './fixtures.ts';
import { together, type Visitor } from './people.ts';

test.describe('text', () => {
  test('marks are formats on both sides, also after a reload', async ({ alice, bob }) => {
    await together(alice, bob);
    const text = '**bold** _italic_ ~~gone~~ `code` [the page](https://example.org/a)\n> quoted\n- one\n- two\n3. three';
    await alice.widget.composer.fill(text);
    await alice.widget.composer.press('Enter');
    const isFormatted = async (person: Visitor) => {
      const message = person.widget.message('quoted');
      for (const [tag, said] of [['strong', 'bold'], ['i', 'italic'], ['del', 'gone'], ['code', 'code'], ['blockquote', 'quoted'], ['ol li', 'three']] as const) {
        await expect(message.locator(tag)).toHaveText(said);
      }
      await expect(message.locator('ul li')).toHaveText(['one', 'two']);
      await expect(message.getByRole('link', { name: 'the page' })).toHaveAttribute('href', 'https://example.org/a');
    };
    await isFormatted(alice);
    await isFormatted(bob);
    await bob.page.reload();
    await isFormatted(bob);
    await bob.widget.back();
    await expect(bob.widget.row(alice.name)).toContainText('bold italic gone code the page quoted');
  });

  test('a block of code keeps its lines, and markup of HTML stays text', async ({ alice, bob }) => {
    await together(alice, bob);
    await alice.widget.composer.fill('```js\nif (a < b) {\n  alert("<b>");\n}\n```');
    await alice.widget.composer.press('Enter');
    for (const person of [alice, bob]) {
      const code = person.widget.message('alert').locator('pre code');
      await expect(code).toHaveText('if (a < b) {\n  alert("<b>");\n}', { useInnerText: true });
      await person.page.reload();
      await expect(code).toHaveText('if (a < b) {\n  alert("<b>");\n}', { useInnerText: true });
    }
  });

  test('what another client sends with a mention is shown with its name', async ({ alice, bob }) => {
    await together(alice, bob);
    await alice.page.evaluate(async () => {
      const sdk = (window as any).CometChat;
      const [to] = await new sdk.ConversationsRequestBuilder().setLimit(1).build().fetchNext();
      const uid = to.getConversationWith().getUid();
      await sdk.sendMessage(new sdk.TextMessage(uid, `**look**, <@uid:${uid}>!`, 'user'));
    });
    const mention = bob.widget.message('look').locator('.mention');
    await expect(mention).toHaveText(`@${bob.name}`);
    await expect(mention).toHaveClass(/\bme\b/);
    await expect(bob.widget.message('look').locator('strong')).toHaveText('look');
    await bob.page.reload();
    await expect(mention).toHaveText(`@${bob.name}`);
    await expect(bob.widget.message('look').locator('strong')).toHaveText('look');
  });

  test('emoji alone are large on both sides, with words they are not', async ({ alice, bob }) => {
    await together(alice, bob);
    await alice.widget.send('🎉👩‍👩‍👧');
    await alice.widget.send('well done 🎉');
    for (const person of [alice, bob]) {
      await expect(person.widget.log.locator('.bubble.large')).toHaveText(/🎉👩‍👩‍👧$/);
      await person.page.reload();
      await expect(person.widget.message('well done')).toBeVisible();
      await expect(person.widget.log.locator('.bubble.large')).toHaveCount(1);
    }
  });

  test('keys put marks round the selection and take them away, and it can be undone', async ({ alice, bob }) => {
    await together(alice, bob);
    const { composer } = alice.widget;
    await composer.pressSequentially('one two');
    await composer.press('Shift+Home');
    await composer.press('Control+b');
    await expect(composer).toHaveValue('**one two**');
    await composer.press('Control+i');
    await expect(composer).toHaveValue('**_one two_**');
    await composer.press('Control+i');
    await expect(composer).toHaveValue('**one two**');
    await composer.press('Control+z');
    await expect(composer).toHaveValue('**_one two_**');
    await composer.press('Control+z');
    await composer.press('Enter');
    for (const person of [alice, bob]) await expect(person.widget.message('one two').locator('strong')).toHaveText('one two');
  });

  test('the bar of formats is there on demand, and the field keeps the focus', async ({ alice, bob }) => {
    await together(alice, bob);
    const { composer, panel } = alice.widget;
    await expect(panel.getByRole('toolbar', { name: 'Formatting' })).toHaveCount(0);
    await panel.getByRole('button', { name: 'Formatting' }).click();
    await composer.fill('milk\neggs');
    await composer.press('ControlOrMeta+a');
    await panel.getByRole('button', { name: 'Bulleted list' }).click();
    await expect(composer).toHaveValue('- milk\n- eggs');
    await expect(composer).toBeFocused();
    await composer.press('ControlOrMeta+a');
    await panel.getByRole('button', { name: 'Bulleted list' }).click();
    await expect(composer).toHaveValue('milk\neggs');
    await composer.press('ControlOrMeta+a');
    await panel.getByRole('button', { name: 'Bulleted list' }).click();
    await composer.press('Enter');
    await expect(bob.widget.message('milk').getByRole('listitem')).toHaveText(['milk', 'eggs']);
  });

  test('each paragraph has its own direction', async ({ alice, bob }) => {
    await together(alice, bob);
    await alice.widget.composer.fill('first line\n\nשלום לכולם');
    await alice.widget.composer.press('Enter');
    const paragraphs = bob.widget.message('first line').locator('.text p');
    await expect(paragraphs).toHaveCount(2);
    const directions = () => paragraphs.evaluateAll((all) => all.map((one) => getComputedStyle(one).direction));
    expect(await directions()).toEqual(['ltr', 'rtl']);
    await bob.page.reload();
    await expect(paragraphs).toHaveCount(2);
    expect(await directions()).toEqual(['ltr', 'rtl']);
  });
});
