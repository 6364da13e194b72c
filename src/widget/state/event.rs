//! What can happen: the visitor's intents, the page's own events, the cloud's events and the answers of effects.

use super::{
    ContentAnswer, ContentEvent, ItemKey,
    groups::GroupEvent,
    listing::ListEvent,
    panel::{Saved, Screen},
};
use crate::{
    api::ApiError,
    model::{
        chat::{Conversation, Counterpart, Message, Peer, Person},
        event::{ChatEvent, Link},
        ids::{MessageId, Uid},
        viewer::Viewer,
    },
    sdk::{Request, SdkError, request::Reply},
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The page says who is signed in.
    ViewerChanged(Option<Viewer>),
    /// What the browser kept of this visitor from before the page was loaded.
    Restored(Saved),
    /// The page has nothing else to do.
    Idle,
    /// The page came to the front, or went from it.
    PageVisible(bool),
    /// The browser says that the network is there, or not.
    OnlineChanged(bool),
    /// Something makes it doubtful that the session still lasts.
    SessionDoubted,
    /// What our server says of the session.
    SessionChecked(Result<Option<Viewer>, ApiError>),

    Opened,
    Closed,
    Expanded(bool),
    ScreenOpened(Screen),
    /// A conversation picked from the list or from the people.
    ConversationOpened(Counterpart),
    /// Whom the site's owner offers to write to is about to be shown, and not known yet.
    ContactWanted(Uid),
    RetryConnection,
    RetryConversations,
    MoreConversationsWanted,
    RetryMessages,
    OlderWanted,
    /// The composer's text.
    Composed(String),
    /// Send, or save the edit; `muid` is fresh, `at` is the time in unix seconds.
    Submitted {
        muid: String,
        at: i64,
    },
    EditStarted(MessageId),
    /// Edit the newest message of one's own.
    EditLast,
    EditCancelled,
    /// The menu of a message was asked for, or is to go.
    MenuToggled(ItemKey),
    MenuClosed,
    /// A message is to be deleted, once that is confirmed.
    DeletionAsked(MessageId),
    DeletionCancelled,
    /// The reader of the open conversation scrolled away from the newest message, or back to it.
    ReaderMoved {
        away: bool,
    },
    /// A row of the conversation list has the focus.
    RowFocused(Peer),
    DeleteConfirmed(MessageId),
    RetryChange(MessageId),
    DiscardChange(MessageId),
    RetrySend {
        muid: String,
    },
    DiscardSend {
        muid: String,
    },
    /// To files, pictures, formats, voice notes.
    Content(ContentEvent),
    SearchChanged(String),
    RetrySearch,
    MorePeopleWanted,
    Group(GroupEvent),
    Listing(ListEvent),
    /// A message is to be shown where it stands.
    MessageWanted {
        peer: Peer,
        id: MessageId,
    },
    /// The page's address is a link to a message.
    Linked(MessageId),
    /// It has been brought into sight.
    MessageShown,
    NewerWanted,
    NewestWanted,

    /// Something is done with a single message.
    Message(super::MessageEvent),
    /// Something happens in the emoji picker.
    Emoji(super::EmojiEvent),
    /// An emoji was put into the text that is being written.
    EmojiUsed(String),

    /// What the cloud told, to the login that was current then.
    Chat {
        generation: u32,
        event: ChatEvent,
    },
    /// What an effect brought, for the login that asked.
    Answered {
        generation: u32,
        answer: Answer,
    },
    Fired(super::Timer),
}

/// What an effect brought.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// With the socket's state at that moment.
    Connected(Result<Link, SdkError>),
    Conversations {
        page: u32,
        result: Result<Vec<Conversation>, SdkError>,
    },
    Conversation {
        peer: Peer,
        result: Result<Option<Box<Conversation>>, SdkError>,
    },
    Person(Result<Person, SdkError>),
    Unread(Result<u32, SdkError>),
    Messages {
        peer: Peer,
        before: Option<MessageId>,
        result: Result<Vec<Message>, SdkError>,
    },
    Missed {
        peer: Peer,
        after: MessageId,
        result: Result<Vec<Message>, SdkError>,
    },
    Changes {
        peer: Peer,
        result: Result<Vec<Message>, SdkError>,
    },
    Sent {
        peer: Peer,
        muid: String,
        result: Result<Message, SdkError>,
    },
    /// An edit or a deletion.
    Changed {
        peer: Peer,
        id: MessageId,
        result: Result<Message, SdkError>,
    },
    People {
        search: String,
        page: u32,
        result: Result<Vec<Person>, SdkError>,
    },
    Content(ContentAnswer),
    Message(super::MessageAnswer),
    Asked {
        request: Request,
        result: Result<Reply, SdkError>,
    },
    /// A receipt of ours, or a new socket: only a dead token is of interest.
    Marked(Result<(), SdkError>),
}

impl Answer {
    /// Whether it says that the login is dead; an answer to the log-in itself is judged by the connection.
    pub fn says_the_token_is_dead(&self) -> bool {
        let error = match self {
            Self::Connected(_) | Self::Content(_) => None,
            Self::Conversations { result, .. } => result.as_ref().err(),
            Self::Conversation { result, .. } => result.as_ref().err(),
            Self::Person(result) => result.as_ref().err(),
            Self::Unread(result) => result.as_ref().err(),
            Self::Messages { result, .. } | Self::Missed { result, .. } | Self::Changes { result, .. } => {
                result.as_ref().err()
            }
            Self::Sent { result, .. } | Self::Changed { result, .. } => result.as_ref().err(),
            Self::People { result, .. } => result.as_ref().err(),
            Self::Message(answer) => answer.error(),
            Self::Asked { result, .. } => result.as_ref().err(),
            Self::Marked(result) => result.as_ref().err(),
        };
        error.is_some_and(SdkError::ends_the_login)
    }
}

impl From<ContentEvent> for Event {
    fn from(event: ContentEvent) -> Self {
        Self::Content(event)
    }
}
