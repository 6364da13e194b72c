// The site's forms where there is JavaScript: the answer comes into the page that is open.
import type { Route } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Holds a form's request back until the test lets it go. */
function held(): { handler: (route: Route) => Promise<void>; release: () => void; count: () => number } {
  let release = () => {};
  let count = 0;
  const released = new Promise<void>((resolve) => (release = resolve));
  const handler = async (route: Route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    count += 1;
    await released;
    await route.continue();
  };
  return { handler, release, count: () => count };
}

test.describe('forms', () => {
  test('a wrong entry is said at its field, which has the focus, and nothing typed is lost', async ({ visitor, guard }) => {
    guard.expect(/status of 422/);
    const person = await visitor('Alice');
    await person.visit('/register?next=/account');
    await person.mark();
    await person.sendRegistration({ ...person.account, password: 'password1' });
    await expect(person.field('Password')).toHaveAttribute('aria-invalid', 'true');
    await expect(person.field('Password')).toBeFocused();
    await expect(person.field('Password')).toHaveAccessibleDescription(/guess/);
    await expect(person.field('Password')).toHaveValue('password1');
    await expect(person.field('Name')).toHaveValue(person.account.name);
    await expect(person.field('E-mail')).toHaveValue(person.account.email);
    expect(await person.sameDocument()).toBe(true);
    expect(new URL(person.page.url()).search).toBe('?next=/account');
    // And once mended it leads where it was to lead.
    await person.field('Password').fill(person.account.password);
    await person.page.getByRole('main').getByRole('button', { name: 'Create the account' }).click();
    await person.signedIn();
    expect(new URL(person.page.url()).pathname).toBe('/account');
  });

  test('a refusal of the form as a whole has the focus', async ({ visitor, guard }) => {
    guard.expect(/status of 401/);
    const person = await visitor('Nobody');
    await person.visit('/login');
    await person.mark();
    await person.submitLogin();
    await expect(person.page.getByRole('main').locator('.form-problem')).toBeFocused();
    await expect(person.field('Password')).toHaveValue(person.account.password);
    expect(await person.sameDocument()).toBe(true);
  });

  test('a new session begins with a new document', async ({ visitor }) => {
    const person = await visitor('Alice');
    await person.register();
    // What the chat asks for while it connects would meet the end of its token.
    await person.widget.connected();
    await person.logout();
    await person.visit('/login?next=/account');
    await person.mark();
    await person.submitLogin();
    await person.signedIn();
    expect(new URL(person.page.url()).pathname).toBe('/account');
    expect(await person.sameDocument()).toBe(false);
    await person.widget.connected();
    await person.mark();
    await person.logout();
    expect(await person.sameDocument()).toBe(false);
  });

  test('while it is under way the button says so, and a double click sends once', async ({ visitor }) => {
    const person = await visitor('Alice');
    await person.visit('/register');
    await person.awake();
    const { handler, release, count } = held();
    await person.page.route('**/register', handler);
    await person.field('Name').fill(person.account.name);
    await person.field('E-mail').fill(person.account.email);
    await person.field('Password').fill(person.account.password);
    await person.page.getByRole('button', { name: 'Create the account' }).dblclick();
    const button = person.page.getByRole('button', { name: 'One moment…' });
    await expect(button).toBeDisabled();
    await person.field('Name').press('Enter');
    await expect(button).toBeDisabled();
    release();
    await person.signedIn();
    expect(count()).toBe(1);
  });

  test('what is saved is said, the header follows, and the other form keeps what is typed', async ({ visitor }) => {
    const person = await visitor('Alice');
    await person.register();
    await person.goToAccount();
    await person.mark();
    await person.field('New password').fill('half typed');
    await person.field('Name').fill(`${person.name} II`);
    await person.page.getByRole('button', { name: 'Save the profile' }).click();
    const saved = person.page.getByRole('status').filter({ hasText: 'Saved.' });
    await expect(saved).toBeFocused();
    await expect(person.header).toContainText(`${person.name} II`);
    await expect(person.page.locator('.chat-widget')).toHaveAttribute('data-widget', new RegExp(`${person.name} II`));
    await expect(person.field('Name')).toHaveValue(`${person.name} II`);
    await expect(person.field('New password')).toHaveValue('half typed');
    expect(new URL(person.page.url()).pathname).toBe('/account');
    expect(await person.sameDocument()).toBe(true);
    // A page that is loaded again sends nothing again and says nothing of it.
    await person.page.reload();
    await expect(person.field('Name')).toHaveValue(`${person.name} II`);
    await expect(saved).toHaveCount(0);
  });

  test('a changed password leaves empty fields, and a wrong one leaves them as they are', async ({ visitor, guard }) => {
    guard.expect(/status of 422/);
    const person = await visitor('Alice');
    await person.register();
    await person.goToAccount();
    const save = person.page.getByRole('button', { name: 'Change the password' });
    await person.field('Present password').fill('not this one');
    await person.field('New password').fill('plum-otter-vixen');
    await save.click();
    await expect(person.field('Present password')).toBeFocused();
    await expect(person.field('Present password')).toHaveValue('not this one');
    await expect(person.field('New password')).toHaveValue('plum-otter-vixen');
    await person.field('Present password').fill(person.account.password);
    await save.click();
    await expect(person.page.getByRole('status').filter({ hasText: 'Saved.' })).toBeFocused();
    await expect(person.field('New password')).toHaveValue('');
  });

  test('without a connection it is said in the form, and it can be sent again', async ({ visitor, guard }) => {
    guard.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    const person = await visitor('Alice');
    await person.visit('/register');
    await person.mark();
    await person.page.route('**/register', (route) => route.abort());
    await person.sendRegistration();
    await expect(person.page.getByRole('alert').filter({ hasText: 'cannot be reached' })).toBeVisible();
    await expect(person.field('Password')).toHaveValue(person.account.password);
    expect(await person.sameDocument()).toBe(true);
    await person.page.unroute('**/register');
    await person.page.getByRole('main').getByRole('button', { name: 'Create the account' }).click();
    await person.signedIn();
  });

  test('an answer that is no page of the site is said in the form', async ({ visitor, guard }) => {
    guard.expect(/status of 502/);
    const person = await visitor('Alice');
    await person.visit('/login');
    await person.awake();
    for (const contentType of ['text/html', 'text/plain']) {
      await person.page.route('**/login', (route) => route.fulfill({ status: 502, contentType, body: '<h1>Bad gateway</h1>' }));
      await person.submitLogin();
      await expect(person.page.getByRole('alert').filter({ hasText: 'Something went wrong' })).toBeVisible();
      await expect(person.field('Password')).toHaveValue(person.account.password);
      await person.page.unroute('**/login');
    }
  });

  test('a session that has ended leads to the log-in and back', async ({ visitor }) => {
    const person = await visitor('Alice');
    await person.register();
    await person.goToAccount();
    await person.widget.connected();
    await person.context.clearCookies();
    await person.page.getByRole('button', { name: 'Save the profile' }).click();
    await expect(person.page).toHaveURL(/\/login\?next=\/account$/);
    await person.submitLogin();
    await person.signedIn();
    await expect(person.page).toHaveURL(/\/account$/);
  });
});
