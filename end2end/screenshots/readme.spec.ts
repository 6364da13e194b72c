import { join } from 'node:path';
import type { BrowserContextOptions } from '@playwright/test';
import { expect, test } from '../chat/fixtures.ts';
import { newAccount, type Visitor } from '../chat/people.ts';

const DOCS = join(import.meta.dirname, '../../docs');

const named = (name: string) => ({ ...newAccount(name.split(' ')[0]), name });

type Join = (name: string, options: object) => Promise<Visitor>;

/** Camille's browser in the middle of a talk with somebody who is typing; nobody else has the other's name. */
async function talk(member: Join, other: string, browser: BrowserContextOptions): Promise<Visitor> {
  const camille = await member('Camille', { account: named('Camille Laurent'), browser });
  const sam = await member('Sam', { account: named(other) });
  const write = async (text: string) => {
    await camille.widget.composer.fill(text);
    // On a phone Enter breaks the line.
    await camille.widget.panel.getByRole('button', { name: 'Send' }).click();
    await expect(camille.widget.message(text)).toBeVisible();
  };
  await camille.widget.open();
  await camille.widget.startConversation(other);
  await write('Hi! Is the demo still on for three?');
  await sam.widget.open();
  await sam.widget.openConversation('Camille Laurent');
  await sam.widget.send('It is 🎉 I have just put it on the staging server.');
  await sam.widget.send('https://staging.example.org/demo');
  await write('Lovely, looking at it now');
  await write('The launcher counts unread messages before I even open it 💬');
  await camille.widget.receipt('The launcher counts', 'Read');
  await sam.widget.composer.pressSequentially('That');
  await expect(camille.widget.typing).toBeVisible();
  return camille;
}

test('two people in a conversation, the list beside it, on a desktop', async ({ member }) => {
  const camille = await talk(member, 'Sam Okafor', { viewport: { width: 1280, height: 800 } });
  await camille.widget.panel.getByRole('button', { name: 'Make the chat larger' }).click();
  await expect(camille.widget.conversations).toBeVisible();
  await expect(camille.widget.typing).toBeVisible();
  await camille.page.screenshot({ path: join(DOCS, 'screenshot.png'), animations: 'disabled' });
});

test('the same on a phone, dark', async ({ member }) => {
  const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, colorScheme: 'dark' as const };
  const camille = await talk(member, 'Noor Haddad', phone);
  await camille.page.screenshot({ path: join(DOCS, 'screenshot-phone.png'), animations: 'disabled' });
});
