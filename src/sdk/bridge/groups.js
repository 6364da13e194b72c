// Groups, what is done with conversations as a whole, and with people, by the SDK (4.2.0): its calls as `bridge.js`
// makes them. Each answer names what it holds. Each builder of a request is asked for one page.

const AROUND = 15; // messages on each side of one that is looked for

export const groups = ({ chat, person, counterpart, message, conversation, receiver, others }) => {
  const paged = (Builder, of, { page, limit }) => new (chat()[Builder])(of).setLimit(limit).setPage(page - 1);
  const one = (promise) => promise.then((group) => ({ groups: [counterpart(group)] }));
  const member = (user) => ({ ...person(user), scope: user.getScope?.() });
  const list = (name, request, convert) => others(request.build(), convert).then((found) => ({ [name]: found }));
  const draft = ({ guid, name, kind, password, icon, description }) => {
    // An empty password would be taken for the group's new one.
    const group = new (chat().Group)(guid, name, kind, password || undefined);
    group.setIcon(icon);
    group.setDescription(description);
    return group;
  };
  const newcomers = (uids) => uids.map((uid) => new (chat().GroupMember)(uid, "participant"));
  const messages = (limit) => new (chat().MessagesRequestBuilder)().setLimit(limit);
  const within = (request, { kind, id }) => (kind === "group" ? request.setGUID(id) : request.setUID(id));
  const older = (request, limit) =>
    request.build().fetchPrevious().then((list) => ({ messages: list.map(message), isFirst: list.length < limit }));

  return {
    group: ({ guid }) => one(chat().getGroup(guid)),

    groups({ search, ...page }) {
      const request = paged("GroupsRequestBuilder", undefined, page);
      return list("groups", search ? request.setSearchKeyword(search) : request, counterpart);
    },

    // Without anybody to add the SDK fails at an answer that names none.
    createGroup: ({ names, ...group }) =>
      one(
        names.length
          ? chat().createGroupWithMembers(draft(group), newcomers(names), []).then(({ group }) => group)
          : chat().createGroup(draft(group)),
      ),

    updateGroup: (group) => one(chat().updateGroup(draft(group))),
    deleteGroup: ({ guid }) => chat().deleteGroup(guid),
    /** Whoever is in already, by another tab or by somebody who added them, is where they wanted to be. */
    joinGroup: ({ guid, kind, password }) =>
      one(chat().joinGroup(guid, kind, password).catch((error) => {
        if (error.code !== "ERR_ALREADY_JOINED") throw error;
        return chat().getGroup(guid);
      })),
    leaveGroup: ({ guid }) => chat().leaveGroup(guid),
    groupMembers: ({ guid, ...page }) => list("members", paged("GroupMembersRequestBuilder", guid, page), member),
    bannedMembers: ({ guid, ...page }) => list("members", paged("BannedMembersRequestBuilder", guid, page), member),

    /** Those who could not be added, each with why, are told of as one failure. */
    async addMembers({ guid, names }) {
      const outcome = Object.values(await chat().addMembersToGroup(guid, newcomers(names), []));
      const refusal = outcome.find((one) => one !== "success");
      if (refusal) throw { code: "NOT_ADDED", message: refusal };
    },

    removeMember: ({ guid, uid, on }) => chat()[on ? "banGroupMember" : "kickGroupMember"](guid, uid),
    unbanMember: ({ guid, uid }) => chat().unbanGroupMember(guid, uid),
    changeScope: ({ guid, uid, scope }) => chat().updateGroupMemberScope(guid, uid, scope),
    handOver: ({ guid, uid }) => chat().transferGroupOwnership(guid, uid),

    pinConversation: ({ peer, on }) =>
      chat()[on ? "pinConversation" : "unpinConversation"](...receiver(peer)).then(() => {}),
    /** Of all tags, of which another tab or the site itself may have set some meanwhile, this one changes. */
    async tagConversation({ peer, tag, on }) {
      const tags = (await chat().getConversation(...receiver(peer))).getTags() ?? [];
      await chat().tagConversation(...receiver(peer), tags.filter((one) => one !== tag).concat(on ? tag : []));
    },
    deleteConversation: ({ peer }) => chat().deleteConversation(...receiver(peer)),
    markUnread: async ({ id }) => ({
      conversation: conversation(await chat().markMessageAsUnread(await chat().getMessageDetails(id))),
    }),

    findMessages: ({ search, limit }) => older(messages(limit).setSearchKeyword(search).hideDeletedMessages(true), limit),

    /** A message between those before and those after it; alone, where nobody knows yet in which conversation it is. */
    async messagesAround({ peer, id }) {
      if (!peer) return { messages: [message(await chat().getMessageDetails(id))] };
      const beside = () => {
        const request = within(messages(AROUND), peer).setMessageId(id);
        return (peer.thread ? request.setParentMessageId(peer.thread) : request.hideReplies(true)).build();
      };
      const [before, it, after] = await Promise.all([
        beside().fetchPrevious(),
        chat().getMessageDetails(id),
        beside().fetchNext(),
      ]);
      return {
        messages: [...before, it, ...after].map(message),
        isFirst: before.length < AROUND,
        isLast: after.length < AROUND,
      };
    },

    sharedFiles({ peer, id, limit }) {
      const request = within(messages(limit), peer).hasAttachments(true).hideDeletedMessages(true);
      return older(id ? request.setMessageId(id) : request, limit);
    },

    block: ({ uid, on }) => chat()[on ? "blockUsers" : "unblockUsers"]([uid]),
    blockedPeople: (page) =>
      list("members", paged("BlockedUsersRequestBuilder", undefined, page).setDirection("blockedByMe"), member),
    flagReasons: async () => ({ reasons: await chat().getFlagReasons() }),
    report: ({ id, reasonId, remark }) => chat().flagMessage(String(id), { reasonId, remark }),
  };
};
