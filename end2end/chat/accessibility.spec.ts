import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { Groups, newName } from './groups.ts';
import type { Guard } from './guard.ts';
import type { Visitor } from './people.ts';

/** The audit, without fetching style sheets again: the policy of the page forbids what axe would do with them. */
async function findings(guard: Guard, person: Visitor): Promise<string[]> {
  // What is still fading in has other colours; what goes round for ever is left alone.
  await person.widget.root.evaluate((host) => {
    const passing = host.shadowRoot!.getAnimations().filter(({ effect }) => effect!.getComputedTiming().iterations !== Infinity);
    return Promise.all(passing.map(({ finished }) => finished.catch(() => {})));
  });
  const audit = new AxeBuilder({ page: person.page }).options({ preload: false });
  const { violations } = await guard.apart(() => audit.analyze());
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${violation.help} (${node.target.join(' ')})`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test('on the pages, signed out', async ({ visitor, guard }) => {
      guard.expect(/status of 404 .*no-such-page/);
      const guest = await visitor('Guest', { browser: { colorScheme } });
      for (const path of ['/', '/register', '/login', '/no-such-page']) {
        await guest.visit(path);
        await expect(guest.widget.launcher).toBeVisible();
        expect(await findings(guard, guest), path).toEqual([]);
      }
    });

    test('in the panel, signed out', async ({ visitor, guard }) => {
      const guest = await visitor('Guest', { browser: { colorScheme } });
      await guest.visit('/');
      await guest.widget.open();
      expect(await findings(guard, guest)).toEqual([]);
    });

    test('on the account page and in every pane of the panel', async ({ member, bob, guard }) => {
      const alice = await member('Alice', { browser: { colorScheme } });
      await alice.visit('/account');
      expect(await findings(guard, alice), 'account').toEqual([]);
      await alice.widget.open();
      expect(await findings(guard, alice), 'no conversation yet').toEqual([]);
      await alice.widget.startConversation(bob.name);
      await alice.widget.send('hello https://example.org');
      await bob.widget.open();
      await bob.widget.openConversation(alice.name);
      await bob.widget.send('hello to you');
      await expect(alice.widget.message('hello to you')).toBeVisible();
      expect(await findings(guard, alice), 'a conversation').toEqual([]);
      await alice.widget.back();
      await expect(alice.widget.row(bob.name)).toBeVisible();
      expect(await findings(guard, alice), 'the list').toEqual([]);
      await alice.widget.newChat();
      expect(await findings(guard, alice), 'new chat').toEqual([]);
    });

    test('in the panes, forms and questions of groups and people', async ({ member, bob, guard }) => {
      const alice = await member('Alice', { browser: { colorScheme } });
      const groups = new Groups(alice);
      await alice.widget.open();
      await alice.widget.newChat();
      await groups.button('Groups').click();
      expect(await findings(guard, alice), 'groups').toEqual([]);
      await groups.button('New group').click();
      await groups.panel.getByRole('radio', { name: 'Password' }).click();
      await groups.pick([bob]);
      expect(await findings(guard, alice), 'the form').toEqual([]);
      await groups.button('Back to conversations').click();
      await groups.button('Back to conversations').click();
      await groups.create(newName('Accessible'), { members: [bob] });
      await groups.openPane();
      await expect(groups.member(bob.name)).toBeVisible();
      expect(await findings(guard, alice), 'the pane').toEqual([]);
      await groups.menuOf(bob.name);
      expect(await findings(guard, alice), 'the menu of a member').toEqual([]);
      await alice.page.keyboard.press('Escape');
      await groups.button('Delete the group').click();
      expect(await findings(guard, alice), 'a question').toEqual([]);
    });
  });
}
