// What is said about a message that has a file: an answer that quotes it, and a thread below it.
import { expect, test } from './fixtures.ts';
import { note, picture } from './media.ts';
import { together, type Visitor } from './people.ts';

async function share(person: Visitor, file: ReturnType<typeof note>, caption: string): Promise<void> {
  await person.widget.panel.getByLabel('Attach files').setInputFiles([file]);
  await person.widget.composer.fill(caption);
  await person.widget.composer.press('Enter');
}

test('an answer to a picture shows what it answers, and a press leads there', async ({ alice, bob }) => {
  await together(alice, bob);
  await share(alice, picture('garden.png'), 'my garden');
  await expect(bob.widget.message('my garden')).toBeVisible();
  await bob.widget.act('my garden', 'Reply');
  await expect(bob.widget.panel.locator('.quoting')).toContainText('my garden');
  await bob.widget.send('lovely');
  const quote = alice.widget.message('lovely').getByRole('button', { name: 'Reply to You' });
  await expect(quote).toContainText('my garden');
  for (const person of [alice, bob]) await person.page.reload();
  await expect(bob.widget.message('lovely').getByRole('button', { name: `Reply to ${alice.name}` })).toContainText('my garden');
  await quote.click();
  await expect(alice.widget.log.getByRole('article').filter({ has: alice.page.getByRole('button', { name: /^Enlarge/ }) })).toBeFocused();
});

test('an answer to a file without words names its kind', async ({ alice, bob }) => {
  await together(alice, bob);
  await alice.widget.panel.getByLabel('Attach files').setInputFiles([note('plan.txt')]);
  await alice.widget.panel.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(bob.widget.message('plan.txt')).toBeVisible();
  await bob.widget.act('plan.txt', 'Reply');
  await bob.widget.send('got it');
  const quote = alice.widget.message('got it').getByRole('button', { name: 'Reply to You' });
  await expect(quote).toContainText(/plan\.txt|File/);
  await alice.page.reload();
  await expect(quote).toContainText(/plan\.txt|File/);
});

test('a thread below a picture shows it above the replies, and a file may be a reply', async ({ alice, bob }) => {
  await together(alice, bob);
  await share(alice, picture('garden.png'), 'my garden');
  await expect(bob.widget.message('my garden')).toBeVisible();
  await bob.widget.act('my garden', 'Reply in thread');
  await expect(bob.widget.panel.getByRole('heading', { name: 'Thread' })).toBeVisible();
  await expect(bob.widget.log.getByRole('button', { name: 'Enlarge garden.png' })).toBeVisible();
  await bob.widget.send('which roses?');
  await share(bob, note('roses.txt', 'red ones'), 'like these?');
  await expect(bob.widget.log.getByRole('link', { name: 'Download roses.txt' })).toBeVisible();
  const replies = alice.widget.message('my garden').getByRole('button', { name: '2 replies' });
  await expect(replies).toContainText('2 new');
  await expect(alice.widget.log.getByRole('link', { name: 'Download roses.txt' })).toHaveCount(0);
  await alice.page.reload();
  await replies.click();
  await expect(alice.widget.log.getByRole('button', { name: 'Enlarge garden.png' })).toBeVisible();
  await expect(alice.widget.message('which roses?')).toBeVisible();
  await expect(alice.widget.message('like these?').getByRole('link', { name: 'Download roses.txt' })).toBeVisible();
});
