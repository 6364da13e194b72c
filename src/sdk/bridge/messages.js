// What is done with single messages, by the SDK (4.2.0): calls for the table of `bridge.js`.

const MOST_REACTIONS = 20; // in one page of the SDK's
const MOST_MARKED = 100;

export const messages = ({ chat, take, person, message }) => {
  const details = ({ id }) => chat().getMessageDetails(String(id));

  return {
    details: (asked) => details(asked).then(message),

    react: ({ id, emoji, added }) => chat()[added ? "addReaction" : "removeReaction"](String(id), emoji).then(message),

    /** Who reacted with what; one request gives page after page. */
    async reactedBy({ id, most }) {
      const { ReactionsRequestBuilder } = chat();
      const request = new ReactionsRequestBuilder().setMessageId(id).setLimit(MOST_REACTIONS).build();
      const found = [];
      for (let page; found.length < most && (page = await request.fetchNext()).length; ) found.push(...page);
      return found.map((one) => ({ ...take(one, "Reaction"), person: person(one.getReactedBy()) }));
    },

    async receipts({ id }) {
      const receipts = await chat().getMessageReceipts(String(id));
      return receipts.map((one) => ({ ...take(one, "DeliveredAt ReadAt"), person: person(one.getSender()) }));
    },

    pin: ({ id, on }) => chat()[on ? "pinMessage" : "unpinMessage"](id).then(message),
    save: ({ id, on }) => chat()[on ? "saveMessage" : "unsaveMessage"](id).then(message),

    /** The pinned messages of a conversation, or all that this user has saved. */
    async marked({ peer }) {
      const { MessagesRequestBuilder } = chat();
      const request = new MessagesRequestBuilder().setLimit(MOST_MARKED);
      if (!peer) request.setSaved(true);
      else (peer.kind === "group" ? request.setGUID(peer.id) : request.setUID(peer.id)).setPinned(true);
      return (await request.build().fetchPrevious()).map(message);
    },

    /** The same content to somebody else. */
    async forward({ id, peer, muid }) {
      const { MediaMessage, TextMessage } = chat();
      const source = await details({ id });
      const files = source.getAttachments?.();
      let copy;
      if (files?.length) {
        copy = new MediaMessage(peer.id, "", source.getType(), peer.kind);
        copy.setAttachments(files);
        copy.setCaption(source.getCaption() ?? "");
        copy.setMetadata({ files: source.getMetadata()?.files });
      } else copy = new TextMessage(peer.id, source.getText(), peer.kind);
      copy.setMuid(muid);
      return (await (files?.length ? chat().sendMediaMessage(copy) : chat().sendMessage(copy)).then(message));
    },

    /** Whom a text can name: the members of a group. */
    async members({ guid, search, limit }) {
      const { GroupMembersRequestBuilder } = chat();
      const request = new GroupMembersRequestBuilder(guid).setLimit(limit);
      if (search) request.setSearchKeyword(search);
      return (await request.build().fetchNext()).map(person);
    },
  };
};
