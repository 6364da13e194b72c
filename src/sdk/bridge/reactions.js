// Reactions, by the SDK (4.2.0): its calls as `bridge.js` makes them.

const LIMIT = 20; // as many as the SDK gives in one page

export const reactions = ({ chat, take, person, message }) => ({
  react: ({ id, emoji, added }) => chat()[added ? "addReaction" : "removeReaction"](id, emoji).then(message),

  /** Who reacted; one request gives page after page. */
  async reactedBy({ id, most }) {
    const request = new (chat().ReactionsRequestBuilder)().setMessageId(id).setLimit(LIMIT).build();
    const found = [];
    for (let page; found.length < most && (page = await request.fetchNext()).length; ) found.push(...page);
    return found.map((one) => ({ ...take(one, "Reaction ReactedAt"), person: person(one.getReactedBy()) }));
  },
});
