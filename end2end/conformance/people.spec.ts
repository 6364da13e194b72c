import { expect, test } from './fixtures.ts';

test.describe('people', () => {
  test('are found by a part of the name, whatever its case', async ({ alice, account }) => {
    const { uid } = await account('Zébulon Quatremer');
    expect((await alice.do('users', { search: 'ZÉbulon quatreM', limit: 100 })).map((it) => it.uid)).toContain(uid);
  });

  test('are found by the uid', async ({ alice, bob }) => {
    expect((await alice.do('users', { search: bob.uid })).map((it) => it.uid)).toEqual([bob.uid]);
  });

  test('who match nothing are not listed', async ({ alice }) => {
    expect(await alice.do('users', { search: 'no such person at all' })).toEqual([]);
  });

  for (const sign of ['%', '_']) {
    test(`are found by "${sign}" only where it stands in the name: it is no wildcard`, async ({ alice, bob, account }) => {
      const { uid } = await account(`Half ${sign} half`);
      const found = (await alice.do('userPages', { search: sign, limit: 100 })).flat();
      expect(found).toContain(uid);
      expect(found).not.toContain(bob.uid);
    });
  }

  test('come in pages, with none twice and none missing', async ({ alice, account }) => {
    const wanted: string[] = [];
    for (let index = 0; index < 5; index += 1) wanted.push((await account(`Paged person ${index}`)).uid);
    const suffix = wanted[0].slice('paged-person-0-'.length);
    const pages = await alice.do('userPages', { search: suffix, limit: 2 });
    const found = pages.flat().filter((uid) => uid.startsWith('paged-person-'));
    expect([...found].sort()).toEqual(wanted);
    expect(pages.every((page) => page.length <= 2)).toBe(true);
  });

  test('are found one by one', async ({ alice, bob }) => {
    expect(await alice.do('person', bob.uid)).toMatchObject({ uid: bob.uid, name: 'Bob', status: 'online' });
  });

  test('who do not exist are not found', async ({ alice }) => {
    await expect(alice.do('person', 'nobody-at-all')).rejects.toThrow('[ERR_UID_NOT_FOUND]');
  });

  test('who are deactivated are not found any more', async ({ alice, account, admin }) => {
    const carol = await account('Carol');
    await admin.data('DELETE', `/users/${carol.uid}`, { permanent: false });
    await expect(alice.do('person', carol.uid)).rejects.toThrow('[ERR_UID_NOT_FOUND]');
  });

  test('carry their new name after an update', async ({ alice, account, admin }) => {
    const carol = await account('Carol');
    await admin.data('PUT', `/users/${carol.uid}`, { name: 'Caroline' });
    expect((await alice.do('person', carol.uid)).name).toBe('Caroline');
  });
});
