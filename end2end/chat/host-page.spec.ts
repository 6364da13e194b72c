// The widget as a guest of the page: what it leaves alone, and that a hurried hand does it no harm.
import { expect, test } from './fixtures.ts';

test('nothing of its styles reaches the page', async ({ alice }) => {
  const looks = () =>
    alice.page.evaluate(() =>
      ['html', 'body', 'h1', 'header a', 'main', 'button'].map((selector) => {
        const style = getComputedStyle(document.querySelector(selector)!);
        return Array.from(style, (name) => `${name}: ${style.getPropertyValue(name)}`).join(';');
      }),
    );
  await alice.widget.open();
  await alice.page.mouse.move(0, 0);
  const withWidget = await looks();
  await alice.page.evaluate(() => document.querySelector('.chat-widget')!.remove());
  expect(await looks()).toEqual(withWidget);
});

test('no script of the page blocks its first paint', async ({ alice }) => {
  const html = await (await alice.page.request.get(`${alice.origin}/`)).text();
  const scripts = html.match(/<script[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts.filter((tag) => / src=/.test(tag))) expect(script).toMatch(/type="module"| async| defer/);
});

test('a press before the browser half is there opens the panel once it is', async ({ visitor }) => {
  const alice = await visitor('Alice');
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await alice.page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await alice.page.goto(`${alice.origin}/`, { waitUntil: 'commit' });
  await alice.widget.launcher.click();
  await expect(alice.widget.panel).toHaveCount(0);
  go();
  await expect(alice.widget.panel).toBeVisible();
  await expect(alice.widget.signIn).toBeVisible();
});

test('opened and closed in a hurry while it connects, it logs in once', async ({ alice, bob }) => {
  let tokens = 0;
  alice.page.on('request', (request) => (tokens += Number(request.url().endsWith('/auth-token'))));
  await alice.page.goto(`${alice.origin}/`, { waitUntil: 'commit' });
  for (let press = 0; press < 9; press += 1) await alice.widget.launcher.click();
  await alice.widget.connected();
  await expect(alice.widget.panel).toBeVisible();
  await alice.widget.startConversation(bob.name);
  await alice.widget.send('once');
  await bob.widget.open();
  await expect(bob.widget.row(alice.name)).toContainText('once');
  expect([alice.widget.sockets.count, tokens]).toEqual([1, 0]);
});

test('a lost connection leaves no second listener behind', async ({ alice, bob }) => {
  await alice.widget.open();
  await alice.widget.startConversation(bob.name);
  await alice.widget.send('hello');
  await alice.page.evaluate(() => {
    const sdk = (window as any).CometChat;
    (window as any).testListeners = 0;
    for (const name of Object.getOwnPropertyNames(sdk).filter((name) => /^add\w+Listener$/.test(name))) {
      const add = sdk[name].bind(sdk);
      sdk[name] = (...args: unknown[]) => {
        (window as any).testListeners += 1;
        return add(...args);
      };
    }
  });
  for (let round = 0; round < 2; round += 1) {
    await alice.widget.sockets.drop();
    await alice.widget.connected();
  }
  await bob.widget.open();
  await bob.widget.openConversation(alice.name);
  await bob.widget.send('still one of each');
  await expect(alice.widget.message('still one of each')).toHaveCount(1);
  expect(await alice.page.evaluate(() => (window as any).testListeners)).toBe(0);
});

test('the owner’s accent and theme are what is seen', async ({ ownSite, member }) => {
  const site = await ownSite('look', { env: { CHAT_ACCENT: '#0f766e', CHAT_THEME: 'dark' } });
  const alice = await member('Alice', { origin: site.origin, browser: { colorScheme: 'light' } });
  // The same colour: the widget reckons in oklch, for its contrasts.
  await expect(alice.widget.launcher).toHaveCSS('background-color', /^oklch\(0\.51\d* 0\.086\d* 186/);
  await alice.widget.open();
  const lightness = (value: string) => Number(/^oklch\(([\d.]+)/.exec(value)?.[1]);
  const { color, backgroundColor } = await alice.widget.panel.evaluate((panel) => {
    const { color, backgroundColor } = getComputedStyle(panel);
    return { color, backgroundColor };
  });
  expect(lightness(color), `letters ${color} on ${backgroundColor}`).toBeGreaterThan(lightness(backgroundColor) + 0.5);
});

test('a page that is read from right to left has the widget that way round', async ({ alice, bob }) => {
  await alice.widget.open();
  await alice.widget.startConversation(bob.name);
  const places = async () => {
    const boxes = await Promise.all(
      [alice.widget.composer, alice.widget.panel.getByRole('button', { name: 'Record a voice message' }), alice.widget.panel.getByRole('button', { name: 'Back to conversations' })].map((one) => one.boundingBox()),
    );
    return boxes.map((box) => box!.x);
  };
  const [field, action, back] = await places();
  expect(action).toBeGreaterThan(field!);
  expect(back).toBeLessThan(action!);
  await alice.page.evaluate(() => (document.documentElement.dir = 'rtl'));
  const [mirroredField, mirroredAction, mirroredBack] = await places();
  expect(mirroredAction).toBeLessThan(mirroredField!);
  expect(mirroredBack).toBeGreaterThan(mirroredAction!);
});
