// From page to page without a new document, as a visitor meets it.
import { expect, test } from './fixtures.ts';
import type { Visitor } from './people.ts';

const scrolled = ({ page }: Visitor) => page.evaluate(() => Math.round(window.scrollY));

async function isAt({ page }: Visitor, path: string, heading: string): Promise<void> {
  await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
  const { pathname, search } = new URL(page.url());
  expect(pathname + search).toBe(path);
}

/** A link in the page that the site itself has not. */
async function addLink({ page }: Visitor, href: string, text: string): Promise<void> {
  await page.getByRole('main').evaluate((main, [href, text]) => {
    main.append(Object.assign(document.createElement('a'), { href, textContent: text }));
  }, [href, text]);
}

test.describe('navigation', () => {
  test('a link changes the page and keeps the document: title, address and focus follow', async ({ visitor }) => {
    const guest = await visitor('Guest');
    await guest.visit('/');
    await guest.mark();
    await guest.header.getByRole('link', { name: 'Create an account' }).click();
    await isAt(guest, '/register', 'Create an account');
    await expect(guest.page).toHaveTitle('Create an account');
    await expect(guest.page.getByRole('main')).toBeFocused();
    await expect(guest.header.getByRole('link', { name: 'Create an account' })).toHaveAttribute('aria-current', 'page');
    await expect(guest.widget.launcher).toBeVisible();
    await guest.page.getByRole('main').getByRole('link').click();
    await isAt(guest, '/login', 'Sign in');
    expect(await guest.sameDocument()).toBe(true);
  });

  test('the focus stays in the chat while the page changes', async ({ visitor }) => {
    const guest = await visitor('Guest');
    await guest.visit('/');
    await guest.mark();
    await guest.widget.launcher.focus();
    await guest.header.getByRole('link', { name: 'Sign in' }).evaluate((link: HTMLAnchorElement) => link.click());
    await isAt(guest, '/login', 'Sign in');
    await expect(guest.widget.launcher).toBeFocused();
  });

  test('back and forward find each page as far scrolled as it was left', async ({ visitor }) => {
    const guest = await visitor('Guest', { browser: { viewport: { width: 800, height: 300 } } });
    await guest.visit('/');
    await guest.mark();
    await guest.page.evaluate(() => window.scrollTo(0, 120));
    await guest.page.getByRole('main').getByRole('link', { name: 'Create an account' }).click();
    await isAt(guest, '/register', 'Create an account');
    expect(await scrolled(guest)).toBe(0);
    await guest.page.evaluate(() => window.scrollTo(0, 200));
    await expect.poll(() => guest.page.evaluate(() => history.state)).toBe(200);
    await guest.page.goBack();
    await isAt(guest, '/', 'Talk to the people who are here');
    await expect.poll(() => scrolled(guest)).toBe(120);
    await guest.page.goForward();
    await isAt(guest, '/register', 'Create an account');
    await expect.poll(() => scrolled(guest)).toBe(200);
    expect(await guest.sameDocument()).toBe(true);
    await guest.page.reload();
    await expect.poll(() => scrolled(guest)).toBe(200);
  });

  test('the same link twice makes one entry of the history', async ({ visitor }) => {
    const guest = await visitor('Guest');
    await guest.visit('/');
    await guest.mark();
    const before = await guest.page.evaluate(() => history.length);
    const link = guest.header.getByRole('link', { name: 'Sign in' });
    for (let count = 0; count < 2; count += 1) {
      const answer = guest.page.waitForResponse('**/login');
      await link.click();
      await answer;
      await isAt(guest, '/login', 'Sign in');
    }
    expect(await guest.page.evaluate(() => history.length)).toBe(before + 1);
  });

  test('a newer click overtakes an older one', async ({ visitor }) => {
    const guest = await visitor('Guest');
    await guest.visit('/');
    await guest.mark();
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await guest.page.route('**/register', async (route) => {
      await released;
      await route.continue().catch(() => {});
    });
    const givenUp = guest.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/register'));
    await guest.header.getByRole('link', { name: 'Create an account' }).click();
    await expect(guest.page.locator('html')).toHaveAttribute('data-loading');
    await guest.header.getByRole('link', { name: 'Sign in' }).click();
    await isAt(guest, '/login', 'Sign in');
    await expect(guest.page.locator('html')).not.toHaveAttribute('data-loading');
    await givenUp;
    release();
    await isAt(guest, '/login', 'Sign in');
    expect(await guest.sameDocument()).toBe(true);
  });

  test('a page that cannot be fetched is left to the browser', async ({ visitor, guard }) => {
    guard.expect(/ERR_FAILED/);
    const guest = await visitor('Guest');
    await guest.visit('/');
    await guest.mark();
    await guest.page.route('**/login', (route) => (route.request().resourceType() === 'fetch' ? route.abort() : route.continue()));
    await guest.header.getByRole('link', { name: 'Sign in' }).click();
    await isAt(guest, '/login', 'Sign in');
    expect(await guest.sameDocument()).toBe(false);
  });

  test('a link to what is no page is left to the browser', async ({ visitor, guard }) => {
    // A document that names no icon: the browser tries the usual place.
    guard.expect(/favicon\.ico/);
    const guest = await visitor('Guest');
    await guest.visit('/');
    await guest.mark();
    await addLink(guest, '/favicon.svg', 'a picture');
    await guest.page.getByRole('link', { name: 'a picture' }).click();
    await expect(guest.page).toHaveURL(/\/favicon\.svg$/);
  });

  test('an unknown address is a page like others', async ({ visitor, guard }) => {
    guard.expect(/status of 404 .*no-such-page/);
    const guest = await visitor('Guest');
    await guest.visit('/');
    await guest.mark();
    await addLink(guest, '/no-such-page', 'nowhere');
    await guest.page.getByRole('link', { name: 'nowhere' }).click();
    await isAt(guest, '/no-such-page', 'Page not found');
    expect(await guest.sameDocument()).toBe(true);
  });

  test('a link of a session that has ended loads a new document', async ({ visitor }) => {
    const person = await visitor('Alice');
    await person.register();
    // The chat asks with the session's cookie while it connects.
    await person.widget.connected();
    await person.mark();
    await person.context.clearCookies();
    await person.header.getByRole('link', { name: person.name }).click();
    await expect(person.header.getByRole('link', { name: 'Sign in' })).toBeVisible();
    expect(await person.sameDocument()).toBe(false);
  });

  test('another language is another document, and comes back to this very page', async ({ visitor, guard }) => {
    guard.expect(/status of 401/);
    const guest = await visitor('Guest');
    await guest.visit('/login?next=/account');
    await guest.mark();
    await guest.submitLogin();
    await expect(guest.page.getByRole('main').locator('.form-problem')).toBeFocused();
    await guest.header.getByRole('button', { name: 'Français' }).click();
    await expect(guest.page.locator('html')).toHaveAttribute('lang', 'fr');
    const { pathname, search } = new URL(guest.page.url());
    expect(pathname + search).toBe('/login?next=/account');
    expect(await guest.sameDocument()).toBe(false);
  });

  test('a press with a modifier opens another tab', async ({ visitor }) => {
    const guest = await visitor('Guest');
    await guest.visit('/');
    await guest.mark();
    const opened = guest.context.waitForEvent('page');
    await guest.header.getByRole('link', { name: 'Sign in' }).click({ modifiers: ['ControlOrMeta'] });
    await expect(await opened).toHaveURL(/\/login$/);
    await isAt(guest, '/', 'Talk to the people who are here');
  });

  test('the skip link is the browser’s, and going back from it loads nothing', async ({ visitor }) => {
    const guest = await visitor('Guest');
    await guest.visit('/');
    await guest.mark();
    const asked: string[] = [];
    guest.page.on('request', (request) => asked.push(request.resourceType()));
    await guest.page.keyboard.press('Tab');
    await guest.page.keyboard.press('Enter');
    await expect(guest.page.getByRole('main')).toBeFocused();
    await expect(guest.page).toHaveURL(/#content$/);
    await guest.page.goBack();
    await expect(guest.page).not.toHaveURL(/#/);
    expect(asked.filter((type) => type === 'fetch' || type === 'document')).toEqual([]);
    expect(await guest.sameDocument()).toBe(true);
  });
});
