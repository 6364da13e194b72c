// @ts-nocheck
// Not checked: the SDK's own declarations are incomplete; what is returned here is plain data with JSDoc types.
// What a test can ask of the official SDK about what stands around messages: reactions, threads, quotes, pins, saved
// messages, reports, and blocked users. Every function returns plain data.
import { conversation, message, plainly, user } from './plain.js';

/** @import { PlainMessage, PlainUser, PlainConversation } from './plain.js' */

const reacted = (event) => ({
  messageId: String(event.getReaction().getMessageId()),
  reaction: event.getReaction().getReaction(),
  uid: event.getReaction().getUid(),
  by: event.getReaction().getReactedBy().getName(),
  conversationId: event.getConversationId(),
});

/** The message listener's events about reactions, pins and saved messages, as plain data. */
export const aroundEvents = {
  onMessageReactionAdded: reacted, onMessageReactionRemoved: reacted,
  onMessagePinned: message, onMessageUnpinned: message, onMessageSaved: message, onMessageUnsaved: message,
};
/** The conversation listener's events as plain data. */
export const conversationEvents = { onConversationPinned: conversation, onConversationUnpinned: conversation };

/** How a message stands with moderation. @param {string} id @returns {Promise<string>} */
export const moderationOf = async (id) => (await plainly(CometChat.getMessageDetails(id))).getModerationStatus();
/** What the link-preview extension says of a message. @param {string} id @returns {Promise<any>} */
export const previewsOf = async (id) =>
  (await plainly(CometChat.getMessageDetails(id))).getMetadata()?.['@injected']?.extensions?.['link-preview']?.links;

/** @typedef {{ reaction: string, count: number, mine: boolean }} PlainReaction */
/** @returns {PlainReaction[]} */
const reactionsOf = (object) =>
  object.getReactions().map((it) => ({ reaction: it.getReaction(), count: it.getCount(), mine: it.getReactedByMe() }));

/** @param {string} id @param {string} reaction @returns {Promise<PlainReaction[]>} */
export const react = async (id, reaction) => reactionsOf(await plainly(CometChat.addReaction(id, reaction)));
/** @param {string} id @param {string} reaction @returns {Promise<PlainReaction[]>} */
export const unreact = async (id, reaction) => reactionsOf(await plainly(CometChat.removeReaction(id, reaction)));
/** @param {string} id @returns {Promise<PlainReaction[]>} */
export const reactions = async (id) => reactionsOf(await plainly(CometChat.getMessageDetails(id)));
/** Every page until an empty one: reaction and uid. @param {string} id @param {number} limit @param {string} [reaction] @returns {Promise<string[][]>} */
export async function reactionPages(id, limit, reaction) {
  const builder = new CometChat.ReactionsRequestBuilder().setMessageId(id).setLimit(limit);
  if (reaction) builder.setReaction(reaction);
  const request = builder.build();
  const all = [];
  for (;;) {
    const page = await plainly(request.fetchNext());
    if (page.length === 0) return all;
    all.push(page.map((it) => `${it.getReaction()} ${it.getUid()}`));
  }
}

/** @param {string} to @param {string} parent @param {string} text @param {'user' | 'group'} [type] */
export async function reply(to, parent, text, type = 'user') {
  const draft = new CometChat.TextMessage(to, text, type);
  draft.setParentMessageId(Number(parent));
  return around(await plainly(CometChat.sendMessage(draft)));
}
/** @param {string} to @param {string} quoted @param {string} text */
export async function quote(to, quoted, text) {
  const draft = new CometChat.TextMessage(to, text, 'user');
  draft.setQuotedMessageId(Number(quoted));
  return around(await plainly(CometChat.sendMessage(draft)));
}
/** A message with what stands around it. */
const around = (object) => ({
  ...message(object),
  parent: object.getParentMessageId() ? String(object.getParentMessageId()) : undefined,
  replies: object.getReplyCount() ?? 0,
  unreadReplies: object.getUnreadRepliesCount() ?? 0,
  followed: object.isThreadSubscribed(),
  quoted: object.getQuotedMessage() ? message(object.getQuotedMessage()) : undefined,
  mentioned: object.getMentionedUsers().map((it) => it.getUid()),
  mentionsMe: object.hasMentionedMe(),
  pinnedBy: object.getPinnedBy(),
  pinned: object.isPinned(),
  saved: object.isSaved(),
});
/** @typedef {ReturnType<typeof around>} Around */
/** @param {string} id @returns {Promise<Around>} */
export const detailsAround = async (id) => around(await plainly(CometChat.getMessageDetails(id)));
/** @param {string} parent @param {{ uid?: string, guid?: string }} [where] @returns {Promise<PlainMessage[]>} */
export async function thread(parent, { uid, guid } = {}) {
  const builder = new CometChat.MessagesRequestBuilder().setLimit(30).setParentMessageId(Number(parent));
  if (uid) builder.setUID(uid);
  if (guid) builder.setGUID(guid);
  return (await plainly(builder.build().fetchPrevious())).map(message);
}
/** @param {number} limit @param {{ guid?: string }} [where] */
export async function threads(limit, { guid } = {}) {
  const builder = new CometChat.ThreadsRequestBuilder().setLimit(limit);
  if (guid) builder.setGuid(guid);
  const request = builder.build();
  const all = [];
  while (request.hasMore()) {
    for (const it of await plainly(request.fetchNext())) {
      all.push({
        parent: String(it.getParentMessageId()), replies: it.getReplyCount(), unread: it.getUnreadReplyCount(),
        last: it.getLastReply().getText(),
      });
    }
  }
  return all;
}
/** @param {string} id @returns {Promise<string>} */
export const follow = (id) => plainly(CometChat.subscribeToThread(Number(id)));
/** @param {string} id @returns {Promise<string>} */
export const unfollow = (id) => plainly(CometChat.unsubscribeFromThread(Number(id)));
/** @param {{ uid?: string, mentioned?: string[], hasMentions?: boolean, hasReactions?: boolean, hasLinks?: boolean, hideReplies?: boolean, pinned?: boolean, saved?: boolean }} query @returns {Promise<PlainMessage[]>} */
export async function filtered(query) {
  const builder = new CometChat.MessagesRequestBuilder().setLimit(30);
  if (query.uid) builder.setUID(query.uid);
  if (query.mentioned) builder.setMentionedUIDs(query.mentioned);
  if (query.hasMentions) builder.hasMentions(true);
  if (query.hasReactions) builder.hasReactions(true);
  if (query.hasLinks) builder.hasLinks(true);
  if (query.hideReplies) builder.hideReplies(true);
  if (query.pinned) builder.setPinned(true);
  if (query.saved) builder.setSaved(true);
  return (await plainly(builder.build().fetchPrevious())).map(message);
}

/** @param {string} id */
export const pin = async (id) => around(await plainly(CometChat.pinMessage(id)));
/** @param {string} id */
export const unpin = async (id) => around(await plainly(CometChat.unpinMessage(id)));
/** @param {string} id */
export const save = async (id) => around(await plainly(CometChat.saveMessage(id)));
/** @param {string} id */
export const unsave = async (id) => around(await plainly(CometChat.unsaveMessage(id)));
/** @param {string} uid @returns {Promise<boolean>} */
export const pinConversation = async (uid) => (await plainly(CometChat.pinConversation(uid, 'user'))).isPinned();
/** @param {string} uid @returns {Promise<boolean>} */
export const unpinConversation = async (uid) => (await plainly(CometChat.unpinConversation(uid, 'user'))).isPinned();
/** @returns {Promise<PlainConversation[]>} */
export const pinnedConversations = async () =>
  (await plainly(new CometChat.ConversationsRequestBuilder().setLimit(30).setPinnedBy(['me']).build().fetchNext())).map(conversation);
/** What the settings say may be pinned and saved. */
export const pinLimits = async () => ({
  enabled: [await CometChat.isPinMessageEnabled(), await CometChat.isSaveMessageEnabled(), await CometChat.isPinConversationEnabled()],
  limits: [await CometChat.getPinnedMessagesLimit(), await CometChat.getSavedMessagesLimit(), await CometChat.getPinnedConversationsLimit()],
});
/** @returns {Promise<string[]>} */
export const flagReasons = async () => (await plainly(CometChat.getFlagReasons())).map((it) => it.id);
/** @param {string} id @param {string} reasonId @param {string} [remark] */
export const flag = async (id, reasonId, remark) => void (await plainly(CometChat.flagMessage(id, { reasonId, remark })));

/** @param {string[]} uids @returns {Promise<Record<string, { success: boolean }>>} */
export const block = (uids) => plainly(CometChat.blockUsers(uids));
/** @param {string[]} uids @returns {Promise<Record<string, { success: boolean }>>} */
export const unblock = (uids) => plainly(CometChat.unblockUsers(uids));
/** @param {'blockedByMe' | 'hasBlockedMe'} direction @returns {Promise<string[]>} */
export const blocked = async (direction) => {
  const request = new CometChat.BlockedUsersRequestBuilder().setLimit(30).setDirection(direction).build();
  return (await plainly(request.fetchNext())).map((it) => user(it).uid);
};
/** @param {string} uid */
export const blockState = async (uid) => {
  const person = await plainly(CometChat.getUser(uid));
  return { byMe: person.getBlockedByMe(), byThem: person.getHasBlockedMe() };
};
/** @param {string} search @returns {Promise<string[]>} */
export const unblockedUsers = async (search) => {
  const request = new CometChat.UsersRequestBuilder().setLimit(30).setSearchKeyword(search).hideBlockedUsers(true).build();
  return (await plainly(request.fetchNext())).map((it) => user(it).uid);
};

/** @param {string} to @param {string[]} elements which all have to be used */
export async function sendForm(to, elements) {
  const goal = new CometChat.InteractionGoal(CometChat.GoalType.ALL_OF, elements);
  return message(await plainly(CometChat.sendInteractiveMessage(new CometChat.InteractiveMessage(to, 'user', 'form', { elements }, goal))));
}
/** @param {string} id @param {string} element */
export const interact = async (id, element) =>
  void (await plainly(CometChat.markAsInteracted(id, new CometChat.Interaction(element, Math.floor(Date.now() / 1000)))));
/** The elements that this user has used. @param {string} id @returns {Promise<string[]>} */
export const interactionsOf = async (id) =>
  ((await plainly(CometChat.getMessageDetails(id))).getInteractions() ?? []).map((one) => one.getElementId());
