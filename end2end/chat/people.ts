// People of the site, each with a browser of their own or as a guest in another's.
import { randomBytes } from 'node:crypto';
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { remember } from './secrets.ts';
import { Widget } from './widget.ts';

export interface Account {
  name: string;
  email: string;
  password: string;
}

/** An account that nobody has yet; its name cannot be mistaken for another's. */
export function newAccount(name: string): Account {
  const run = randomBytes(4).toString('hex');
  const password = `Tr0ubadour-${randomBytes(9).toString('base64url')}`;
  remember('password', password);
  return { name: `${name} ${run}`, email: `${name.toLowerCase()}.${run}@example.org`, password };
}

/** One tab on the site. */
export class Visitor {
  readonly widget: Widget;

  constructor(
    readonly page: Page,
    readonly origin: string,
    public account: Account,
  ) {
    this.widget = new Widget(page);
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  get name(): string {
    return this.account.name;
  }

  get header(): Locator {
    return this.page.getByRole('banner');
  }

  field(label: string): Locator {
    return this.page.getByRole('main').getByLabel(label, { exact: true });
  }

  async visit(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`);
  }

  /** Waits until the browser half has taken links and forms over: from then on it scrolls by itself. */
  async awake(): Promise<void> {
    await this.page.waitForFunction(() => history.scrollRestoration === 'manual');
  }

  /** Marks the document that is open: a new one would not have the mark. */
  async mark(): Promise<void> {
    await this.awake();
    await this.page.evaluate(() => void ((window as any).isTheSameDocument = true));
  }

  /** Whether the document is still the one that was marked. */
  sameDocument(): Promise<boolean> {
    return this.page.evaluate(() => (window as any).isTheSameDocument === true);
  }

  /** Fills the form and sends it; says nothing about the outcome. */
  async submitRegistration(account = this.account): Promise<void> {
    await this.visit('/register');
    await this.sendRegistration(account);
  }

  /** The same on the page that is open already. */
  async sendRegistration(account = this.account): Promise<void> {
    await this.field('Name').fill(account.name);
    await this.field('E-mail').fill(account.email);
    await this.field('Password').fill(account.password);
    await this.page.getByRole('main').getByRole('button', { name: 'Create the account' }).click();
  }

  async register(): Promise<void> {
    await this.submitRegistration();
    await this.signedIn();
  }

  async submitLogin(account = this.account): Promise<void> {
    await this.field('E-mail').fill(account.email);
    await this.field('Password').fill(account.password);
    await this.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  }

  async login(): Promise<void> {
    await this.visit('/login');
    await this.submitLogin();
    await this.signedIn();
  }

  async logout(): Promise<void> {
    await this.header.getByRole('button', { name: 'Sign out' }).click();
    await expect(this.header.getByRole('link', { name: 'Sign in' })).toBeVisible();
  }

  async signedIn(): Promise<void> {
    await expect(this.header).toContainText(this.account.name);
    await this.rememberCookies();
  }

  /** Goes to the account page by the link of the header, without loading a new document. */
  async goToAccount(): Promise<void> {
    await this.header.getByRole('link', { name: this.name }).click();
    await expect(this.page.getByRole('heading', { name: 'Account', level: 1 })).toBeVisible();
  }

  /** Who this is in the chat's cloud. */
  uid(): Promise<string> {
    return this.page.evaluate(async () => (await (window as any).CometChat.getLoggedinUser()).getUid());
  }

  private async rememberCookies(): Promise<void> {
    for (const cookie of await this.context.cookies()) if (cookie.httpOnly) remember('session cookie', cookie.value);
  }
}

/** The two in one conversation, open on both sides, with a message of the first one's that the other has. */
export async function together(one: Visitor, other: Visitor, text = 'hello'): Promise<void> {
  await one.widget.open();
  await one.widget.startConversation(other.name);
  await one.widget.send(text);
  await other.widget.open();
  await other.widget.openConversation(one.name);
  await expect(other.widget.message(text)).toBeVisible();
}
