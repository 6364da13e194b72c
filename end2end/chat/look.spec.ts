import { expect, test } from './fixtures.ts';

test.describe('a phone', () => {
  test('shows the panel on the full screen, one pane at a time', async ({ member, bob }) => {
    const alice = await member('Alice', { browser: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } });
    await alice.widget.open();
    const box = await alice.widget.panel.boundingBox();
    expect(box).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    await alice.widget.startConversation(bob.name);
    // Enter breaks the line on a phone: the button sends.
    await alice.widget.composer.pressSequentially('from');
    await alice.widget.composer.press('Enter');
    await alice.widget.composer.pressSequentially('a phone');
    await expect(alice.widget.composer).toHaveValue('from\na phone');
    await alice.widget.panel.getByRole('button', { name: 'Send' }).click();
    await expect(alice.widget.message('from a phone')).toBeVisible();
    // With smaller letters a phone zooms into the field.
    await expect(alice.widget.composer).toHaveCSS('font-size', '16px');
    await expect(alice.widget.conversations).toBeHidden();
    await alice.widget.back();
    await expect(alice.widget.row(bob.name)).toContainText('from a phone');
    expect(await alice.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test('dark: page and panel follow the system', async ({ member, bob }) => {
  const lightness = async (colorScheme: 'light' | 'dark') => {
    const person = await member('Alice', { browser: { colorScheme } });
    await person.widget.open();
    await person.widget.startConversation(bob.name);
    await person.widget.send('hello');
    return person.page.evaluate(
      (elements) =>
        elements.map((element) => {
          const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
          canvas.fillStyle = getComputedStyle(element as Element).backgroundColor;
          canvas.fillRect(0, 0, 1, 1);
          const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
          return (red + green + blue) / 3;
        }),
      [await person.page.locator('body').elementHandle(), await person.widget.panel.elementHandle()],
    );
  };
  for (const value of await lightness('dark')) expect(value).toBeLessThan(80);
  for (const value of await lightness('light')) expect(value).toBeGreaterThan(200);
});

test('French: site and widget speak it to a French browser, and the switch is remembered', async ({ visitor }) => {
  const alice = await visitor('Alice', { browser: { locale: 'fr-FR' } });
  await alice.visit('/');
  await expect(alice.page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(alice.page.getByRole('banner').getByRole('link', { name: 'Se connecter' })).toBeVisible();
  await alice.widget.open();
  await expect(alice.widget.panel).toContainText(/connecte/i);
  await alice.widget.close();

  await alice.page.getByRole('button', { name: 'English' }).click();
  await expect(alice.page.locator('html')).toHaveAttribute('lang', 'en');
  await alice.visit('/register');
  await expect(alice.page.locator('html')).toHaveAttribute('lang', 'en');
});

test('keyboard only: register, find somebody, write, edit, leave', async ({ visitor, bob }) => {
  const alice = await visitor('Alice');
  const { page, widget, account } = alice;
  const press = (key: string) => page.keyboard.press(key);
  /** Goes on with Tab until the focus is on what has this name; fails when it comes round without it. */
  const tabTo = async (name: RegExp) => {
    for (let step = 0; step < 40; step += 1) {
      await press('Tab');
      if (name.test(await widget.focusedName())) return;
    }
    throw new Error(`no way by Tab to ${name}`);
  };

  await alice.visit('/register');
  await tabTo(/^Name/);
  await page.keyboard.type(account.name);
  await tabTo(/^E-mail/);
  await page.keyboard.type(account.email);
  await tabTo(/^Password/);
  await page.keyboard.type(account.password);
  await press('Enter');
  await alice.signedIn();

  await tabTo(/^Open chat/);
  await press('Enter');
  await expect(widget.panel).toBeVisible();
  await tabTo(/New chat/);
  await press('Enter');
  await expect(widget.panel.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type(bob.name);
  await expect(widget.panel.getByRole('button', { name: bob.name })).toBeVisible();
  await tabTo(new RegExp(bob.name));
  await press('Enter');
  await expect(widget.composer).toBeFocused();
  await page.keyboard.type('written without a mouse');
  await press('Enter');
  await widget.receipt('written without a mouse', 'Delivered');
  await expect(widget.composer).toBeFocused();
  await press('ArrowUp');
  await expect(widget.composer).toHaveValue('written without a mouse');
  await expect(widget.composer).toBeFocused();
  await page.keyboard.type(', twice');
  await press('Enter');
  await expect(widget.message('written without a mouse, twice')).toContainText('edited');
  await expect(widget.composer).toHaveValue('');
  await expect(widget.composer).toBeFocused();
  await press('Escape');
  await expect(widget.rowButton(bob.name)).toBeFocused();
  await press('Escape');
  await expect(widget.panel).toBeHidden();
  await expect.poll(() => widget.focusedName()).toMatch(/^Open chat/);
});
