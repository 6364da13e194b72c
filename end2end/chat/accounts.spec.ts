import { expect, test } from './fixtures.ts';
import { newAccount } from './people.ts';

/** A browser without JavaScript has no use for the WASM that the page preloads, and says so. */
const UNUSED_PRELOAD = /preloaded using link preload but not used/;

test.describe('accounts', () => {
  test('a visitor registers without JavaScript and then chats', async ({ visitor, bob, guard }) => {
    guard.expect(UNUSED_PRELOAD);
    const alice = await visitor('Alice', { browser: { javaScriptEnabled: false } });
    await alice.register();
    await expect(alice.widget.launcher).toBeVisible();

    // The same browser with JavaScript: the session that the plain form made opens the chat.
    const state = await alice.context.storageState();
    const awake = await visitor('Alice', { account: alice.account, browser: { storageState: state } });
    await awake.visit('/');
    await awake.widget.open();
    await awake.widget.startConversation(bob.name);
    await awake.widget.send('registered by a plain form');
    await bob.widget.open();
    await expect(bob.widget.row(alice.name)).toContainText('registered by a plain form');
  });

  test('a member logs in and out without JavaScript', async ({ visitor, guard }) => {
    guard.expect(UNUSED_PRELOAD);
    const alice = await visitor('Alice');
    await alice.register();
    const plain = await visitor('Alice', { account: alice.account, browser: { javaScriptEnabled: false } });
    await plain.login();
    await plain.logout();
    await plain.visit('/account');
    await expect(plain.page.getByRole('main').getByRole('link', { name: 'Sign in' })).toBeVisible();
  });

  test('without JavaScript a wrong entry keeps what was typed and says what is wrong at the field', async ({ visitor, guard }) => {
    guard.expect(UNUSED_PRELOAD, /status of 422/);
    const plain = await visitor('Alice', { browser: { javaScriptEnabled: false } });
    await plain.submitRegistration({ ...plain.account, password: 'short' });
    const password = plain.field('Password');
    await expect(password).toHaveAttribute('aria-invalid', 'true');
    await expect(password).toHaveAccessibleDescription(/8/);
    await expect(plain.field('Name')).toHaveValue(plain.account.name);
    await expect(plain.field('E-mail')).toHaveValue(plain.account.email);
    await expect(password).toHaveValue('');
  });

  test('a member downloads their data, deletes the account, and is gone here and in the chat', async ({ alice, bob, guard }) => {
    guard.expect(/status of (401|422)/, /WebSocket connection to .* failed/, /^$/);
    await alice.goToAccount();
    await alice.widget.connected();
    const download = alice.page.waitForEvent('download');
    await alice.page.getByRole('link', { name: 'Download my data' }).click();
    const chunks = await (await (await download).createReadStream()).toArray();
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ name: alice.name, email: alice.account.email });

    await alice.page.getByText('Delete the account', { exact: true }).click();
    const password = alice.field('Your password, to be sure');
    for (const [typed, isRefused] of [['wrong', true], [alice.account.password, false]] as const) {
      await password.fill(typed);
      await alice.page.getByRole('button', { name: 'Yes, delete my account' }).click();
      if (isRefused) await expect(password).toHaveAttribute('aria-invalid', 'true');
    }
    await expect(alice.header.getByRole('link', { name: 'Sign in' })).toBeVisible();
    await expect(alice.page).toHaveURL(`${alice.origin}/`);
    await bob.widget.open();
    await bob.widget.newChat();
    const search = bob.widget.panel.getByRole('searchbox');
    await expect(async () => {
      await search.fill('');
      await search.fill(alice.name);
      await expect(bob.widget.panel.getByText('Nobody found for')).toBeVisible({ timeout: 1_000 });
    }).toPass();
  });

  test('an e-mail address is taken once', async ({ visitor, guard }) => {
    guard.expect(/status of 422/);
    const alice = await visitor('Alice');
    await alice.register();
    const twin = await visitor('Twin', { account: { ...newAccount('Twin'), email: alice.account.email.toUpperCase() } });
    await twin.submitRegistration();
    await expect(twin.field('E-mail')).toHaveAttribute('aria-invalid', 'true');
  });

  test('a wrong password and an unknown e-mail get the same answer', async ({ visitor, guard }) => {
    guard.expect(/status of 401/);
    const alice = await visitor('Alice');
    await alice.register();
    const answers: string[] = [];
    for (const account of [{ ...alice.account, password: 'not-her-password' }, newAccount('Nobody')]) {
      const person = await visitor('Guest', { account });
      await person.visit('/login');
      await person.submitLogin();
      const alert = person.page.getByRole('main').locator('.form-problem');
      await expect(alert).not.toBeEmpty();
      answers.push(await alert.innerText());
    }
    expect(answers[0]).toBe(answers[1]);
  });
});
