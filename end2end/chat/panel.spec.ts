// The panel on every screen, for every sense, in every colour: what is easily broken unseen.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What the cloud says of a list with nothing in it. */
const NOTHING = { total: 0, count: 0, per_page: 30, current_page: 1, total_pages: 1 };

/** Whether the focus is on this element or within it. */
const hasFocus = (locator: Locator) =>
  locator.evaluate((element) => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return element.contains(focused);
  });

/** The contrast of an element's colour, or of its outline while it has the focus, with what is painted behind it. */
const contrast = (locator: Locator, of: 'color' | 'outlineColor' = 'color') =>
  locator.evaluate((element: HTMLElement, of) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
    const luminance = (colours: string[]) => {
      canvas.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind: string[] = [];
    for (let at: HTMLElement | null = element; at; at = at.parentElement) behind.unshift(getComputedStyle(at).backgroundColor);
    if (of === 'outlineColor') element.focus();
    const [light, dark] = [luminance([...behind, getComputedStyle(element)[of]]), luminance(behind)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }, of);

test.describe('room', () => {
  test('a launcher at the top left: its panel hangs below it, and on a phone it is the screen', async ({ ownSite, member }) => {
    const site = await ownSite('top-left', { env: { CHAT_POSITION: 'top-left' } });
    const alice = await member('Alice', { origin: site.origin });
    await alice.widget.open();
    // 20 px from the edges, and 12 px below the launcher of 56.
    expect(await alice.widget.panel.boundingBox()).toMatchObject({ x: 20, y: 88 });
    const phone = await member('Alice', { origin: site.origin, browser: PHONE });
    await phone.widget.open();
    expect(await phone.widget.panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  });

  test('a phone on its side has the panel on its full screen', async ({ member }) => {
    const alice = await member('Alice', { browser: { ...PHONE, viewport: { width: 844, height: 390 } } });
    await alice.widget.open();
    expect(await alice.widget.panel.boundingBox()).toEqual({ x: 0, y: 0, width: 844, height: 390 });
    await expect(alice.widget.panel).toHaveAttribute('aria-modal', 'true');
  });

  test('a keyboard on the screen covers nothing of the panel', async ({ visitor }) => {
    const alice = await visitor('Alice', { browser: PHONE });
    // As Safari does it: the page keeps its height, what is in sight shrinks and may lie lower.
    await alice.page.addInitScript(() => {
      const sight = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 });
      Object.defineProperty(window, 'visualViewport', { value: sight });
    });
    await alice.visit('/');
    await alice.widget.open();
    await alice.page.evaluate(() => {
      Object.assign(window.visualViewport!, { height: 500, offsetTop: 30 });
      window.visualViewport!.dispatchEvent(new Event('resize'));
    });
    expect(await alice.widget.panel.boundingBox()).toEqual({ x: 0, y: 30, width: 390, height: 500 });
  });

  test('a large panel on a screen that became small shows one pane, and both again where there is room', async ({ alice, bob }) => {
    const { page, widget } = alice;
    await widget.open();
    await widget.startConversation(bob.name);
    await widget.send('side by side');
    await widget.panel.getByRole('button', { name: 'Make the chat larger' }).click();
    await expect(widget.conversations).toBeVisible();
    await page.setViewportSize({ width: 700, height: 844 });
    await expect(widget.conversations).toBeHidden();
    await expect(widget.panel.getByRole('button', { name: /Make the chat/ })).toBeHidden();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await widget.back();
    await expect(widget.row(bob.name)).toBeVisible();
    await widget.openConversation(bob.name);
    await expect(widget.message('side by side')).toBeVisible();
    await page.setViewportSize({ width: 800, height: 900 });
    await expect(widget.conversations).toBeVisible();
    await expect(widget.composer).toBeVisible();
    await widget.panel.getByRole('button', { name: 'Make the chat smaller' }).click();
    await expect(widget.conversations).toBeHidden();
  });

  test('making it larger builds nothing anew, and each conversation has a place of its own', async ({ alice, bob, member }) => {
    const carol = await member('Carol');
    await alice.widget.open();
    await alice.widget.startConversation(carol.name);
    await alice.widget.send('hello Carol');
    await alice.widget.back();
    await bob.widget.open();
    await bob.widget.startConversation(alice.name);
    await bob.widget.send('first of many');
    await bob.widget.sendMany(Array.from({ length: 40 }, (_, index) => `line ${index + 1}.`));
    await alice.widget.openConversation(bob.name);
    await expect(alice.widget.message('line 40.')).toBeVisible();
    await alice.widget.message('line 40.').evaluate((row) => row.setAttribute('data-marked', ''));
    await alice.widget.log.evaluate((log) => (log.scrollTop = -400));
    await alice.widget.panel.getByRole('button', { name: 'Make the chat larger' }).click();
    await expect(alice.widget.conversations).toBeVisible();
    await expect(alice.widget.message('line 40.')).toHaveAttribute('data-marked');
    expect(await alice.widget.log.evaluate((log) => log.scrollTop)).toBe(-400);
    await alice.widget.rowButton(carol.name).click();
    await expect(alice.widget.message('hello Carol')).toBeVisible();
    await alice.widget.rowButton(bob.name).click();
    await expect(alice.widget.message('line 40.')).toBeInViewport();
  });
});

test.describe('the focus', () => {
  test('goes into a panel that is still loading, and Escape works from the launcher too', async ({ alice }) => {
    await alice.page.reload();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => (answer = resolve));
    await alice.page.route('**/conversations?**', async (route) => {
      await asked;
      await route.continue();
    });
    await alice.widget.open();
    await expect.poll(() => hasFocus(alice.widget.panel)).toBe(true);
    answer();
    await expect(alice.widget.conversations).toBeVisible();
    expect(await hasFocus(alice.widget.panel)).toBe(true);
    await alice.widget.launcher.focus();
    await alice.page.keyboard.press('Escape');
    await expect(alice.widget.panel).toBeHidden();
    expect(await hasFocus(alice.widget.launcher)).toBe(true);
  });

  test('stays on its row while the list changes its order', async ({ alice, bob, member }) => {
    const carol = await member('Carol');
    await alice.widget.open();
    for (const other of [carol, bob]) {
      await alice.widget.startConversation(other.name);
      await alice.widget.send('hello');
      await alice.widget.back();
    }
    const row = alice.widget.rowButton(bob.name);
    await row.focus();
    await carol.widget.open();
    await carol.widget.openConversation(alice.name);
    await carol.widget.send('to the top');
    await expect(alice.widget.conversations.getByRole('listitem').first()).toContainText('to the top');
    await expect(row).toBeFocused();
  });

  test('stays in the panel when what had it goes', async ({ alice, guard }) => {
    guard.expect(/ERR_FAILED/);
    await alice.page.route('**/conversations?**', (route) => route.abort());
    await alice.page.reload();
    await alice.widget.open();
    await expect(alice.widget.retry).toBeVisible({ timeout: 20_000 });
    await alice.page.unroute('**/conversations?**');
    await alice.widget.retry.focus();
    await alice.page.keyboard.press('Enter');
    await expect(alice.widget.conversations).toBeVisible();
    expect(await hasFocus(alice.widget.panel)).toBe(true);
  });

  test('follows the skip link, and a change of page', async ({ alice }) => {
    const main = alice.page.getByRole('main');
    await alice.awake();
    await alice.page.keyboard.press('Tab');
    await alice.page.keyboard.press('Enter');
    await expect(main).toBeFocused();
    await alice.goToAccount();
    await expect(main).toBeFocused();
  });

  test('keeps its keys: no shortcut of the page hears them', async ({ alice, bob }) => {
    await alice.page.evaluate(() => {
      const heard: string[] = ((window as any).heard = []);
      for (const name of ['keydown', 'keyup']) document.addEventListener(name, (event) => heard.push((event as KeyboardEvent).key));
    });
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.composer.pressSequentially('s/k');
    await alice.page.keyboard.press('Escape');
    expect(await alice.page.evaluate(() => (window as any).heard)).toEqual([]);
  });
});

test.describe('what is read out', () => {
  test('is new messages with their sender, and nothing else of the log', async ({ alice, bob }) => {
    const said = (page: Page) => page.locator('.chat-widget .announcer');
    await bob.widget.open();
    await bob.widget.startConversation(alice.name);
    for (const text of ['one', 'two', 'three']) await bob.widget.send(text);
    await alice.widget.open();
    await alice.widget.openConversation(bob.name);
    await expect(alice.widget.message('three')).toBeVisible();
    await expect(alice.widget.log).toHaveAttribute('aria-live', 'off');
    await expect(alice.widget.log.locator('[aria-live], [role=status], [role=alert]')).toHaveCount(0);
    await expect(said(alice.page)).toHaveText('');
    await bob.widget.composer.pressSequentially('fo');
    await expect(alice.widget.typing).toBeVisible();
    await bob.widget.composer.fill('four');
    await bob.widget.composer.press('Enter');
    await expect(said(alice.page)).toHaveText(`${bob.name}: four`);
    await alice.widget.send('five');
    await bob.widget.send('six');
    await expect(said(alice.page).getByText('six')).toHaveCount(1);
    await expect(said(alice.page)).toHaveText(`${bob.name}: four${bob.name}: six`);
  });

  test('is what could not be sent', async ({ alice, bob, guard }) => {
    guard.expect(/status of 500/);
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.page.route(/\/messages$/, (route) => route.fulfill({ status: 500, json: { error: { code: 'ERR_TEST', message: 'no' } } }));
    await alice.widget.composer.fill('lost');
    await alice.widget.composer.press('Enter');
    await expect(alice.widget.retry).toBeVisible({ timeout: 20_000 });
    await expect(alice.page.locator('.chat-widget .announcer')).toHaveText('Not sent: lost');
  });
});

test.describe('texts', () => {
  test('take their own direction, a sign is no emoji, and an emoji can be seen', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    for (const text of ['שלום עולם', '✓ ♥ ★', '❤️']) await alice.widget.send(text);
    await expect(alice.widget.message('שלום עולם').locator('.text p')).toHaveCSS('direction', 'rtl');
    await expect(alice.widget.message('✓ ♥ ★').locator('.bubble')).toHaveCSS('font-size', '15px');
    const large = alice.widget.message('❤️').locator('.bubble');
    await expect(large).toHaveCSS('font-size', '40px');
    expect(await contrast(large)).toBeGreaterThan(4.5);
    await bob.widget.open();
    await expect(bob.widget.row(alice.name).locator('.row-text')).toHaveText('❤️');
  });

  test('that are too long are kept, and it is said by how much', async ({ alice, bob }) => {
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.composer.fill('x'.repeat(5003));
    await expect(alice.widget.panel.getByText('3 characters too many.')).toBeVisible();
    await alice.widget.composer.press('Enter');
    await expect(alice.widget.composer).toHaveValue('x'.repeat(5003));
    await alice.widget.composer.fill('x'.repeat(5000));
    await alice.widget.composer.press('Enter');
    await expect(alice.widget.composer).toHaveValue('');
  });

  test('break their lines with Enter under a finger: the button sends', async ({ member, bob }) => {
    const alice = await member('Alice', { browser: PHONE });
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.composer.pressSequentially('one');
    await alice.widget.composer.press('Enter');
    await alice.widget.composer.pressSequentially('two');
    await alice.widget.panel.getByRole('button', { name: 'Send' }).click();
    await expect(alice.widget.message('one')).toHaveText(/one\ntwo/);
  });

  test('move on with the clock', async ({ visitor, bob }) => {
    const alice = await visitor('Alice');
    await alice.page.clock.install();
    await alice.register();
    await alice.widget.welcomed();
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('hello');
    await expect(alice.widget.log.getByRole('heading', { name: 'Today' })).toBeVisible();
    await alice.page.clock.fastForward(24 * 3600 * 1000);
    await expect(alice.widget.log.getByRole('heading', { name: 'Yesterday' })).toBeVisible();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`any accent reads as text, as a ring and below text, ${colorScheme}`, async ({ member, bob }) => {
    const alice = await member('Alice', { browser: { colorScheme, reducedMotion: 'reduce' } });
    await alice.widget.open();
    await alice.widget.startConversation(bob.name);
    await alice.widget.send('see https://example.org/mine');
    await bob.widget.open();
    await bob.widget.openConversation(alice.name);
    await bob.widget.send('see https://example.org/theirs');
    await expect(alice.widget.message('theirs')).toBeVisible();
    for (const accent of ['gold', 'lime', 'black', 'white', 'yellow', 'blue', '#7c3aed']) {
      await alice.widget.root.evaluate((host, accent) => host.style.setProperty('--chat-accent', accent), accent);
      const [mine, theirs] = ['mine', 'theirs'].map((text) => alice.widget.message(text));
      for (const link of [mine, theirs].map((message) => message.getByRole('link'))) {
        expect(await contrast(link), `${accent}: link`).toBeGreaterThanOrEqual(4.5);
        expect(await contrast(link, 'outlineColor'), `${accent}: ring`).toBeGreaterThanOrEqual(3);
      }
      expect(await contrast(mine.locator('.text')), `${accent}: own text`).toBeGreaterThanOrEqual(4.5);
      const send = alice.widget.panel.getByRole('button', { name: 'Send' });
      await alice.widget.composer.fill('x');
      await send.hover();
      expect(await contrast(send), `${accent}: hovered button`).toBeGreaterThanOrEqual(4.5);
    }
  });
}

test('the way back says how much is unread elsewhere', async ({ alice, bob, member }) => {
  const carol = await member('Carol');
  await alice.widget.open();
  await alice.widget.startConversation(bob.name);
  await carol.widget.open();
  await carol.widget.startConversation(alice.name);
  await carol.widget.send('and me?');
  // The greeting of the demo guide is the other one.
  await expect(alice.widget.panel.getByRole('button', { name: 'Back to conversations, 2 unread messages' })).toBeVisible();
  await alice.widget.back();
  await expect(alice.widget.row(carol.name)).toBeVisible();
});

test("the owner's contact is offered to everybody but themself", async ({ ownSite, member }) => {
  // The site's own two demo accounts come first.
  const site = await ownSite('contact', { env: { CHAT_CONTACT_UID: 'user_3' } });
  const contact = await member('Contact', { origin: site.origin });
  await contact.widget.open();
  await contact.widget.newChat();
  await expect(contact.widget.panel.getByRole('list', { name: 'New chat' })).toBeVisible();
  await expect(contact.widget.panel.getByRole('button', { name: /^Write to/ })).toHaveCount(0);

  const alice = await member('Alice', { origin: site.origin });
  await alice.page.route('**/conversations?**', (route) => route.fulfill({ json: { data: [], meta: { pagination: NOTHING } } }));
  await alice.page.reload();
  await alice.widget.open();
  const offer = alice.widget.panel.getByRole('button', { name: `Write to ${contact.name}` });
  await expect(offer).toBeVisible();
  await alice.widget.newChat();
  await expect(alice.widget.panel.getByRole('listitem').first().getByRole('button').first()).toHaveAccessibleName(
    new RegExp(`Write to ${contact.name}`),
  );
  await offer.click();
  await contact.widget.back();
  await alice.widget.send('hello there');
  await expect(contact.widget.row(alice.name)).toContainText('hello there');
});

test("the owner's contact is asked for again where the first answer was a failure", async ({ ownSite, member, guard }) => {
  guard.expect(/status of 500/);
  const site = await ownSite('contact-again', { env: { CHAT_CONTACT_UID: 'user_3' } });
  const contact = await member('Contact', { origin: site.origin });
  const alice = await member('Alice', { origin: site.origin });
  await alice.page.route('**/conversations?**', (route) => route.fulfill({ json: { data: [], meta: { pagination: NOTHING } } }));
  let failures = 0;
  await alice.page.route('**/users/user_3', (route) => {
    failures += 1;
    return failures === 1 ? route.fulfill({ status: 500, json: { error: { code: 'ERR_OPERATION_FAILED', message: 'not now' } } }) : route.fallback();
  });
  await alice.page.reload();
  const failed = alice.page.waitForResponse((response) => response.status() === 500);
  await alice.widget.open();
  await failed;
  await alice.widget.close();
  await alice.widget.open();
  await expect(alice.widget.panel.getByRole('button', { name: `Write to ${contact.name}` })).toBeVisible();
});

test('the focus that moves within the page asks nobody for anything', async ({ alice }) => {
  const { page, widget } = alice;
  await alice.visit('/account');
  await widget.connected();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  // As if the widget had last looked long ago.
  await page.clock.install();
  await page.clock.fastForward('10:00');
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect.poll(() => asked.filter((path) => path === '/api/session').length).toBe(1);
  await page.clock.fastForward('10:00');
  asked.length = 0;
  await alice.field('Name').focus();
  await alice.field('New password').focus();
  await alice.header.getByRole('button', { name: 'Sign out' }).focus();
  await page.evaluate(async () => void (await fetch('/healthz')));
  expect(asked.filter((path) => path !== '/healthz')).toEqual([]);
});

test('a press on the arrow of the send button leaves the focus in the field', async ({ alice, bob }) => {
  await alice.widget.open();
  await alice.widget.startConversation(bob.name);
  await alice.widget.composer.fill('hello');
  const prevented = await alice.widget.panel.locator('.send .icon').evaluate((icon) => {
    const press = new PointerEvent('pointerdown', { bubbles: true, composed: true, cancelable: true });
    icon.dispatchEvent(press);
    return press.defaultPrevented;
  });
  expect(prevented).toBe(true);
});
