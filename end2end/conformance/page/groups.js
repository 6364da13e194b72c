// @ts-nocheck
// Not checked: the SDK's own declarations are incomplete; what is returned here is plain data with JSDoc types.
// What a test can ask of the official SDK about groups. Every function returns plain data.
import { conversation, group, idOf, maybe, member, message, plainly, user } from './plain.js';

/** @import { PlainMessage, PlainUser, PlainConversation, PlainGroup } from './plain.js' */

const about = (action, affected, by, at) => ({
  id: String(action.getId()),
  text: action.getMessage(),
  affected: idOf(affected),
  by: idOf(by),
  group: group(at),
});

/** The group listener's events as plain data. */
export const groupEvents = {
  onGroupMemberJoined: (action, joined, at) => about(action, joined, joined, at),
  onGroupMemberLeft: (action, left, at) => about(action, left, left, at),
  onGroupMemberKicked: (action, kicked, by, at) => about(action, kicked, by, at),
  onGroupMemberBanned: (action, banned, by, at) => about(action, banned, by, at),
  onGroupMemberUnbanned: (action, unbanned, by, at) => about(action, unbanned, by, at),
  onMemberAddedToGroup: (action, added, by, at) => about(action, added, by, at),
  onGroupMemberScopeChanged: (action, changed, scope, before, at) => ({
    ...about(action, changed, undefined, at), scope, before,
  }),
};

/** @param {string} guid @param {string} type @param {{ password?: string, icon?: string, description?: string, metadata?: any, tags?: string[] }} [options] */
export async function createGroup(guid, type, { password, icon, description, metadata, tags } = {}) {
  const draft = new CometChat.Group(guid, `Group ${guid}`, type, password ?? '');
  if (icon) draft.setIcon(icon);
  if (description) draft.setDescription(description);
  if (metadata) draft.setMetadata(metadata);
  if (tags) draft.setTags(tags);
  return group(await plainly(CometChat.createGroup(draft)));
}
/** @param {string} guid @param {Record<string, string>} scopes scope by uid @param {string[]} [banned] */
export async function createGroupWithMembers(guid, scopes, banned = []) {
  const draft = new CometChat.Group(guid, `Group ${guid}`, 'public');
  const answer = await plainly(CometChat.createGroupWithMembers(draft, newMembers(scopes), banned));
  return { group: group(answer.group), members: answer.members };
}
const newMembers = (scopes) => Object.entries(scopes).map(([uid, scope]) => new CometChat.GroupMember(uid, scope));

/** @param {string} guid */
export const groupInfo = async (guid) => group(await plainly(CometChat.getGroup(guid)));
/** @param {string} guid @param {string} name @param {string} [description] */
export async function renameGroup(guid, name, description) {
  const draft = new CometChat.Group(guid, name, 'public');
  if (description) draft.setDescription(description);
  return group(await plainly(CometChat.updateGroup(draft)));
}
/** @param {string} guid @returns {Promise<boolean>} */
export const deleteGroup = (guid) => plainly(CometChat.deleteGroup(guid));
/** @param {string} guid @param {string} [type] @param {string} [password] */
export const joinGroup = async (guid, type = 'public', password = '') =>
  group(await plainly(CometChat.joinGroup(guid, type, password)));
/** @param {string} guid @returns {Promise<boolean>} */
export const leaveGroup = (guid) => plainly(CometChat.leaveGroup(guid));
/** What became of each. @param {string} guid @param {Record<string, string>} scopes @param {string[]} [banned] @returns {Promise<Record<string, string>>} */
export const addMembers = (guid, scopes, banned = []) => plainly(CometChat.addMembersToGroup(guid, newMembers(scopes), banned));
/** @param {string} guid @param {string} uid */
export const kick = async (guid, uid) => void (await plainly(CometChat.kickGroupMember(guid, uid)));
/** @param {string} guid @param {string} uid */
export const ban = async (guid, uid) => void (await plainly(CometChat.banGroupMember(guid, uid)));
/** @param {string} guid @param {string} uid */
export const unban = async (guid, uid) => void (await plainly(CometChat.unbanGroupMember(guid, uid)));
/** @param {string} guid @param {string} uid @param {string} scope */
export const changeScope = async (guid, uid, scope) =>
  void (await plainly(CometChat.updateGroupMemberScope(guid, uid, scope)));
/** @param {string} guid @param {string} uid @returns {Promise<string>} */
export const handOver = (guid, uid) => plainly(CometChat.transferGroupOwnership(guid, uid));

/** @param {{ search?: string, joined?: boolean, limit?: number, tags?: string[] }} [query] @returns {Promise<PlainGroup[]>} */
export async function groups({ search, joined, limit = 30, tags } = {}) {
  const builder = new CometChat.GroupsRequestBuilder().setLimit(limit);
  if (search) builder.setSearchKeyword(search);
  if (joined) builder.joinedOnly(true);
  if (tags) builder.setTags(tags);
  return (await plainly(builder.build().fetchNext())).map(group);
}
/** @param {string} guid @param {{ scopes?: string[], search?: string, limit?: number }} [query]
 * @returns {Promise<(PlainUser & { scope: string })[]>} */
export async function members(guid, { scopes, search, limit = 30 } = {}) {
  const builder = new CometChat.GroupMembersRequestBuilder(guid).setLimit(limit);
  if (scopes) builder.setScopes(scopes);
  if (search) builder.setSearchKeyword(search);
  return (await plainly(builder.build().fetchNext())).map(member);
}
/** Every page until an empty one. @param {string} guid @param {number} limit @returns {Promise<string[][]>} */
export async function memberPages(guid, limit) {
  const request = new CometChat.GroupMembersRequestBuilder(guid).setLimit(limit).build();
  const all = [];
  for (;;) {
    const page = await plainly(request.fetchNext());
    if (page.length === 0) return all;
    all.push(page.map((it) => it.getUid()));
  }
}
/** @param {string} guid @returns {Promise<PlainUser[]>} */
export const banned = async (guid) =>
  (await plainly(new CometChat.BannedMembersRequestBuilder(guid).setLimit(30).build().fetchNext())).map(user);
/** @param {string[]} guids @returns {Promise<Record<string, number>>} */
export const onlineMembers = async (guids) => plainly(CometChat.getOnlineGroupMemberCount(guids));

/** @param {string} guid @param {string} text */
export const sendToGroup = async (guid, text) =>
  message(await plainly(CometChat.sendMessage(new CometChat.TextMessage(guid, text, 'group'))));
/** @param {string} guid @param {{ categories?: string[] }} [query] @returns {Promise<PlainMessage[]>} */
export async function groupHistory(guid, { categories } = {}) {
  const builder = new CometChat.MessagesRequestBuilder().setGUID(guid).setLimit(30);
  if (categories) builder.setCategories(categories);
  return (await plainly(builder.build().fetchPrevious())).map(message);
}
/** @param {string} guid */
export const startTypingInGroup = (guid) => CometChat.startTyping(new CometChat.TypingIndicator(guid, 'group'));
/** @param {string} guid */
export const endTypingInGroupPlainly = (guid) => CometChat.endTyping({ receiverId: guid, receiverType: 'group' });
/** @param {string} guid @param {any} data */
export const sendTransientToGroup = (guid, data) =>
  CometChat.sendTransientMessage(new CometChat.TransientMessage(guid, 'group', data));
/** @param {string} guid */
export const groupConversation = async (guid) => conversation(await plainly(CometChat.getConversation(guid, 'group')));
/** @param {string} guid @param {string[]} tags */
export const tagGroupConversation = async (guid, tags) =>
  conversation(await plainly(CometChat.tagConversation(guid, 'group', tags)));
/** @param {string} guid */
export const deleteGroupConversation = async (guid) => void (await plainly(CometChat.deleteConversation(guid, 'group')));
/** @param {string} guid */
export const markGroupRead = async (guid) => void (await plainly(CometChat.markConversationAsRead(guid, 'group')));
/** Unread messages by group. @returns {Promise<Record<string, number>>} */
export const unreadInGroups = async () => (await plainly(CometChat.getUnreadMessageCount())).groups ?? {};
/** @param {string} guid @returns {Promise<Record<string, number>>} */
export const unreadInGroup = (guid) => plainly(CometChat.getUnreadMessageCountForGroup(guid));
