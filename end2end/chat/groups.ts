// Groups as people meet them in the widget: found by roles and names.
import { expect, type Locator } from '@playwright/test';
import type { Visitor } from './people.ts';

export type Kind = 'Public' | 'Password' | 'Private';

export class Groups {
  readonly panel: Locator;
  readonly dialog: Locator;
  /** Who is in the group, in its pane. */
  readonly members: Locator;
  /** What stands in the composer's place. */
  readonly instead: Locator;
  /** What happened in the group, between the messages. */
  readonly events: Locator;

  constructor(readonly person: Visitor) {
    this.panel = person.widget.panel;
    this.dialog = person.widget.root.getByRole('alertdialog');
    this.members = this.panel.getByRole('list', { name: 'Members' });
    this.instead = this.panel.locator('.instead');
    this.events = this.panel.locator('.event');
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  async create(name: string, { kind = 'Public' as Kind, password = '', members = [] as Visitor[] } = {}): Promise<void> {
    await this.person.widget.newChat();
    await this.button('New group').click();
    await expect(this.panel.getByLabel('Name of the group')).toBeFocused();
    await this.panel.getByLabel('Name of the group').fill(name);
    await this.panel.getByRole('radio', { name: kind }).click();
    if (password) await this.panel.getByLabel('Password', { exact: true }).fill(password);
    await this.pick(members);
    await this.button('Create the group').click();
    await expect(this.person.widget.composer).toBeVisible();
    await expect(this.title).toHaveText(name);
  }

  get title(): Locator {
    return this.panel.locator('.main .title');
  }

  async pick(people: Visitor[]): Promise<void> {
    for (const { name } of people) {
      await this.panel.getByRole('searchbox').fill(name);
      await this.panel.getByRole('checkbox', { name }).click();
      await expect(this.panel.getByRole('checkbox', { name })).toBeChecked();
    }
  }

  /** Looks for a group among all; the answer is its row. */
  async find(name: string): Promise<Locator> {
    await this.person.widget.newChat();
    await this.button('Groups').click();
    await this.panel.getByRole('searchbox').fill(name);
    return this.panel.getByRole('list', { name: 'Groups' }).getByRole('button', { name });
  }

  async join(name: string): Promise<void> {
    await (await this.find(name)).click();
    await expect(this.person.widget.composer).toBeVisible();
  }

  async openPane(): Promise<void> {
    await this.title.getByRole('button').click();
    await expect(this.button('Back to the conversation')).toBeFocused();
  }

  member(name: string): Locator {
    return this.members.getByRole('listitem').filter({ hasText: name });
  }

  /** Opens what can be done with a member. */
  async menuOf(name: string): Promise<Locator> {
    await this.member(name).getByRole('button').click();
    return this.member(name).getByRole('menu');
  }

  async act(name: string, action: string): Promise<void> {
    await (await this.menuOf(name)).getByRole('menuitem', { name: action, exact: true }).click();
  }

  async confirm(label: string): Promise<void> {
    await this.dialog.getByRole('button', { name: label, exact: true }).click();
    await expect(this.dialog).toBeHidden();
  }
}

/** A name that no other group has. */
export const newName = (name: string): string => `${name} ${Math.random().toString(36).slice(2, 8)}`;
