// The widget as a person meets it: found by roles and names, never by the shape of its markup.
import { expect, type Locator, type Page } from '@playwright/test';
import { Sockets } from './sockets.ts';

export type Receipt = 'Sent' | 'Delivered' | 'Read';

export class Widget {
  readonly root: Locator;
  readonly launcher: Locator;
  readonly badge: Locator;
  readonly panel: Locator;
  /** Below the name of the other side: presence or typing. */
  readonly status: Locator;
  readonly conversations: Locator;
  readonly log: Locator;
  readonly typing: Locator;
  readonly composer: Locator;
  /** The thin bar that says that the connection is lost. */
  readonly linkBar: Locator;
  readonly retry: Locator;
  readonly signIn: Locator;
  readonly sockets: Sockets;

  constructor(readonly page: Page) {
    this.root = page.locator('.chat-widget');
    this.launcher = this.root.locator('.launcher');
    this.badge = this.launcher.locator('.badge');
    this.panel = this.root.getByRole('dialog');
    this.status = this.panel.locator('.main .status');
    this.conversations = this.panel.getByRole('list', { name: 'Conversations' });
    this.log = this.panel.getByRole('log');
    this.typing = this.status.filter({ hasText: 'typing…' });
    this.composer = this.panel.getByRole('textbox', { name: 'Write a message' });
    this.linkBar = this.panel.locator('.link-bar');
    this.signIn = this.panel.getByRole('link', { name: 'Sign in' });
    this.retry = this.panel.getByRole('button', { name: 'Try again' });
    this.sockets = new Sockets(page);
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await expect(this.panel).toBeVisible();
    // While it grows out of the launcher's corner it is smaller and paler than it will be.
    await this.panel.evaluate((panel) => Promise.all(panel.getAnimations().map((animation) => animation.finished)));
  }

  async close(): Promise<void> {
    await this.launcher.click();
    await expect(this.panel).toBeHidden();
  }

  /** A conversation's row in the list. */
  row(name: string): Locator {
    return this.conversations.getByRole('listitem').filter({ hasText: name });
  }

  /** What opens the conversation; beside it stands the row's menu. */
  rowButton(name: string): Locator {
    return this.row(name).getByRole('button').first();
  }

  async openConversation(name: string): Promise<void> {
    await this.rowButton(name).click();
    await expect(this.composer).toBeVisible();
  }

  async newChat(): Promise<void> {
    await this.panel.locator('.header').getByRole('button', { name: 'New chat' }).click();
    await expect(this.panel.getByRole('searchbox')).toBeFocused();
  }

  /** Looks somebody up and opens an empty conversation with them. */
  async startConversation(name: string): Promise<void> {
    await this.newChat();
    await this.panel.getByRole('searchbox').fill(name);
    await this.panel.getByRole('button', { name }).click();
    await expect(this.composer).toBeVisible();
  }

  /** From a conversation to the list, where one pane is shown at a time. */
  async back(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Back to conversations' }).click();
  }

  /** A message in the log, by its text. */
  message(text: string): Locator {
    return this.log.getByRole('article').filter({ hasText: text });
  }

  /** The texts of the log from top to bottom. */
  texts(): Promise<string[]> {
    return this.log
      .locator('.bubble:not(.dots)')
      .evaluateAll((bubbles) =>
        bubbles.map((bubble) => [...bubble.childNodes].filter((node) => !(node as Element).matches?.('.unseen')).map((node) => node.textContent).join('')),
      );
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.message(text)).toBeVisible();
  }

  /** Tries to send a text that the cloud will not take; the answer is what stands below it. */
  async sendInVain(text: string): Promise<Locator> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    return this.message(text).locator('.failure');
  }

  /** Sends further texts to the one whom the browser's SDK wrote to last, past the widget: for a long history. */
  async sendMany(texts: string[]): Promise<void> {
    // Whom the browser wrote to last, the cloud is asked: it has to have the message that the widget shows already.
    await expect(this.log.getByRole('article')).not.toHaveCount(0);
    await expect(this.log.getByTitle('Sending', { exact: true })).toHaveCount(0);
    await this.page.evaluate(async (texts) => {
      const sdk = (window as any).CometChat;
      const [to] = await new sdk.ConversationsRequestBuilder().setLimit(1).build().fetchNext();
      for (const text of texts) await sdk.sendMessage(new sdk.TextMessage(to.getConversationWith().getUid(), text, 'user'));
    }, texts);
  }

  /** Waits until the message carries this receipt. */
  async receipt(text: string, state: Receipt): Promise<void> {
    await expect(this.message(text).getByTitle(state, { exact: true })).toBeVisible();
  }

  /** Opens the menu of a message. */
  async menu(text: string): Promise<Locator> {
    await this.message(text).hover();
    await this.message(text).getByRole('button', { name: 'Message actions' }).click();
    return this.message(text).getByRole('menu');
  }

  /** Chooses an action of a message. */
  async act(text: string, action: string): Promise<void> {
    const menu = await this.menu(text);
    const entry = { name: action, exact: true };
    // The quick reactions say whether they are set.
    await menu.getByRole('menuitem', entry).or(menu.getByRole('menuitemcheckbox', entry)).click();
  }

  /** What lies over the conversation. */
  sheet(name: string): Locator {
    return this.panel.getByRole('dialog', { name, exact: true });
  }

  async confirm(action: 'Delete'): Promise<void> {
    await this.root.getByRole('alertdialog').getByRole('button', { name: action }).click();
  }

  /** Waits for the greeting that the emulator's demo guide sends to everybody new: one conversation, one unread. */
  async welcomed(): Promise<void> {
    await expect(this.badge).toHaveText('1', { timeout: 20_000 });
    await this.connected();
  }

  connected(): Promise<void> {
    return this.sockets.connected();
  }

  /** The name of what has the focus, within the widget or outside. */
  focusedName(): Promise<string> {
    return this.page.evaluate(() => {
      let element = document.activeElement as HTMLElement | null;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement as HTMLElement;
      const labels = (element as HTMLInputElement | null)?.labels;
      return element?.getAttribute('aria-label') ?? labels?.[0]?.textContent?.trim() ?? element?.textContent?.trim() ?? '';
    });
  }

  /** Everything that this browser keeps for the site. */
  storage(): Promise<string[]> {
    return this.page.evaluate(() => Object.entries(localStorage).map(([key, value]) => `${key}=${value}`));
  }
}
