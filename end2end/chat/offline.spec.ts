import { expect, test } from './fixtures.ts';

const NO_NETWORK = [/ERR_INTERNET_DISCONNECTED/, /WebSocket connection to .* failed/];

test.describe('offline and back', () => {
  test('without a network the widget says so, and afterwards nothing is missing and nothing double', async ({ alice, bob, guard }) => {
    guard.expect(...NO_NETWORK);
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('first');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await expect(bob.widget.message('first')).toBeVisible();

    await alice.context.setOffline(true);
    await alice.widget.sockets.drop();
    await expect(alice.widget.linkBar).toBeVisible();
    await bob.widget.send('missed one');
    await bob.widget.send('missed two');
    await alice.widget.send('written while offline');

    await alice.context.setOffline(false);
    await expect(alice.widget.linkBar).toBeHidden({ timeout: 20_000 });
    for (const text of ['first', 'missed one', 'missed two', 'written while offline']) {
      for (const person of [alice, bob]) await expect(person.widget.message(text)).toHaveCount(1);
    }
    await alice.widget.receipt('written while offline', 'Read');
    expect(await alice.widget.texts()).toEqual(await bob.widget.texts());
  });

  test('a dropped socket comes back and fetches what was missed', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('first');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);

    await alice.widget.sockets.drop();
    await expect(alice.widget.linkBar).toBeVisible();
    await bob.widget.send('missed one');
    await bob.widget.act('missed one', 'Edit');
    await bob.widget.composer.fill('missed and edited');
    await bob.widget.composer.press('Enter');
    await expect(bob.widget.message('missed and edited')).toBeVisible();
    await bob.widget.send('missed two');

    await alice.widget.connected();
    await expect(alice.widget.message('missed and edited')).toHaveCount(1);
    await expect(alice.widget.message('missed two')).toHaveCount(1);
    await bob.widget.send('live again');
    await expect(alice.widget.message('live again')).toHaveCount(1);
    expect(await alice.widget.texts()).toEqual(await bob.widget.texts());
  });

  test('a closed panel counts what came while the socket was down', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('first');
    await expect(bob.widget.badge).toHaveText('2');
    await bob.widget.sockets.drop();
    await alice.widget.send('second');
    await expect(bob.widget.badge).toHaveText('3', { timeout: 20_000 });
  });

  test('a message that could not be sent is marked, and goes out once when it is sent again', async ({ alice, bob, guard }) => {
    guard.expect(/status of 503/);
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('first');
    await alice.context.route('**/emulator/**/messages', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 503, body: 'no JSON' }) : route.fallback(),
    );
    await alice.widget.send('second');
    const retry = alice.widget.message('second').getByRole('button', { name: 'Try again' });
    await expect(retry).toBeVisible();
    await alice.context.unroute('**/emulator/**/messages');
    await retry.click();
    await alice.widget.receipt('second', 'Delivered');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await expect(bob.widget.message('second')).toHaveCount(1);
  });
});
