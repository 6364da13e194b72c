// What a run on CometChat's own cloud leaves out, and why. Everything else is tried there as it stands.

const SETTLED_HERE = 'CometChat documents no behaviour here: this one is the choice of the emulator';
const EMULATORS_ADDRESS = 'it is about the address that the emulator has for everything';
const SOCKETS = 'CometChat does not document that a revoked token closes an open socket';
const UPLOADS = 'uploads by address are a setting of the app ("Presigned URLs")';
const ON_DEMAND = 'only an emulator moderates, and previews links, as a test says';
const PLAN = 'the feature depends on the plan and the settings of the app';

/** By the end of the test's title. */
const LEFT_OUT: Record<string, string> = {
  'the API answers with each version in the path and without one': EMULATORS_ADDRESS,
  'another app is not served': EMULATORS_ADDRESS,
  'no host but the page and the cloud is asked for anything': EMULATORS_ADDRESS,
  "the same message sent again under the sender's own id is stored and told once": SETTLED_HERE,
  'where it stands in the name: it is no wildcard': SETTLED_HERE,
  'what a browser could run is served as a download': SETTLED_HERE,
  'a deleted message takes its file with it': SETTLED_HERE,
  'a body that is no JSON is refused with an error in JSON': SETTLED_HERE,
  'who blocked somebody is not seen by them': SETTLED_HERE,
  'everybody in a group is mentioned at once': SETTLED_HERE,
  'who subscribed to a role hears of the people who have it, and of no others': PLAN,
  'revoking a token closes its socket': SOCKETS,
  'a revoked login gets no message any more': SOCKETS,
  'deleting all tokens of a user ends every session': SOCKETS,
  'deactivating a user ends the session': SOCKETS,
  'files go to an address of their own first, and the message names them': UPLOADS,
  'a blocked user gets no address to upload to': UPLOADS,
  'the settings say how many files a message may have': PLAN,
  'the settings say what may be pinned and saved, and how much': PLAN,
  'a pinned message is pinned for both, until it is unpinned': PLAN,
  'in a group participants do not pin': PLAN,
  "a saved message is one's own, on all one's tabs": PLAN,
  "a conversation is pinned for oneself, on all one's tabs": PLAN,
  'a message is reported with one of the reasons': PLAN,
  'a message that nobody looks at is unmoderated': PLAN,
  'a pending message reaches the other one when it is approved': ON_DEMAND,
  'a disapproved message stays with its sender, who hears of it': ON_DEMAND,
  'a link brings what the extension says of it to both': ON_DEMAND,
};

export const LEFT_OUT_TITLES = Object.keys(LEFT_OUT);

/** Why the test is not tried on CometChat's own cloud; nothing where it is. */
export function reasonToLeaveOut(titlePath: string[]): string | undefined {
  const title = titlePath.at(-1) ?? '';
  return Object.entries(LEFT_OUT).find(([end]) => title.endsWith(end))?.[1];
}
