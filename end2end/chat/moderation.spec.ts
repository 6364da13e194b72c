// What the cloud makes of a message by its text: moderation, which its sender sees, and previews of links.
import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures.ts';
import { together, type Visitor } from './people.ts';

/** A word that no other test uses. */
const word = (): string => `word${randomBytes(4).toString('hex')}`;

/** The id of a message of one's own, which the cloud has. */
const idOf = (person: Visitor, text: string): Promise<string> =>
  person.page.evaluate(async (text) => {
    const sdk = (window as any).CometChat;
    const found = await new sdk.MessagesRequestBuilder().setLimit(5).setSearchKeyword(text).build().fetchPrevious();
    return String(found[0].getId());
  }, text);

/** A message of the first one's that the second cannot have overtaken: whatever came before it has come. */
async function caughtUp(one: Visitor, other: Visitor): Promise<void> {
  const text = `sign ${word()}`;
  await one.widget.send(text);
  await expect(other.widget.message(text)).toBeVisible();
}

test.describe('moderation', () => {
  test('a message is being checked, then refused; nobody else ever sees it', async ({ alice, bob, control }) => {
    const dubious = word();
    await control.moderate(dubious);
    await together(alice, bob);
    await alice.widget.send(`a ${dubious} offer`);
    const message = alice.widget.message(dubious);
    await expect(message).toContainText('Being checked. Others see it once it is approved.');
    await caughtUp(alice, bob);
    await expect(bob.widget.message(dubious)).toHaveCount(0);
    await alice.page.reload();
    await expect(message).toContainText('Being checked.');
    await control.decide(await idOf(alice, dubious), 'disapproved');
    await expect(message).toContainText('Not delivered: it goes against the rules of this site.');
    await expect(message).not.toContainText('Being checked.');
    await bob.widget.send('are you there?');
    await expect(alice.widget.message('are you there?')).toBeVisible();
    await expect(bob.widget.message(dubious)).toHaveCount(0);
    for (const person of [alice, bob]) await person.page.reload();
    await expect(message).toContainText('Not delivered');
    await expect(message.getByTitle('Read', { exact: true })).toHaveCount(0);
    await expect(bob.widget.message('hello')).toBeVisible();
    await expect(bob.widget.message(dubious)).toHaveCount(0);
  });

  test('what is approved the other one sees then, in its place, also after a reload', async ({ alice, bob, control }) => {
    const dubious = word();
    await control.moderate(dubious);
    await together(alice, bob);
    await alice.widget.send(`a ${dubious} offer`);
    await expect(alice.widget.message(dubious)).toContainText('Being checked.');
    await caughtUp(alice, bob);
    await control.decide(await idOf(alice, dubious), 'approved');
    await expect(bob.widget.message(dubious)).toBeVisible();
    await expect(alice.widget.message(dubious)).not.toContainText('Being checked.');
    const texts = await alice.widget.texts();
    await expect.poll(() => bob.widget.texts()).toEqual(texts);
    expect(texts[1]).toContain(dubious);
    // It came behind one that was read already, and is read all the same.
    const uid = await alice.uid();
    const unread = () => bob.page.evaluate((uid) => (window as any).CometChat.getUnreadMessageCountForUser(uid), uid);
    await expect.poll(unread).toEqual({});
    for (const person of [alice, bob]) {
      await person.page.reload();
      await expect(person.widget.message(dubious)).toBeVisible();
      await expect(person.widget.message(dubious)).not.toContainText('Being checked.');
    }
    await bob.widget.back();
    await expect(bob.widget.row(alice.name)).toBeVisible();
    await expect(bob.widget.row(alice.name)).not.toContainText('unread');
  });

  test('a decision that overtakes the answer to its sender holds all the same', async ({ alice, bob, control }) => {
    const [bad, good] = [word(), word()];
    await control.moderate(bad, 'disapproved');
    await control.moderate(good, 'approved');
    await together(alice, bob);
    let open = () => {};
    const held = new Promise<void>((resolve) => (open = resolve));
    await alice.page.route('**/emulator/**/messages', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      const response = await route.fetch();
      await held;
      await route.fulfill({ response });
    });
    // The widget's own listener is asked first.
    const told = alice.page.evaluate(
      () => new Promise<void>((resolve) => {
        const { CometChat: sdk } = window as any;
        sdk.addMessageListener('test', new sdk.MessageListener({ onMessageModerated: () => resolve() }));
      }),
    );
    await alice.widget.composer.fill(bad);
    await alice.widget.composer.press('Enter');
    await told;
    open();
    await expect(alice.widget.message(bad)).toContainText('Not delivered');
    await alice.widget.send(good);
    await expect(bob.widget.message(good)).toBeVisible();
    await expect(alice.widget.message(good)).not.toContainText('Being checked.');
    await expect(bob.widget.message(bad)).toHaveCount(0);
  });

  test('a disapproved message is not what the other one reads in the list', async ({ alice, bob, control }) => {
    const dubious = word();
    await control.moderate(dubious, 'disapproved');
    await together(alice, bob, 'the last that both have');
    await bob.widget.back();
    await alice.widget.send(dubious);
    await expect(alice.widget.message(dubious)).toContainText('Not delivered');
    await bob.page.reload();
    await expect(bob.widget.row(alice.name)).toContainText('the last that both have');
    await expect(bob.widget.row(alice.name)).not.toContainText('unread');
  });
});

test.describe('link previews', () => {
  test('a card is shown to both, also after a reload, and no foreign host is asked', async ({ alice, bob, control }) => {
    const page = `https://example.org/${word()}`;
    await control.preview(page, [
      { url: page, title: 'An example', description: 'What is said of it', image: 'https://foreign.example/picture.png' },
    ]);
    await together(alice, bob);
    await alice.widget.send(`look at ${page}`);
    const card = (person: Visitor) => person.widget.message('look at').getByRole('link', { name: 'An example' });
    for (const person of [alice, bob]) {
      await expect(card(person)).toHaveAttribute('href', page);
      await expect(card(person)).toContainText('What is said of it');
      // The guard of every test complains of any request to another host.
      await expect(card(person).locator('img')).toHaveCount(0);
      await person.page.reload();
      await expect(card(person)).toHaveAttribute('href', page);
      await expect(card(person).locator('img')).toHaveCount(0);
    }
  });

  test("a picture that lies in the cloud itself is shown with the card", async ({ alice, bob, control }) => {
    const page = `https://example.org/${word()}`;
    const image = `${alice.origin}/emulator/files/preview/picture.png`;
    await control.preview(page, [{ url: page, title: 'With a picture', image }]);
    const asked: string[] = [];
    for (const person of [alice, bob]) {
      await person.page.route(image, (route) => {
        asked.push(route.request().url());
        return route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>' });
      });
    }
    await together(alice, bob);
    await alice.widget.send(`look at ${page}`);
    for (const person of [alice, bob]) {
      await expect(person.widget.message('look at').locator('.preview img')).toHaveAttribute('src', image);
    }
    await expect.poll(() => asked.length).toBe(2);
  });
});
