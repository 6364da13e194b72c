// @ts-nocheck
// Not checked: the SDK's own declarations are incomplete; what is returned here is plain data with JSDoc types.
// What a test can ask of the official SDK in a page. Every function returns plain data; every listener's event goes to
// the test through the binding `record`. It knows nothing of tests and nothing of the emulator beyond its address.

import { conversation, idOf, message, plainly, receipt, typing, user } from './plain.js';
import { aroundEvents, conversationEvents } from './around.js';
import { groupEvents } from './groups.js';

export * from './around.js';
export * from './groups.js';
export * from './media.js';

/**
 * @import { PlainMessage, PlainUser, PlainConversation } from './plain.js'
 * @typedef {{
 *   uid?: string, limit?: number, messageId?: number, search?: string, types?: string[], categories?: string[],
 *   hideDeleted?: boolean, updatedAfter?: number, updatesOnly?: boolean, unread?: boolean,
 * }} HistoryQuery
 */

const sockets = [];

/** Wraps the page's sockets and, for an emulator on plain http, takes the SDK's hard-coded TLS off its own host. */
function reach(address) {
  const plain = address.protocol === 'http:';
  const locally = (url) => {
    const text = String(url);
    if (!plain) return text;
    if (text.startsWith(`https://${address.host}`)) return `http${text.slice('https'.length)}`;
    if (text.startsWith(`wss://${address.host}`)) return `ws${text.slice('wss'.length)}`;
    return text;
  };
  const { fetch: send, WebSocket: Socket } = window;
  window.fetch = (input, options) => send(typeof input === 'string' ? locally(input) : input, options);
  window.WebSocket = new Proxy(Socket, {
    construct(target, [url, ...rest]) {
      const socket = new target(locally(url), ...rest);
      sockets.push(socket);
      return socket;
    },
  });
}

/** Hands every event of every listener to the test. */
function listen() {
  const { CometChat } = window;
  const names = {
    addMessageListener: [
      CometChat.MessageListener,
      {
        onTextMessageReceived: message, onMediaMessageReceived: message, onCustomMessageReceived: message,
        onMessageEdited: message, onMessageDeleted: message, ...aroundEvents, onInteractiveMessageReceived: message,
        onInteractionGoalCompleted: (it) => ({
          messageId: String(it.getMessageId()), by: it.getSender().getUid(), elements: it.getInteractions().map((one) => one.getElementId()),
        }),
        onMessageModerated: (it) => ({ ...message(it), status: it.getModerationStatus() }),
        onTypingStarted: typing, onTypingEnded: typing,
        onMessagesDelivered: receipt, onMessagesRead: receipt,
        onMessagesDeliveredToAll: receipt, onMessagesReadByAll: receipt,
        onTransientMessageReceived: (it) => ({ sender: idOf(it.getSender()), receiver: it.getReceiverId(), data: it.getData() }),
      },
    ],
    addConversationListener: [CometChat.ConversationListener, conversationEvents],
    addGroupListener: [CometChat.GroupListener, groupEvents],
    addUserListener: [CometChat.UserListener, { onUserOnline: user, onUserOffline: user }],
    addConnectionListener: [
      CometChat.ConnectionListener,
      { onConnected: () => ({}), inConnecting: () => ({}), onDisconnected: () => ({}) },
    ],
    addLoginListener: [
      CometChat.LoginListener,
      {
        loginSuccess: user, loginFailure: (error) => ({ code: error?.code }),
        logoutSuccess: () => ({}), logoutFailure: (error) => ({ code: error?.code }),
      },
    ],
  };
  for (const [add, [Listener, events]] of Object.entries(names)) {
    const handlers = Object.fromEntries(
      Object.entries(events).map(([event, plain]) => [event, (...all) => window.record(event, plain(...all))]),
    );
    CometChat[add]('conformance', new Listener(handlers));
  }
}

/** Whose presence is wanted: everybody's, nobody's, friends', or that of people with these roles.
 * @typedef {boolean | 'friends' | string[]} Presence
 * @param {{ url: string, appId: string, region?: string, presence?: Presence }} cloud */
export async function initialise({ url, appId, region, presence = true }) {
  const address = new URL(url);
  const host = `${address.host}${address.pathname.replace(/\/$/, '')}/v3.0`;
  reach(address);
  listen();
  const settings = new CometChat.AppSettingsBuilder().setRegion(region ?? 'local').autoEstablishSocketConnection(true);
  // CometChat's own cloud the SDK finds by itself.
  if (!region) settings.overrideClientHost(host).overrideAdminHost(host);
  if (presence === true) settings.subscribePresenceForAllUsers();
  if (presence === 'friends') settings.subscribePresenceForFriends();
  if (Array.isArray(presence)) settings.subscribePresenceForRoles(presence);
  return plainly(CometChat.init(appId, settings.build()));
}

/** @param {string} token */
export const login = async (token) => user(await plainly(CometChat.login(token)));
export const logout = async () => void (await plainly(CometChat.logout()));
export const loggedIn = async () => {
  const me = await CometChat.getLoggedinUser();
  return me ? user(me) : null;
};
export const sessionId = () => sessionStorage.getItem('sessionId');
/** @returns {string[]} */
export const storedValues = () => Object.values(localStorage).map(String);
/** @returns {string} */
export const connection = () => CometChat.getConnectionStatus();
/** Closes the socket for good, as the end of the page does. */
export const disconnect = () => void CometChat.disconnect();
/** Closes the socket beneath the SDK, as a lost network does. */
export const dropSocket = () => sockets.at(-1).close(4000, 'dropped by the test');

/**
 * @param {string} to
 * @param {string} text
 * @param {{ muid?: string, metadata?: any, tags?: string[] }} [options]
 */
export async function sendText(to, text, { muid, metadata, tags } = {}) {
  const draft = new CometChat.TextMessage(to, text, 'user');
  if (muid) draft.setMuid(muid);
  if (metadata) draft.setMetadata(metadata);
  if (tags) draft.setTags(tags);
  return message(await plainly(CometChat.sendMessage(draft)));
}
/** Sends one after the other: `<stem> 1` to `<stem> count`.
 * @param {string} to @param {string} stem @param {number} count @returns {Promise<string[]>} */
export async function sendMany(to, stem, count) {
  const ids = [];
  for (let index = 1; index <= count; index += 1) ids.push((await sendText(to, `${stem} ${index}`)).id);
  return ids;
}
/** @param {string} to @param {string} type @param {any} data */
export const sendCustom = async (to, type, data) =>
  message(await plainly(CometChat.sendCustomMessage(new CometChat.CustomMessage(to, 'user', type, data))));
/** @param {string} to @param {any} data */
export const sendTransient = (to, data) => CometChat.sendTransientMessage(new CometChat.TransientMessage(to, 'user', data));
/** @param {string} to @param {string} id @param {string} text */
export async function edit(to, id, text) {
  const draft = new CometChat.TextMessage(to, text, 'user');
  draft.setId(id);
  return message(await plainly(CometChat.editMessage(draft)));
}
/** @param {string} id */
export const remove = async (id) => message(await plainly(CometChat.deleteMessage(id)));
/** @param {string} id */
export const details = async (id) => message(await plainly(CometChat.getMessageDetails(id)));
/** @param {string} id @returns {Promise<{ messageId: string, sender: string, deliveredAt?: number, readAt?: number }[]>} */
export const receipts = async (id) => (await plainly(CometChat.getMessageReceipts(id))).map(receipt);

/** @param {string} to @param {any} [metadata] */
export const startTyping = (to, metadata) => CometChat.startTyping(new CometChat.TypingIndicator(to, 'user', metadata));
/** @param {string} to */
export const endTyping = (to) => CometChat.endTyping(new CometChat.TypingIndicator(to, 'user'));
/** As much published code does: a plain object, which the SDK sends with the receiver type `chat`.
 * @param {string} to */
export const endTypingPlainly = (to) => CometChat.endTyping({ receiverId: to, receiverType: 'user' });

const found = (id) => plainly(CometChat.getMessageDetails(id));
/** @param {string} id */
export const markDelivered = async (id) =>
  void (await plainly(CometChat.markAsDelivered(await found(id))));
/** @param {string} id */
export const markRead = async (id) => void (await plainly(CometChat.markAsRead(await found(id))));
/** A receipt for a message that this user cannot fetch: all that the SDK needs is given by hand.
 * @param {string} id @param {string} receiver @param {string} sender */
export const markReadByHand = async (id, receiver, sender) =>
  void (await plainly(CometChat.markAsRead(id, receiver, 'user', sender)));
/** @param {string} id */
export const markUnread = async (id) =>
  conversation(await plainly(CometChat.markMessageAsUnread(await found(id))));
/** @param {string} uid */
export const markConversationRead = async (uid) => void (await plainly(CometChat.markConversationAsRead(uid, 'user')));
/** @param {string} uid */
export const markConversationDelivered = async (uid) => void (await plainly(CometChat.markConversationAsDelivered(uid, 'user')));

/** Unread messages by sender. @returns {Promise<Record<string, number>>} */
export const unread = async () => (await plainly(CometChat.getUnreadMessageCount())).users ?? {};
/** @param {string} uid @returns {Promise<Record<string, number>>} */
export const unreadFrom = (uid) => plainly(CometChat.getUnreadMessageCountForUser(uid));

/** @param {{ limit?: number, unread?: boolean, search?: string }} [query] */
const conversationsRequest = ({ limit = 30, unread: onlyUnread, search } = {}) => {
  const builder = new CometChat.ConversationsRequestBuilder().setLimit(limit);
  if (onlyUnread) builder.setUnread(true);
  if (search) builder.setSearchKeyword(search);
  return builder.build();
};
/** @param {{ limit?: number, unread?: boolean, search?: string }} [query] @returns {Promise<PlainConversation[]>} */
export const conversations = async (query) => (await plainly(conversationsRequest(query).fetchNext())).map(conversation);
/** Every page of the list until an empty one. @param {number} limit @returns {Promise<string[][]>} */
export async function conversationPages(limit) {
  const request = conversationsRequest({ limit });
  const pages = [];
  for (;;) {
    const page = await plainly(request.fetchNext());
    if (page.length === 0) return pages;
    pages.push(page.map((it) => conversation(it).with));
  }
}
/** @param {string} uid */
export const conversationWith = async (uid) => conversation(await plainly(CometChat.getConversation(uid, 'user')));
/** @param {string} uid */
export const deleteConversation = async (uid) => void (await plainly(CometChat.deleteConversation(uid, 'user')));

/** @param {HistoryQuery} query */
function historyRequest(query) {
  const builder = new CometChat.MessagesRequestBuilder().setLimit(query.limit ?? 30);
  if (query.uid) builder.setUID(query.uid);
  if (query.messageId !== undefined) builder.setMessageId(query.messageId);
  if (query.search) builder.setSearchKeyword(query.search);
  if (query.types) builder.setTypes(query.types);
  if (query.categories) builder.setCategories(query.categories);
  if (query.hideDeleted) builder.hideDeletedMessages(true);
  if (query.unread) builder.setUnread(true);
  if (query.updatedAfter !== undefined) builder.setUpdatedAfter(query.updatedAfter);
  if (query.updatesOnly) builder.updatesOnly(true);
  return builder.build();
}
/** The page before the query's place, or the newest. @param {HistoryQuery} query @returns {Promise<PlainMessage[]>} */
export const before = async (query) => (await plainly(historyRequest(query).fetchPrevious())).map(message);
/** The page after the query's place. @param {HistoryQuery} query @returns {Promise<PlainMessage[]>} */
export const after = async (query) => (await plainly(historyRequest(query).fetchNext())).map(message);
/** Every page in one direction until an empty one, with one request object.
 * @param {HistoryQuery} query @param {'fetchNext' | 'fetchPrevious'} direction @returns {Promise<PlainMessage[][]>} */
export async function pages(query, direction) {
  const request = historyRequest(query);
  const all = [];
  for (;;) {
    const page = await plainly(request[direction]());
    if (page.length === 0) return all;
    all.push(page.map(message));
  }
}
/** The last message that this browser saw. @returns {Promise<number>} */
export const lastSeen = async () => Number(await plainly(CometChat.getLastDeliveredMessageId()));

/** @param {{ search?: string, limit?: number, status?: string }} [query] */
const usersRequest = ({ search, limit = 30, status } = {}) => {
  const builder = new CometChat.UsersRequestBuilder().setLimit(limit);
  if (search) builder.setSearchKeyword(search);
  if (status) builder.setStatus(status);
  return builder.build();
};
/** @param {{ search?: string, limit?: number, status?: string }} [query] @returns {Promise<PlainUser[]>} */
export const users = async (query) => (await plainly(usersRequest(query).fetchNext())).map(user);
/** @param {{ search?: string, limit?: number }} query @returns {Promise<string[][]>} */
export async function userPages(query) {
  const request = usersRequest(query);
  const all = [];
  for (;;) {
    const page = await plainly(request.fetchNext());
    if (page.length === 0) return all;
    all.push(page.map((it) => user(it).uid));
  }
}
/** @param {string} uid */
export const person = async (uid) => user(await plainly(CometChat.getUser(uid)));

/** What the SDK keeps of the login, for a request past the SDK. @returns {Promise<string>} */
export const token = async () => (await CometChat.getLoggedinUser()).getAuthToken();
