import { join } from 'node:path';
import { expect, test } from '../chat/fixtures.ts';
import { newAccount } from '../chat/people.ts';

const PICTURE = join(import.meta.dirname, '../../docs/screenshot.png');
const SIZE = { width: 1280, height: 800 };

test('two people in a conversation, on a desktop', async ({ member }) => {
  const named = (name: string) => ({ ...newAccount(name.split(' ')[0]), name });
  const camille = await member('Camille', { account: named('Camille Laurent'), browser: { viewport: SIZE } });
  const sam = await member('Sam', { account: named('Sam Okafor') });
  await camille.widget.open();
  await camille.widget.startConversation('Sam Okafor');
  await camille.widget.send('Hi Sam! Is the demo still on for three?');
  await sam.widget.open();
  await sam.widget.openConversation('Camille Laurent');
  await sam.widget.send('It is 🎉 I have just put it on the staging server.');
  await sam.widget.send('https://staging.example.org/demo');
  await camille.widget.send('Lovely, looking at it now');
  await camille.widget.send('The launcher counts unread messages before I even open it 💬');
  await camille.widget.receipt('The launcher counts', 'Read');
  await sam.widget.composer.pressSequentially('That');
  await expect(camille.widget.typing).toBeVisible();
  await camille.page.screenshot({ path: PICTURE, animations: 'disabled' });
});
