//! What the reducer asks the outside to do.

use crate::{
    model::{
        chat::{Message, Peer},
        ids::{MessageId, Uid},
        viewer::Viewer,
    },
    sdk::Request,
};

/// One thing to be done outside. Those that have an answer bring it back as an [`super::Answer`].
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Connect as the viewer.
    Connect,
    /// Drop this viewer's login, and everything stored of them; nobody's: whatever there is in this browser.
    Forget(Option<Viewer>),
    /// The page says that nobody is signed in: should anything of anybody lie in this browser, check the session.
    CheckLeftovers,
    CheckSession,
    /// Open the socket anew, at once.
    Reconnect,
    LoadConversations {
        page: u32,
    },
    LoadConversation(Peer),
    LoadPerson(Uid),
    /// The unread messages of all conversations together.
    LoadUnread,
    /// The page of messages before `before`, or the newest.
    LoadMessages {
        peer: Peer,
        before: Option<MessageId>,
    },
    /// Messages after `after`, up to a page.
    LoadMissed {
        peer: Peer,
        after: MessageId,
    },
    /// Messages edited or deleted since (unix seconds).
    LoadChanges {
        peer: Peer,
        since: i64,
    },
    Send {
        peer: Peer,
        muid: String,
        text: String,
        /// The message that it answers.
        quoted: Option<MessageId>,
    },
    Edit {
        peer: Peer,
        id: MessageId,
        text: String,
    },
    Delete {
        peer: Peer,
        id: MessageId,
    },
    /// Tell the sender that everything up to this message was read; none known: the whole conversation.
    MarkRead {
        peer: Peer,
        message: Option<Box<Message>>,
    },
    MarkDelivered(Box<Message>),
    StartTyping(Peer),
    EndTyping(Peer),
    /// For files, voice notes.
    Content(crate::sdk::FileRequest),
    SearchPeople {
        search: String,
        page: u32,
    },
    /// Something is done with a single message.
    Message(super::MessageEffect),
    /// Load the emoji that can be picked; they come as an event, as they are of no login.
    LoadEmoji,
    /// About groups, conversations as a whole and people.
    Ask(Request),
    /// Come back with [`super::Event::Fired`]; a timer that is already running starts anew.
    Schedule {
        timer: Timer,
        after_ms: u32,
    },
    /// Keep the panel's state in this tab.
    SavePanel,
    /// Keep this conversation's draft in this browser.
    SaveDraft(Peer),
}

/// What a timer is for; there is one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// The visitor stopped typing.
    TypingPaused,
    /// Somebody's typing indicator is too old.
    TypingExpired,
    /// The search field rests.
    SearchSettled,
    /// Ask again for what was missed.
    CatchUp,
    /// The login that failed may be tried again.
    WaitOver,
    /// The socket of a new login has had time enough to stand.
    LinkDue,
    /// What the toast says has been seen.
    ToastOver,
}
