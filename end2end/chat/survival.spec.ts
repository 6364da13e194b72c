import { expect, test } from './fixtures.ts';

test.describe('what survives', () => {
  test('a navigation within the site keeps the panel open, connected and the draft in it', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('before');
    await alice.widget.composer.fill('half a thought');
    const sockets = alice.widget.sockets.count;
    await alice.goToAccount();
    await expect(alice.widget.message('before')).toBeVisible();
    await expect(alice.widget.composer).toHaveValue('half a thought');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await bob.widget.send('while you moved');
    await expect(alice.widget.message('while you moved')).toBeVisible();
    expect(alice.widget.sockets.count).toBe(sockets);
  });

  test('a reload comes back to the conversation and its draft', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('before');
    await alice.widget.composer.fill('half a thought');
    await alice.page.reload();
    await expect(alice.widget.message('before')).toBeVisible();
    await expect(alice.widget.composer).toHaveValue('half a thought');
    await alice.widget.composer.press('Enter');
    await expect(alice.widget.message('half a thought')).toHaveCount(1);
    await expect(alice.widget.composer).toHaveValue('');
    await alice.page.reload();
    await expect(alice.widget.message('half a thought')).toHaveCount(1);
    await expect(alice.widget.composer).toHaveValue('');
  });

  test('each conversation keeps its own draft', async ({ alice, bob, member }) => {
    const carol = await member('Carol');
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('hello Bob');
    await alice.widget.composer.fill('for Bob');
    await alice.widget.back();
    await alice.widget.startConversation(carol.name);
    await expect(alice.widget.composer).toHaveValue('');
    await alice.widget.composer.fill('for Carol');
    await alice.widget.back();
    await alice.widget.openConversation(bob.name);
    await expect(alice.widget.composer).toHaveValue('for Bob');
  });

  test('messages survive a restart of the server, and the open chat goes on', async ({ ownSite, member, guard }) => {
    // A request that is under way while the emulator closes its database is answered with 500.
    guard.expect(/WebSocket connection to .* failed/, /ERR_CONNECTION_(REFUSED|RESET)/, /status of 500 .*\/emulator\//);
    const site = await ownSite('restart', {});
    const alice = await member('Alice', { origin: site.origin });
    const bob = await member('Bob', { origin: site.origin });
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('before the restart');
    // Until the cloud has it, it is Alice's own browser that keeps it.
    await alice.widget.receipt('before the restart', 'Delivered');
    await site.restart();
    await alice.widget.connected();
    await expect(alice.widget.message('before the restart')).toHaveCount(1);
    await alice.widget.send('after the restart');
    await bob.page.reload();
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await expect(bob.widget.message('before the restart')).toHaveCount(1);
    await expect(bob.widget.message('after the restart')).toHaveCount(1);
  });
});
