// The one place that touches the CometChat SDK (4.2.0), a script of the page's own origin. It turns the SDK's objects
// into flat JSON, getter by getter; what the JSON means is `protocol`'s affair, and what to do when is `lifecycle`'s.

const ID = "leptos-cometchat"; // of the listeners: the SDK lets a second registration overwrite the first
const LIMIT = 15_000;
const ASKING_LIMIT = 300_000; // the visitor is asked for the microphone
const LOCK_LIMIT = 45_000; // another tab's log-in takes several calls
const STORED_AFTER = 200; // until the other tabs read what this one has written: each has a copy of its own
const TYPING_AGAIN = 4_000;
const MOST_CHANGES = 2_000;
const ANSWERED_WITHIN = 5_000; // what a login that has ended still waits for

const OF_NO_LOGIN = "load lock unlock stored remember drop forget initialise loggedIn login".split(" ");

const page = window;
const failure = (code) => ({ code });
const policy = page.trustedTypes?.createPolicy(ID, { createScriptURL: (url) => url });

let chat; // the SDK's class, once loaded
let loading;
let announced = false;
let emit = () => {};
let own; // this page's login: the session tag that lies beside it, and its token
let unlock; // lets the other tabs go on
let wrote = false; // whether they have something new to read
let keepStored = false;
let registered = false;
const asking = new Set(); // the calls under way in the name of a login
let turn = 0; // counts log-ins and log-outs: a log-in that comes back late finds that it is not wanted any more
let busy; // the SDK's log-in under way: a second one would be refused with LOGIN_IN_PROGRESS
const typing = new Map();

// --- the SDK's objects as JSON -------------------------------------------------------------------------------------

/** The values of the named getters: "Uid Name" gives {uid, name}. A getter that is absent or throws gives nothing. */
function take(object, names) {
  const taken = {};
  for (const name of names.split(" ")) {
    try {
      taken[name[0].toLowerCase() + name.slice(1)] = object["get" + name]();
    } catch {}
  }
  return taken;
}

// Without entities in the answer the SDK hands over the bare id.
const person = (user) => (user?.getUid ? take(user, "Uid Name Avatar Status LastActiveAt") : { uid: user });
const each = (list, convert) => (list ?? []).map(convert);
const group = (source) => ({
  ...take(source, "Guid Name Icon MembersCount Type Description Owner Scope HasJoined"),
  banned: !!source.isBannedFromGroup?.(),
});
const counterpart = (other) => (other?.getGuid ? group(other) : person(other));

function message(source) {
  if (!source?.getId) return null;
  const taken = take(
    source,
    "Id Muid ConversationId ReceiverId ReceiverType ParentMessageId Category Type SentAt EditedAt DeletedAt " +
      "DeliveredAt DeliveredToMeAt ReadAt ReadByMeAt Text Caption Message URL Sender Attachments Data Reactions " +
      "Metadata ReplyCount UnreadRepliesCount QuotedMessage MentionedUsers ModerationStatus PinnedAt SavedAt " +
      "Action ActionBy ActionOn ActionFor NewScope",
  );
  // An action's subjects are people, a group, or for an edit a whole message, of which nothing is wanted.
  for (const name of ["actionBy", "actionOn", "actionFor"]) {
    const one = taken[name];
    taken[name] = one?.getUid || one?.getGuid ? counterpart(one) : undefined;
  }
  return {
    ...taken,
    sender: person(taken.sender),
    attachments: each(taken.attachments, (file) => take(file, "Url Name Size MimeType")),
    reactions: each(taken.reactions, (one) => take(one, "Reaction Count ReactedByMe")),
    mentionedUsers: each(taken.mentionedUsers, person),
    quotedMessage: message(taken.quotedMessage),
    data: { text: taken.data?.text ?? taken.data?.customData?.question },
  };
}

const conversation = (source) => ({
  ...take(source, "ConversationId UnreadMessageCount LastReadMessageId PinnedAt Tags"),
  with: counterpart(source.getConversationWith()),
  lastMessage: message(source.getLastMessage()),
});

// --- storage: absent or forbidden in some private windows --------------------------------------------------------------

function storage(use) {
  try {
    return use(page.localStorage);
  } catch {}
}

const tagKey = (appId) => appId + ":" + ID + "/session";
const storedTag = (appId) => storage((local) => local.getItem(tagKey(appId)));

function storedLogin(appId) {
  const user = storage((local) => {
    let value = local.getItem(appId + ":common_store/user");
    while (typeof value === "string") value = JSON.parse(value); // the SDK encodes it twice
    return value;
  });
  return { uid: user?.uid, authToken: user?.authToken, tag: storedTag(appId) };
}

/** Takes the SDK's login out of the browser, by hand: `logout()` would end the token in the cloud, whosever it is. */
const dropStored = (appId) =>
  storage((local) => {
    const store = appId + ":common_store/";
    for (const key of Object.keys(local)) if (key.startsWith(store) && key !== store + "appId") local.removeItem(key);
  });

/** All tabs share one storage: whoever changes the login in it does so alone. A page without Web Locks takes its chance. */
const alone = (appId, act, options = {}) => {
  const { locks } = page.navigator;
  return locks ? locks.request(ID + "/" + appId, options, act) : act();
};

/** Takes the login out of the SDK's memory and closes its socket; what is stored stays. */
async function detach(appId) {
  typing.clear();
  if (!chat?.isInitialized()) return;
  keepStored = true;
  await chat.getInstance(appId).internalLogout(false).finally(() => (keepStored = false));
  // Else the SDK takes the next socket for the last one, and is silent about it.
  chat.getInstance(appId).setConnectionStatus("disconnected");
  emit(JSON.stringify(link("disconnected")()));
}

/**
 * A call that was made with a dead token ends whatever login the SDK has when the refusal arrives (4.2.0, `makeApiCall`),
 * though it be a new one: it does not get a new one before.
 */
async function settled() {
  const wait = (time) => new Promise((over) => setTimeout(over, time));
  if (asking.size) await Promise.race([Promise.allSettled(asking), wait(ANSWERED_WITHIN)]);
  await wait(0);
}

/** Whatever makes the SDK forget its login, what another tab has stored since is not its own to clear. */
function guardStored(appId) {
  const clear = chat.clearCache;
  const isOwn = () => !keepStored && chat.authToken && storedLogin(appId).authToken === chat.authToken;
  chat.clearCache = async () => !isOwn() || clear.call(chat);
}

// --- the calls, by name; each takes an object and gives what becomes JSON ------------------------------------------------

const receiver = ({ id, kind }) => [id, kind];
const others = (source, convert) => source.fetchNext().then((list) => list.map(convert));

const calls = {
  load: ({ url, appId }) =>
    (loading ||= new Promise((resolve, reject) => {
      const { init } = page; // the SDK leaves a global of this name behind
      const script = document.createElement("script");
      script.src = policy ? policy.createScriptURL(url) : url;
      script.onload = () => {
        chat = page.CometChat;
        page.init = init;
        if (!chat) return script.onerror();
        guardStored(appId);
        resolve();
      };
      script.onerror = () => {
        script.remove();
        loading = undefined;
        reject(failure("NOT_LOADED"));
      };
      document.head.append(script);
    })),

  lock: ({ appId }) =>
    new Promise((granted, refused) => {
      const hold = () => new Promise((free) => granted((unlock = free)));
      alone(appId, hold, { signal: AbortSignal.timeout?.(LOCK_LIMIT) }).catch(() => refused(failure("TIMED_OUT")));
    }).then(() => {}),

  unlock() {
    if (unlock) setTimeout(unlock, wrote ? STORED_AFTER : 0);
    unlock = undefined;
    wrote = false;
  },

  stored: ({ appId }) => storedLogin(appId),

  remember({ appId, sessionTag }) {
    own = { key: tagKey(appId), tag: sessionTag, token: storedLogin(appId).authToken };
    storage((local) => local.setItem(own.key, own.tag));
    if (!announced) console.info("✔️ CometChat initialized");
    announced = true;
  },

  /** Within an attempt, and so under the lock: whatever lies there is of no use. The tag stays until there is another. */
  async drop({ appId }) {
    wrote = true;
    await settled();
    await detach(appId);
    dropStored(appId);
  },

  /** Ends the session's own login; without a session, whatever was left behind. */
  async forget({ appId, sessionTag }) {
    turn++;
    const token = own?.token;
    own = undefined;
    await detach(appId);
    await alone(appId, () => {
      const left = storedLogin(appId);
      if (sessionTag && left.tag !== sessionTag) return;
      if (sessionTag && token && left.authToken && left.authToken !== token) return;
      dropStored(appId);
      storage((local) => local.removeItem(tagKey(appId)));
    });
  },

  async initialise({ appId, region, local }) {
    // Another tab's login is resumed: what the SDK has in its memory is the one before it.
    await settled();
    await detach(appId);
    chat.disconnectedByUser = false;
    const settings = new chat.AppSettingsBuilder().setRegion(region).subscribePresenceForAllUsers();
    if (local) {
      const host = location.host + "/emulator/v3.0";
      settings.overrideClientHost(host).overrideAdminHost(host);
      if (location.protocol === "http:") allowPlain(location.host);
    }
    await chat.init(appId, settings.build());
    register();
  },

  loggedIn: () => chat.getLoggedinUser().then((user) => user && person(user)),

  async login({ appId, authToken }) {
    const mine = ++turn;
    await busy;
    if (mine !== turn) throw failure("TIMED_OUT");
    wrote = true;
    const isStored = storedLogin(appId).authToken === authToken;
    const attempt = chat.login(authToken);
    busy = attempt.catch(() => {});
    const user = await attempt;
    // Of a login that is stored already the SDK opens no socket.
    if (isStored) chat.connect();
    if (mine === turn) return person(user);
    await chat.getInstance().internalLogout(false);
    throw failure("TIMED_OUT");
  },

  reconnect() {
    chat.disconnect(); // fires no event and leaves the status as it was
    chat.getInstance().setConnectionStatus("disconnected");
    chat.connect();
  },

  conversations: ({ page, limit }) =>
    others(
      // Else those of blocked people were gone, and with them the way to unblock.
      new chat.ConversationsRequestBuilder().setLimit(limit).setPage(page - 1).withTags(true).setIncludeBlockedUsers(true).build(),
      conversation,
    ),

  conversation: ({ peer }) => chat.getConversation(...receiver(peer)).then(conversation),

  people({ search, page, limit }) {
    const request = new chat.UsersRequestBuilder().setLimit(limit).setPage(page - 1);
    if (search) request.setSearchKeyword(search);
    return others(request.build(), person);
  },

  person: ({ uid }) => chat.getUser(uid).then(person),

  async messages({ peer, limit, id, since, older }) {
    const ask = (id) => {
      const request = new chat.MessagesRequestBuilder().setLimit(limit);
      peer.kind === "group" ? request.setGUID(peer.id) : request.setUID(peer.id);
      peer.thread ? request.setParentMessageId(peer.thread) : request.hideReplies(true);
      if (id != null) request.setMessageId(id);
      if (since != null) request.setUpdatedAfter(since).updatesOnly(true);
      const built = request.build();
      return older ? built.fetchPrevious() : built.fetchNext();
    };
    const list = await ask(id);
    // Of changes, all pages. One request asked again would move `since` on, and pass over what changed before (4.2.0).
    for (let page = list; since != null && page.length === limit && list.length < MOST_CHANGES; ) {
      page = await ask(page.at(-1).getId());
      list.push(...page);
    }
    return list.map(message);
  },

  send({ peer, text, muid, quoted }) {
    const draft = new chat.TextMessage(peer.id, text, peer.kind);
    draft.setMuid(muid);
    if (peer.thread) draft.setParentMessageId(peer.thread);
    if (quoted) draft.setQuotedMessageId(quoted);
    return chat.sendMessage(draft).then(message);
  },

  edit({ peer, id, text }) {
    const edited = new chat.TextMessage(peer.id, text, peer.kind);
    edited.setId(id);
    return chat.editMessage(edited).then(message);
  },

  delete: ({ id }) => chat.deleteMessage(String(id)).then(message),

  async receipt({ read, id, peer, sender }) {
    const whole = (error) => {
      // The whole conversation is more than a thread of it.
      if (!read || peer.thread) throw error;
      return chat.markConversationAsRead(...receiver(peer));
    };
    if (id == null) return whole();
    // In a promise, as the SDK throws where there is no socket.
    await Promise.resolve()
      .then(() => chat[read ? "markAsRead" : "markAsDelivered"](String(id), peer.id, peer.kind, sender))
      .catch(whole);
  },

  unread: () => chat.getUnreadMessageCount(),

  typing({ peer, started }) {
    const indicator = new chat.TypingIndicator(...receiver(peer));
    const last = typing.get(peer.id);
    if (!started) {
      typing.delete(peer.id);
      chat.endTyping(indicator);
    } else if (!last || Date.now() - last > TYPING_AGAIN) {
      // The SDK sends a start once per receiver until the end: whoever reads gets a fresh one now and then.
      if (last) chat.endTyping(indicator);
      typing.set(peer.id, Date.now());
      chat.startTyping(indicator);
    }
  },
};

// --- the plain-http shim of the local cloud ------------------------------------------------------------------------------

let plain = false;

/** The SDK speaks https and wss only: on a plain page its requests to this very host go out plain. */
function allowPlain(host) {
  if (plain) return;
  plain = true;
  const own = new RegExp("^(http|ws)s(?=://" + host.replaceAll(".", "\\.") + "/)");
  const rewrite = (url) => (typeof url === "string" ? url.replace(own, "$1") : url);
  const { fetch, WebSocket } = page;
  page.fetch = (url, options) => fetch(rewrite(url), options);
  page.WebSocket = new Proxy(WebSocket, { construct: (target, [url, ...rest]) => new target(rewrite(url), ...rest) });
}

// --- events ----------------------------------------------------------------------------------------------------------------

const listener = (events) =>
  Object.fromEntries(
    Object.entries(events).flatMap(([names, build]) =>
      names.split(" ").map((name) => [name, (...args) => emit(JSON.stringify(build(...args)))]),
    ),
  );

const incoming = (event) => (source) => ({ event, message: message(source) });
const typist = (started) => (source) => ({
  event: "typing",
  started,
  sender: person(source.getSender()),
  ...take(source, "ReceiverId ReceiverType"),
});
const receipt = (read, all) => (source) => ({
  event: "receipt",
  read,
  all,
  ...take(source, "MessageId ReceiverType Receiver"),
  sender: person(source.getSender()),
});
const presence = (source) => ({ event: "presence", person: person(source) });
const link = (state) => () => ({ event: "link", link: state });
// Told while another tab changes the storage, it says nothing of the token; else the cloud has refused that.
const loggedOut = () => ({ event: "loggedOut", rejected: page.event?.type !== "storage" });

// Five seconds after its initialisation the SDK reports the page to its cloud and leaves a failure of that unhandled
// (4.2.0, `postDetails`). It rejects with these plain objects; every other rejection is the page's own affair.
const UNHEARD = ["FAILED_TO_FETCH", "USER_NOT_LOGED_IN"];
const isUnheard = (reason) => !(reason instanceof Error) && UNHEARD.includes(reason?.error?.code);

/** Once for the life of the page; whoever listens in Rust comes and goes behind `emit`. */
function register() {
  if (registered) return;
  registered = true;
  const received = incoming("received");
  chat.addMessageListener(
    ID,
    new chat.MessageListener(
      listener({
        "onTextMessageReceived onMediaMessageReceived onCustomMessageReceived onInteractiveMessageReceived": received,
        "onCardMessageReceived onAIAssistantMessageReceived": received,
        onMessageEdited: incoming("edited"),
        onMessageDeleted: incoming("deleted"),
        "onMessagePinned onMessageUnpinned onMessageSaved onMessageUnsaved": incoming("marked"),
        onMessageModerated: incoming("marked"),
        "onMessageReactionAdded onMessageReactionRemoved": (source) => ({
          event: "reaction",
          id: source.getReaction().getMessageId(),
        }),
        onTypingStarted: typist(true),
        onTypingEnded: typist(false),
        onMessagesDelivered: receipt(false),
        onMessagesRead: receipt(true),
        onMessagesDeliveredToAll: receipt(false, true),
        onMessagesReadByAll: receipt(true, true),
      }),
    ),
  );
  chat.addGroupListener(
    ID,
    new chat.GroupListener(
      listener({
        "onGroupMemberJoined onGroupMemberLeft onGroupMemberKicked onGroupMemberBanned onGroupMemberUnbanned": received,
        "onGroupMemberScopeChanged onMemberAddedToGroup onGroupMemberAddedToGroup": received,
      }),
    ),
  );
  const placed = (source) => ({ event: "conversation", conversation: conversation(source) });
  chat.addConversationListener?.(
    ID,
    new chat.ConversationListener(listener({ "onConversationPinned onConversationUnpinned": placed })),
  );
  chat.addUserListener(ID, new chat.UserListener(listener({ "onUserOnline onUserOffline": presence })));
  chat.addConnectionListener(
    ID,
    new chat.ConnectionListener(
      listener({
        onConnected: link("connected"),
        inConnecting: link("connecting"),
        onDisconnected: link("disconnected"),
      }),
    ),
  );
  chat.addLoginListener(ID, new chat.LoginListener(listener({ logoutSuccess: loggedOut })));
  page.addEventListener("unhandledrejection", (event) => isUnheard(event.reason) && event.preventDefault());
  // The page asks for another token in good time: it is as if the cloud had refused this one.
  page.addEventListener("chat-widget:renew", () => emit(JSON.stringify(loggedOut())));
  // Another tab ended this session's chat, or began another one: the SDK itself looks only while out of focus.
  // What the event says may be out of date by now.
  page.addEventListener("storage", ({ key }) => {
    if (own && key === own.key && storage((local) => local.getItem(key)) !== own.tag) emit(JSON.stringify(loggedOut()));
  });
}

/** What the calls of the other files of the bridge need; `chat` is there once the SDK is loaded. */
const told = (event) => emit(JSON.stringify(event));
const tools = {
  take, person, counterpart, message, conversation, each, receiver, others, failure, chat: () => chat, emit: told,
};

// --- what Rust sees ----------------------------------------------------------------------------------------------------------

/** Runs a call of the table and gives its result as JSON; fails with `{code, name, message}` as JSON, in time. */
export async function call(name, args) {
  let timer;
  try {
    // A lock that came too late would be held for ever: it has its own limit.
    const limit = name === "lock" ? 2 * LOCK_LIMIT : name === "record" ? ASKING_LIMIT : LIMIT;
    const late = new Promise((_, reject) => (timer = setTimeout(reject, limit, failure("TIMED_OUT"))));
    const answer = Promise.resolve(calls[name](JSON.parse(args)));
    if (!OF_NO_LOGIN.includes(name)) {
      asking.add(answer);
      const over = () => asking.delete(answer);
      answer.then(over, over);
    }
    const result = await Promise.race([answer, late]);
    return JSON.stringify(result ?? null);
  } catch (error) {
    const { code, name, message = String(error) } = error ?? {};
    throw JSON.stringify({ code, name, message });
  } finally {
    clearTimeout(timer);
  }
}

/** Takes in the table of calls of another file: `make` gets the tools that all share. */
export function extend(make) {
  Object.assign(calls, make(tools));
}

/** Sets who is told of every event, as JSON. */
export function listen(callback) {
  emit = callback;
}
