// What people type means no good, in a real browser: names, messages, files, groups. Nothing of it runs, and the page's own
// policies let nothing run either that found its way in. That no policy was broken, the guard of every test says.
import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures.ts';
import { Groups } from './groups.ts';
import { note } from './media.ts';
import { newAccount, together, type Visitor } from './people.ts';

const RUN = 'globalThis.owned=true';
const MARKUP = [
  `<img src=x onerror=${RUN}>`,
  `"><svg onload=${RUN}>`,
  `<script>${RUN}</script>`,
];

/** An account whose name is markup; the name ends with what makes it one of a kind. */
function hostile(markup: string) {
  const account = newAccount('Eve');
  return { ...account, name: `${markup} ${randomBytes(3).toString('hex')}` };
}

/** Nothing ran, and nothing of what was typed became an element. */
async function nothingRan({ page, widget }: Visitor): Promise<void> {
  expect(await page.evaluate(() => (globalThis as any).owned)).toBeUndefined();
  const made = await widget.root.evaluate((host) => {
    const all = (selector: string) => [...document.querySelectorAll(selector), ...host.shadowRoot!.querySelectorAll(selector)];
    return all('img[src=x], [onerror], [onload], svg[onload], [href^="javascript:"]').length;
  });
  expect(made).toBe(0);
}

test.describe('markup in what people type is text', () => {
  test('in names, messages, groups and names of files', async ({ visitor, bob }) => {
    const [image, svg, script] = MARKUP;
    const eve = await visitor('Eve', { account: hostile(image) });
    await eve.register();
    await eve.widget.welcomed();
    await together(eve, bob, `${script} ${svg} [click](javascript:${RUN}) <a href="javascript:${RUN}">x</a>`);
    await expect(bob.widget.log).toContainText(svg);
    await eve.widget.panel.getByLabel('Attach files').setInputFiles(note(`${image}.txt`));
    await eve.widget.panel.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(bob.widget.log.locator('.file-name')).toContainText('onerror=');
    for (const person of [eve, bob]) await nothingRan(person);
    await bob.widget.back();
    await expect(bob.widget.row(eve.name)).toContainText(image);
    await eve.widget.back();
    const groups = new Groups(eve);
    const name = `${svg} ${randomBytes(3).toString('hex')}`;
    await groups.create(name, { members: [bob] });
    await expect(bob.widget.row(name)).toBeVisible();
    await nothingRan(bob);
    await eve.page.reload();
    await expect(groups.title).toHaveText(name);
    await nothingRan(eve);
  });
});

test.describe('Trusted Types', () => {
  test('no text becomes markup, a script or the address of one', async ({ visitor, guard }) => {
    guard.expect(/Trusted|trusted-types|Content.Security.Policy/);
    const guest = await visitor('Guest');
    await guest.visit('/');
    await guest.awake();
    const outcome = await guest.page.evaluate((run) => {
      const tried = (attempt: () => unknown) => {
        try {
          attempt();
          return 'done';
        } catch (error) {
          return (error as Error).name;
        }
      };
      const script = document.createElement('script');
      return {
        markup: tried(() => (document.body.innerHTML = `<img src=x onerror=${run}>`)),
        script: tried(() => (script.text = run)),
        address: tried(() => (script.src = 'https://evil.example/x.js')),
        frame: tried(() => (document.createElement('iframe').srcdoc = '<b>x</b>')),
        policy: tried(() => (globalThis as any).trustedTypes.createPolicy('mine', {})),
        same: tried(() => (globalThis as any).trustedTypes.createPolicy('default', {})),
      };
    }, RUN);
    for (const [what, how] of Object.entries(outcome)) expect(how, what).toBe('TypeError');
    expect(await guest.page.evaluate(() => (globalThis as any).owned)).toBeUndefined();
    await expect(guest.page.getByRole('main')).toBeVisible();
  });
});
