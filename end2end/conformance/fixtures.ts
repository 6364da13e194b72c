// Fresh people for every behaviour, so that each fails by itself.
import { randomBytes } from 'node:crypto';
import { test as base, type BrowserContext } from '@playwright/test';
import { Control } from '../control.ts';
import { Admin } from './admin.ts';
import { forgetWelcome, welcomes } from './demo.ts';
import { withCloud, type Cloud } from './emulator.ts';
import { withPage } from './page-server.ts';
import { reasonToLeaveOut } from './live.ts';
import { Tab, type Presence } from './person.ts';

export { expect } from '@playwright/test';

export interface Account {
  uid: string;
  name: string;
  token: string;
}

interface PerWorker {
  cloud: Cloud;
  admin: Admin;
  origin: string;
  /** Whether a demo person of the cloud writes to every newcomer. */
  welcomed: boolean;
}

/** Stands in every id that this worker makes, so that what a broken-off test left can be found. */
const WORKER = randomBytes(4).toString('hex');

const freshId = (): string => `${WORKER}${randomBytes(3).toString('hex')}`;

interface PerTest {
  /** Of an emulator of the run's own; a test that asks for it is left out elsewhere. */
  control: Control;
  /** Leaves out what cannot be tried on CometChat's own cloud, and says why. */
  live: void;
  /** A user of the cloud with a token, in no browser yet, to whom nobody has written. Gone after the test. */
  account: (name: string) => Promise<Account>;
  /** A browser of its own, with nobody signed in. */
  visitor: (options?: { context?: BrowserContext; uid?: string; presence?: Presence }) => Promise<Tab>;
  /** A browser of its own, signed in and with its socket accepted. */
  signIn: (account: Account, options?: { presence?: Presence }) => Promise<Tab>;
  /** The id of a group that does not exist yet. What is made under it is gone after the test. */
  guid: string;
  /** Two people who are both online; the second knows of the first. */
  alice: Tab;
  bob: Tab;
}

export const test = base.extend<PerTest, PerWorker>({
  cloud: [async ({}, use, worker) => withCloud(`emulator-${worker.workerIndex}`, use), { scope: 'worker' }],
  admin: [
    async ({ cloud }, use) => {
      const admin = new Admin(cloud);
      await use(admin);
      await admin.sweep(WORKER);
    },
    { scope: 'worker' },
  ],
  origin: [async ({}, use) => withPage(use), { scope: 'worker' }],
  welcomed: [async ({ admin }, use) => use(await welcomes(admin)), { scope: 'worker' }],

  live: [
    async ({ cloud }, use, info) => {
      const reason = cloud.region === undefined ? undefined : reasonToLeaveOut(info.titlePath);
      info.skip(reason !== undefined, reason);
      await use();
    },
    { auto: true },
  ],

  control: async ({ cloud }, use, info) => {
    info.skip(!cloud.control, 'only an emulator that the run started itself obeys the tests');
    await use(cloud.control!);
  },

  account: async ({ admin, welcomed }, use) => {
    const run = freshId();
    const created: string[] = [];
    await use(async (name) => {
      const uid = `${name.toLowerCase().replace(/[^a-z0-9]/g, '-')}-${run}`;
      await admin.createUser(uid, name);
      created.push(uid);
      if (welcomed && !(await forgetWelcome(admin, uid))) throw new Error(`nobody welcomed ${uid}`);
      return { uid, name, token: await admin.mint(uid) };
    });
    for (const uid of created) await admin.erase(uid);
  },
  visitor: async ({ browser, cloud, origin }, use) => {
    const opened: BrowserContext[] = [];
    await use(async ({ context, uid = 'a visitor', presence = true } = {}) => {
      const home = context ?? (await browser.newContext());
      if (!context) opened.push(home);
      return Tab.open(await home.newPage(), uid, origin, cloud, presence);
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  signIn: async ({ visitor }, use) => {
    await use(async (account, { presence = true } = {}) => {
      const tab = await visitor({ uid: account.uid, presence });
      await tab.do('login', account.token);
      await tab.online();
      return tab;
    });
  },
  guid: async ({ admin }, use) => {
    const guid = `group-${freshId()}`;
    await use(guid);
    await admin.eraseGroup(guid);
  },
  alice: async ({ account, signIn }, use) => use(await signIn(await account('Alice'))),
  bob: async ({ account, signIn, alice }, use) => {
    void alice;
    await use(await signIn(await account('Bob')));
  },
});
