// What is done with single messages: each seen by the other side, and after a reload.
import { together } from './people.ts';
import { expect, test } from './fixtures.ts';

test.describe('messages', () => {
  test('a reaction is seen by both, goes at a second press, and stays through a reload', async ({ alice, bob }) => {
    await together(alice, bob, 'Shall we?');
    await bob.widget.act('Shall we?', 'React with 👍');
    for (const person of [alice, bob]) await expect(person.widget.message('Shall we?').getByRole('button', { name: '👍, 1 person' })).toBeVisible();
    await alice.widget.message('Shall we?').getByRole('button', { name: '👍, 1 person' }).click();
    await expect(bob.widget.message('Shall we?').getByRole('button', { name: '👍, 2 people, you too' })).toBeVisible();
    await alice.page.reload();
    const mine = alice.widget.message('Shall we?').getByRole('button', { name: '👍, 2 people, you too' });
    await mine.click();
    await expect(bob.widget.message('Shall we?').getByRole('button', { name: '👍, 1 person, you too' })).toBeVisible();
    await bob.widget.message('Shall we?').getByRole('button', { name: '👍' }).click();
    await expect(alice.widget.message('Shall we?').locator('.reaction')).toHaveCount(0);
  });

  test('any emoji is found by its name, and is among the recent ones then', async ({ alice, bob }) => {
    await together(alice, bob, 'Where to?');
    await alice.widget.act('Where to?', 'More emoji');
    const picker = alice.widget.sheet('Emoji');
    await expect(picker.getByRole('searchbox')).toBeFocused();
    await picker.getByRole('searchbox').fill('volcano');
    await picker.getByRole('button', { name: 'volcano' }).click();
    await expect(bob.widget.message('Where to?').getByRole('button', { name: '🌋, 1 person' })).toBeVisible();
    await bob.page.reload();
    await expect(bob.widget.message('Where to?').getByRole('button', { name: '🌋, 1 person' })).toBeVisible();
    await alice.widget.panel.getByRole('button', { name: 'Emoji', exact: true }).click();
    await picker.locator('.emoji-grid').first().getByRole('button', { name: '🌋' }).click();
    await expect(alice.widget.composer).toHaveValue('🌋');
    await expect(alice.widget.composer).toBeFocused();
  });

  test('who reacted and who has read is told', async ({ alice, bob }) => {
    await together(alice, bob, 'Any news?');
    await alice.widget.receipt('Any news?', 'Read');
    await bob.widget.act('Any news?', 'React with 🙏');
    await expect(alice.widget.message('Any news?').locator('.reaction')).toBeVisible();
    await alice.widget.act('Any news?', 'Info');
    const info = alice.widget.sheet('Info');
    await expect(info.getByRole('listitem').filter({ hasText: '🙏' })).toContainText(bob.name);
    for (const heading of ['Read by', 'Delivered to']) {
      const those = info.locator(`h3:text("${heading}") + ul`);
      await expect(those).toContainText(bob.name);
      await expect(those).toContainText(/\d{4} at \d{2}:\d{2}/);
    }
    await alice.page.keyboard.press('Escape');
    await expect(info).toBeHidden();
    await expect(alice.widget.composer).toBeFocused();
    await alice.page.reload();
    await alice.widget.act('Any news?', 'Info');
    await expect(info.locator('h3:text("Read by") + ul')).toContainText(bob.name);
  });

  test('an answer shows what it answers, and a press leads there', async ({ alice, bob }) => {
    await together(alice, bob, 'the very first');
    await alice.widget.sendMany(Array.from({ length: 40 }, (_, at) => `line ${at}`));
    await expect(bob.widget.message('line 39')).toBeVisible();
    await bob.widget.message('the very first').scrollIntoViewIfNeeded();
    await bob.widget.act('the very first', 'Reply');
    await expect(bob.widget.panel.locator('.quoting')).toContainText('the very first');
    await bob.widget.composer.fill('my answer');
    await bob.widget.composer.press('Enter');
    const answer = alice.widget.message('my answer');
    await expect(answer.getByRole('button', { name: 'Reply to You' })).toContainText('the very first');
    await alice.page.reload();
    await expect(answer).toBeInViewport();
    const first = alice.widget.log.getByRole('article').filter({ has: alice.page.locator('.text', { hasText: /^the very first$/ }) });
    await expect(first).not.toBeInViewport();
    await answer.getByRole('button', { name: 'Reply to You' }).click();
    await expect(first).toBeInViewport();
    await expect(first).toBeFocused();
  });

  test('a thread has its own pane, its replies are counted, unread ones too', async ({ alice, bob }) => {
    await together(alice, bob, 'a topic');
    await bob.widget.act('a topic', 'Reply in thread');
    await expect(bob.widget.panel.getByRole('heading', { name: 'Thread' })).toBeVisible();
    await expect(bob.widget.log).toContainText('a topic');
    await bob.widget.send('within the thread');
    await expect(alice.widget.message('within the thread')).toHaveCount(0);
    const replies = alice.widget.message('a topic').getByRole('button', { name: '1 reply' });
    await expect(replies).toContainText('1 new');
    await alice.page.reload();
    await replies.click();
    await expect(alice.widget.message('within the thread')).toBeVisible();
    await bob.widget.send('a second one');
    await expect(alice.widget.message('a second one')).toBeVisible();
    await alice.widget.panel.getByRole('button', { name: 'Back to the conversation' }).click();
    await expect(alice.widget.message('a topic').getByRole('button', { name: '2 replies' })).not.toContainText('new');
    await bob.page.keyboard.press('Escape');
    await expect(bob.widget.message('a topic').getByRole('button', { name: '2 replies' })).toBeVisible();
    await expect(bob.widget.texts()).resolves.toEqual(['a topic']);
  });

  test('somebody is named by @ and a few letters, and reads their name', async ({ alice, bob }) => {
    await together(alice, bob, 'Hello');
    await alice.widget.composer.pressSequentially(`ask @${bob.name.slice(0, 4)}`);
    await expect(alice.widget.panel.getByRole('listbox').getByRole('option', { name: bob.name })).toBeVisible();
    await alice.widget.composer.press('Enter');
    await expect(alice.widget.composer).toHaveValue(`ask @${bob.name} `);
    await alice.widget.composer.pressSequentially('first');
    await alice.widget.composer.press('Enter');
    for (const person of [alice, bob]) await expect(person.widget.message(`ask @${bob.name} first`)).toBeVisible();
    await bob.page.reload();
    await expect(bob.widget.message(`ask @${bob.name} first`)).toBeVisible();
    const mentioned = await bob.page.evaluate(async () => {
      const sdk = (window as any).CometChat;
      const [conversation] = await new sdk.ConversationsRequestBuilder().setLimit(1).build().fetchNext();
      return conversation.getLastMessage().hasMentionedMe();
    });
    expect(mentioned).toBe(true);
  });

  test('a pinned message is pinned for both, and is found in the list of the pinned', async ({ alice, bob }) => {
    await together(alice, bob, 'the address');
    await alice.widget.act('the address', 'Pin');
    await expect(bob.widget.message('the address').getByRole('img', { name: 'Pinned' })).toBeVisible();
    await bob.page.reload();
    await bob.widget.panel.getByRole('button', { name: 'Pinned messages' }).click();
    const pinned = bob.widget.sheet('Pinned messages');
    await pinned.getByRole('button', { name: /the address/ }).click();
    await expect(bob.widget.message('the address')).toBeFocused();
    await bob.widget.act('the address', 'Unpin');
    await expect(alice.widget.message('the address').getByRole('img', { name: 'Pinned' })).toHaveCount(0);
  });

  test("a saved message is one's own, and leads to its conversation from anywhere", async ({ alice, bob }) => {
    await together(alice, bob, 'keep this');
    await bob.widget.act('keep this', 'Save for later');
    await expect(bob.widget.message('keep this').getByRole('img', { name: 'Saved' })).toBeVisible();
    await bob.page.reload();
    await bob.widget.back();
    await bob.widget.panel.getByRole('button', { name: 'Saved messages' }).click();
    await bob.widget.sheet('Saved messages').getByRole('button', { name: /keep this/ }).click();
    await expect(bob.widget.message('keep this')).toBeFocused();
    await alice.widget.act('keep this', 'Pin');
    await expect(alice.widget.message('keep this').getByRole('img', { name: 'Pinned' })).toBeVisible();
    await expect(alice.widget.message('keep this').getByRole('img', { name: 'Saved' })).toHaveCount(0);
  });

  test('a message is forwarded to somebody else, who sees it, also after a reload', async ({ alice, bob, member }) => {
    await together(alice, bob, 'pass it on');
    const carol = await member('Carol');
    await carol.widget.open();
    await bob.widget.act('pass it on', 'Forward');
    const sheet = bob.widget.sheet('Forward to');
    await sheet.getByRole('searchbox').fill(carol.name);
    await sheet.getByRole('button', { name: carol.name }).click();
    await expect(bob.widget.panel.getByText('Forwarded.')).toBeVisible();
    await carol.widget.openConversation(bob.name);
    await expect(carol.widget.message('pass it on')).toBeVisible();
    await carol.page.reload();
    await expect(carol.widget.message('pass it on')).toBeVisible();
  });

  test('a conversation is unread again from a message on, also after a reload', async ({ alice, bob }) => {
    await together(alice, bob, 'one');
    await alice.widget.send('two');
    await alice.widget.send('three');
    await alice.widget.receipt('three', 'Read');
    await bob.widget.act('two', 'Mark unread from here');
    await expect(bob.widget.row(alice.name)).toContainText('2 unread');
    await bob.page.reload();
    await expect(bob.widget.row(alice.name)).toContainText('2 unread');
    await bob.widget.openConversation(alice.name);
    await bob.widget.back();
    await expect(bob.widget.row(alice.name)).toBeVisible();
    await expect(bob.widget.row(alice.name)).not.toContainText('unread');
  });

  test('the button to the newest message counts what came meanwhile', async ({ alice, bob }) => {
    await together(alice, bob, 'start');
    await alice.widget.sendMany(Array.from({ length: 40 }, (_, at) => `line ${at}`));
    await expect(bob.widget.message('line 39')).toBeVisible();
    await bob.widget.message('line 1').first().scrollIntoViewIfNeeded();
    await alice.widget.send('fresh one');
    await alice.widget.send('fresh two');
    await expect(bob.widget.panel.locator('.to-end')).toHaveText('2 new messages');
    await bob.widget.panel.locator('.to-end').click();
    await expect(bob.widget.message('fresh two')).toBeInViewport();
  });

  test('everything is reached by keyboard alone', async ({ alice, bob }) => {
    await together(alice, bob, 'by hand');
    const message = bob.widget.message('by hand');
    await message.getByRole('button', { name: 'Message actions' }).focus();
    await bob.page.keyboard.press('Enter');
    await expect(message.getByRole('menuitemcheckbox').first()).toBeFocused();
    await bob.page.keyboard.press('End');
    await bob.page.keyboard.press('Home');
    await bob.page.keyboard.press('ArrowRight');
    await bob.page.keyboard.press('ArrowLeft');
    await bob.page.keyboard.press('Enter');
    await expect(message.getByRole('button', { name: '👍, 1 person, you too' })).toBeVisible();
    // The entry is gone: the focus is where the menu came from.
    await expect(message.getByRole('button', { name: 'Message actions' })).toBeFocused();
    await message.getByRole('button', { name: '👍' }).focus();
    await bob.page.keyboard.press('Enter');
    await expect(message.locator('.reaction')).toHaveCount(0);
  });

  test('a link to a message leads there, and says so to whom it is not for', async ({ alice, bob, member, guard }) => {
    guard.expect(/Failed to load resource.*(400|403|404)/);
    await together(alice, bob, 'the place to remember');
    await alice.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await alice.widget.act('the place to remember', 'Copy text');
    expect(await alice.page.evaluate(() => navigator.clipboard.readText())).toBe('the place to remember');
    await alice.widget.act('the place to remember', 'Copy link');
    const link = await alice.page.evaluate(() => navigator.clipboard.readText());
    await alice.widget.sendMany(Array.from({ length: 45 }, (_, at) => `line ${at}`));
    await expect(bob.widget.message('line 44')).toBeVisible();
    await bob.widget.back();
    await bob.page.goto('about:blank');
    await bob.page.goto(link);
    await expect(bob.widget.message('the place to remember')).toBeInViewport();
    await expect(bob.page).toHaveURL(/\/$/);
    const carol = await member('Carol');
    await carol.page.goto('about:blank');
    await carol.page.goto(link);
    await expect(carol.widget.panel.getByRole('status').filter({ hasText: 'This message is no longer here.' })).toBeVisible();
  });

  test('whom a draft names is not forgotten by a reload', async ({ alice, bob }) => {
    await together(alice, bob, 'hello');
    await alice.widget.composer.pressSequentially('@' + bob.name.slice(0, 3));
    await alice.widget.panel.getByRole('option', { name: bob.name }).click();
    await expect(alice.widget.composer).toHaveValue(`@${bob.name} `);
    await alice.page.reload();
    await expect(alice.widget.composer).toHaveValue(`@${bob.name} `);
    await alice.widget.composer.press('End');
    await alice.widget.composer.pressSequentially('welcome back');
    await alice.widget.composer.press('Enter');
    await expect(bob.widget.message('welcome back').locator('.mention.me')).toHaveText(`@${bob.name}`);
  });
});
