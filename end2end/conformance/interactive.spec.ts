import { expect, test } from './fixtures.ts';

test.describe('interactive messages', () => {
  test('the sender of a form hears when all of its elements were used', async ({ alice, bob }) => {
    const sent = await alice.do('sendForm', bob.uid, ['name', 'send']);
    expect(sent).toMatchObject({ category: 'interactive', type: 'form' });
    await bob.event('onInteractiveMessageReceived', (it) => it.id === sent.id);
    await bob.do('interact', sent.id, 'name');
    expect(await bob.do('interactionsOf', sent.id)).toEqual(['name']);
    await bob.do('interact', sent.id, 'send');
    const told = await alice.event('onInteractionGoalCompleted', (it) => it.messageId === sent.id);
    expect(told).toMatchObject({ by: bob.uid, elements: ['name', 'send'] });
    expect(alice.seen('onInteractionGoalCompleted')).toHaveLength(1);
  });

  test('who sent it does not use it, unless it says so', async ({ alice, bob }) => {
    const sent = await alice.do('sendForm', bob.uid, ['send']);
    await expect(alice.do('interact', sent.id, 'send')).rejects.toThrow();
    expect(await alice.do('interactionsOf', sent.id)).toEqual([]);
  });
});
