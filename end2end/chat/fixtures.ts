// People who talk on a running site, under a guard that lets nothing pass unseen.
import { test as base, type BrowserContext, type BrowserContextOptions, type Response } from '@playwright/test';
import { Control } from '../control.ts';
import { Guard } from './guard.ts';
import { newAccount, Visitor, type Account } from './people.ts';
import { keep, remember, TOKEN_ROAD } from './secrets.ts';
import { startSite, type Site, type SiteOptions } from './site.ts';

export { expect } from '@playwright/test';

interface VisitorOptions {
  /** A browser that somebody used before. */
  context?: BrowserContext;
  account?: Account;
  origin?: string;
  browser?: BrowserContextOptions;
}

interface Fixtures {
  guard: Guard;
  /** Of the cloud of the common site. */
  control: Control;
  /** A site of this test's own, with its own configuration. */
  ownSite: (name: string, options: SiteOptions) => Promise<Site>;
  /** A tab with nobody signed in. */
  visitor: (name: string, options?: VisitorOptions) => Promise<Visitor>;
  /** A tab with somebody who has just registered, on the home page. */
  member: (name: string, options?: VisitorOptions) => Promise<Visitor>;
  alice: Visitor;
  bob: Visitor;
}

/** Where the sockets of a page are kept, so that a test can drop one as a network does. */
function keepSockets(): void {
  const sockets: WebSocket[] = ((window as any).testSockets = []);
  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, args: [string]) {
      const socket = new target(...args);
      sockets.push(socket);
      return socket;
    },
  });
}

async function rememberToken(response: Response): Promise<void> {
  const answer = await response.json().catch(() => null);
  if (answer) remember('chat token', answer.authToken);
}

export const test = base.extend<Fixtures>({
  guard: async ({ baseURL }, use) => {
    const guard = new Guard([baseURL!]);
    await use(guard);
    guard.verify();
  },

  control: async ({ baseURL }, use) => {
    const token = process.env.EMULATOR_CONTROL_TOKEN!;
    remember('control token', token);
    await use(new Control(`${baseURL}/emulator`, token));
  },

  ownSite: async ({ guard }, use, info) => {
    const sites: Site[] = [];
    await use(async (name, options) => {
      const site = await startSite(`site-${name}-${info.workerIndex}`, options);
      sites.push(site);
      guard.admit(site.origin);
      return site;
    });
    for (const site of sites) await site.stop();
  },

  visitor: async ({ browser, baseURL, guard }, use) => {
    const opened: BrowserContext[] = [];
    const kept: Promise<void>[] = [];
    await use(async (name, { context, account = newAccount(name), origin = baseURL!, browser: options } = {}) => {
      let home = context;
      if (!home) {
        home = await browser.newContext({ locale: 'en-GB', ...options });
        opened.push(home);
        await guard.watch(home);
        await home.addInitScript(keepSockets);
        home.on('response', (response) => {
          kept.push(keep(response));
          if (response.url().endsWith(TOKEN_ROAD) && response.ok()) kept.push(rememberToken(response));
        });
      }
      return new Visitor(await home.newPage(), origin, account);
    });
    await Promise.all(kept);
    await Promise.all(opened.map((context) => context.close()));
  },

  member: async ({ visitor }, use) => {
    await use(async (name, options) => {
      const person = await visitor(name, options);
      await person.register();
      await person.widget.welcomed();
      return person;
    });
  },

  alice: async ({ member }, use) => use(await member('Alice')),
  bob: async ({ member }, use) => use(await member('Bob')),
});
