// @ts-nocheck
// Not checked: the SDK's own declarations are incomplete; what is returned here is plain data with JSDoc types.
// The SDK's objects as plain data, and its rejections as errors that a test can match.

/**
 * @typedef {{
 *   id: string, muid?: string, category: string, type: string, text?: string, conversationId: string,
 *   sender: string, receiver: string, receiverType: string, sentAt: number, updatedAt?: number,
 *   deliveredAt?: number, readAt?: number, deliveredToMeAt?: number, readByMeAt?: number,
 *   editedAt?: number, editedBy?: string, deletedAt?: number, deletedBy?: string,
 *   custom?: any, metadata?: any, tags?: string[], raw: string,
 * }} PlainMessage
 * @typedef {{ uid: string, name: string, avatar?: string, status: string, lastActiveAt?: number }} PlainUser
 * @typedef {{ id: string, with: string, unread: number, unreadMentions: number, lastRead?: string, last?: PlainMessage, tags?: string[] }} PlainConversation
 * @typedef {{
 *   guid: string, name: string, type: string, owner?: string, icon?: string, description?: string, scope?: string,
 *   members: number, hasJoined: boolean, joinedAt?: number, metadata?: any, tags?: string[],
 * }} PlainGroup
 */

export const maybe = (object, getter) => {
  const value = typeof object?.[getter] === 'function' ? object[getter]() : undefined;
  return value === null ? undefined : value;
};
export const idOf = (entity) => (entity && typeof entity === 'object' ? (maybe(entity, 'getUid') ?? maybe(entity, 'getGuid')) : entity);

/** @returns {PlainMessage} */
export function message(object) {
  return {
    id: String(object.getId()),
    muid: maybe(object, 'getMuid') || undefined,
    category: object.getCategory(),
    type: object.getType(),
    text: maybe(object, 'getText'),
    conversationId: maybe(object, 'getConversationId'),
    sender: idOf(object.getSender()),
    receiver: idOf(maybe(object, 'getReceiver')) ?? object.getReceiverId(),
    receiverType: object.getReceiverType(),
    sentAt: object.getSentAt(),
    updatedAt: maybe(object, 'getUpdatedAt') || undefined,
    deliveredAt: maybe(object, 'getDeliveredAt') || undefined,
    readAt: maybe(object, 'getReadAt') || undefined,
    deliveredToMeAt: maybe(object, 'getDeliveredToMeAt') || undefined,
    readByMeAt: maybe(object, 'getReadByMeAt') || undefined,
    editedAt: maybe(object, 'getEditedAt') || undefined,
    editedBy: maybe(object, 'getEditedBy') || undefined,
    deletedAt: maybe(object, 'getDeletedAt') || undefined,
    deletedBy: maybe(object, 'getDeletedBy') || undefined,
    custom: maybe(object, 'getCustomData'),
    metadata: maybe(object, 'getMetadata'),
    tags: maybe(object, 'getTags'),
    raw: JSON.stringify(object),
  };
}

/** @returns {PlainUser} */
export const user = (object) => ({
  uid: object.getUid(),
  name: object.getName(),
  avatar: maybe(object, 'getAvatar') || undefined,
  status: object.getStatus(),
  lastActiveAt: maybe(object, 'getLastActiveAt') || undefined,
});

/** @returns {PlainConversation} */
export const conversation = (object) => ({
  id: object.getConversationId(),
  with: idOf(object.getConversationWith()),
  unread: Number(object.getUnreadMessageCount()),
  unreadMentions: Number(object.getUnreadMentionsCount() ?? 0),
  lastRead: maybe(object, 'getLastReadMessageId') || undefined,
  last: object.getLastMessage()?.getId ? message(object.getLastMessage()) : undefined,
  tags: maybe(object, 'getTags'),
});

export const receipt = (object) => ({
  messageId: String(object.getMessageId()),
  type: object.getReceiptType(),
  sender: idOf(object.getSender()),
  receiver: object.getReceiver(),
  deliveredAt: maybe(object, 'getDeliveredAt') || undefined,
  readAt: maybe(object, 'getReadAt') || undefined,
});
export const typing = (object) => ({
  sender: idOf(object.getSender()),
  receiver: object.getReceiverId(),
  receiverType: object.getReceiverType(),
  metadata: maybe(object, 'getMetadata'),
});

/** A rejection of the SDK as an Error whose message is its code, so that a test can match it. */
export async function plainly(promise) {
  try {
    return await promise;
  } catch (error) {
    throw new Error(`[${error?.code ?? 'no code'}] ${error?.message ?? String(error)}`);
  }
}

/** @returns {PlainGroup} */
export const group = (object) => ({
  guid: object.getGuid(),
  name: object.getName(),
  type: object.getType(),
  owner: maybe(object, 'getOwner') || undefined,
  icon: maybe(object, 'getIcon') || undefined,
  description: maybe(object, 'getDescription') || undefined,
  scope: maybe(object, 'getScope') || undefined,
  members: object.getMembersCount(),
  hasJoined: object.getHasJoined(),
  joinedAt: maybe(object, 'getJoinedAt') || undefined,
  metadata: maybe(object, 'getMetadata'),
  tags: maybe(object, 'getTags'),
});
/** @returns {PlainUser & { scope: string, joinedAt?: number }} */
export const member = (object) => ({ ...user(object), scope: object.getScope(), joinedAt: maybe(object, 'getJoinedAt') || undefined });
