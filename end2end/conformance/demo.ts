// An emulator with its demo people has one who welcomes every newcomer. The behaviours are tried by people to whom nobody
// has written yet, so the welcome is awaited and deleted from the newcomer's view.
import { randomBytes } from 'node:crypto';
import type { Admin } from './admin.ts';

const GUIDE = 'demo-guide';
/** Far longer than a welcome takes; it is on its way when the user is created. */
const PATIENCE = 10_000;

/** Whether somebody welcomes newcomers there: the guide alone may be left of an earlier start. */
export async function welcomes(admin: Admin): Promise<boolean> {
  if ((await admin.call('GET', `/users/${GUIDE}`)).status !== 200) return false;
  const uid = `newcomer-${randomBytes(5).toString('hex')}`;
  await admin.createUser(uid, 'Newcomer');
  const welcomed = await forgetWelcome(admin, uid);
  await admin.erase(uid);
  return welcomed;
}

/** Waits for the welcome and deletes it from the newcomer's view. False: none came. */
export async function forgetWelcome(admin: Admin, uid: string): Promise<boolean> {
  const path = `/users/${GUIDE}/conversation`;
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    const answer = await admin.call('DELETE', path, undefined, { onBehalfOf: uid });
    if (answer.status === 200) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
