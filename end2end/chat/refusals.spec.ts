import { expect, test } from './fixtures.ts';

test.describe('refusals', () => {
  test('401: an ended session offers to sign in', async ({ alice, visitor, guard }) => {
    guard.expect(/status of 401/);
    // Another browser, whose session ends between the page and the widget's first request.
    const there = await visitor('Alice', { account: alice.account });
    await there.visit('/login');
    await there.page.route('**/api/cometchat/auth-token', async (route) => {
      await there.context.clearCookies();
      await route.continue();
    });
    const answer = there.page.waitForResponse('**/api/cometchat/auth-token');
    await there.submitLogin();
    expect((await answer).status()).toBe(401);
    await there.widget.open();
    await expect(there.widget.signIn).toBeVisible();
  });

  test('429: the widget says when it goes on', async ({ alice, visitor, guard }) => {
    guard.expect(/status of 429/);
    // Another browser of the same user: no stored login, so that the widget has to ask.
    const there = await visitor('Alice', { account: alice.account });
    await there.visit('/login');
    for (let count = 0; count < 10; count += 1) {
      const answer = await alice.context.request.post(`${alice.origin}/api/cometchat/auth-token`, {
        headers: { origin: alice.origin, 'content-type': 'application/json' },
        data: {},
      });
      if (answer.status() === 429) break;
    }
    await there.submitLogin();
    await there.signedIn();
    await there.widget.open();
    // Read out at once is that there is a wait; the time that counts down stands beside it.
    await expect(there.widget.panel.getByRole('alert')).toBeVisible();
    await expect(there.widget.panel).toContainText(/\d+ (minute|hour|second)/);
  });

  test('a dead cloud: the site goes on, and the widget offers to try again', async ({ ownSite, visitor, guard }) => {
    guard.expect(/status of 503/);
    const site = await ownSite('dead-cloud', {
      env: {
        COMETCHAT_APP_ID: '2345678901234567',
        COMETCHAT_REGION: 'eu',
        COMETCHAT_REST_API_KEY: '0123456789abcdef0123456789abcdef01234567',
        // Nothing listens on the discard port.
        COMETCHAT_API_URL: 'http://127.0.0.1:9',
      },
    });
    const alice = await visitor('Alice', { origin: site.origin });
    await alice.register();
    await alice.widget.open();
    await expect(alice.widget.panel.getByRole('alert')).toBeVisible({ timeout: 20_000 });
    const again = alice.page.waitForResponse('**/api/cometchat/auth-token');
    await alice.widget.retry.click();
    const answer = await again;
    expect(answer.status()).toBe(503);
    expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);
    await alice.goToAccount();
  });
});
