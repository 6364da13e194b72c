//! One message and what hangs on it: its files, its reactions, what it answers.

use super::{Happening, MessageId, Peer, Person, Shape, Uid};

/// What a message carries. A kind that this version does not know arrives as [`Content::Other`] and is shown as a
/// quiet card with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Text {
        text: String,
    },
    /// Files of one media type (`image`, `video`, `audio`, `file`); `text` is their caption.
    Media {
        media_type: String,
        text: String,
        attachments: Vec<Attachment>,
    },
    /// An event of a group, such as "Bob joined": the SDK's words for it, and what they mean where that is known.
    Action {
        text: String,
        happening: Option<Box<Happening>>,
    },
    Other {
        type_name: String,
        text: String,
    },
}

/// One file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    pub url: String,
    pub name: Option<String>,
    /// In bytes.
    pub size: Option<u64>,
    pub mime_type: Option<String>,
    /// What the sender's client said of it.
    pub shape: Option<Shape>,
}

/// What an extension of the cloud found behind an address in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkPreview {
    pub url: String,
    pub title: String,
    pub description: Option<String>,
    pub image: Option<String>,
}

/// How often one emoji stands at a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    pub emoji: String,
    pub count: u32,
    pub mine: bool,
}

/// How far somebody has come with a message (unix seconds).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub person: Person,
    pub delivered_at: Option<i64>,
    pub read_at: Option<i64>,
}

/// What the cloud's moderation says of a message; only its sender sees one that is not approved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moderation {
    #[default]
    Approved,
    Pending,
    Disapproved,
}

/// One message that the cloud has accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    /// The sender's own id of the message; by it an optimistic bubble finds its answer.
    pub muid: Option<String>,
    pub conversation_id: String,
    pub sender: Person,
    /// To whom it was addressed; in a conversation of two this may be oneself.
    pub receiver: Peer,
    /// The message whose thread it stands in.
    pub parent_id: Option<MessageId>,
    pub content: Content,
    pub sent_at: i64,
    pub edited_at: Option<i64>,
    pub deleted_at: Option<i64>,
    /// When it reached the other side: what the sender sees.
    pub delivered_at: Option<i64>,
    /// When the other side read it: what the sender sees.
    pub read_at: Option<i64>,
    /// When this user read it: what the receiver sees.
    pub read_by_me_at: Option<i64>,
    /// In the cloud's order.
    pub reactions: Vec<Reaction>,
    /// Messages in its thread, and how many of them this user has not read.
    pub replies: u32,
    pub unread_replies: u32,
    /// What it answers.
    pub quoted: Option<Box<Message>>,
    /// Whom its text names as `<@uid:…>`; `all` stands for everybody in the group.
    pub mentions: Vec<Person>,
    pub moderation: Moderation,
    pub previews: Vec<LinkPreview>,
    pub pinned_at: Option<i64>,
    pub saved_at: Option<i64>,
}

impl Message {
    /// A message of which nothing more is known than this.
    pub fn new(id: MessageId, sender: Person, receiver: Peer, content: Content, sent_at: i64) -> Self {
        Self {
            id,
            muid: None,
            conversation_id: String::new(),
            sender,
            receiver,
            parent_id: None,
            content,
            sent_at,
            edited_at: None,
            deleted_at: None,
            delivered_at: None,
            read_at: None,
            read_by_me_at: None,
            reactions: Vec::new(),
            replies: 0,
            unread_replies: 0,
            quoted: None,
            mentions: Vec::new(),
            moderation: Moderation::Approved,
            previews: Vec::new(),
            pinned_at: None,
            saved_at: None,
        }
    }

    /// Where it stands: in a conversation or in a thread of one, as `me` sees it.
    pub fn place(&self, me: &Uid) -> Peer {
        let peer = self.peer(me);
        match self.parent_id {
            Some(parent) => peer.thread(parent),
            None => peer,
        }
    }

    /// The conversation's other side, as `me` sees it.
    pub fn peer(&self, me: &Uid) -> Peer {
        match &self.receiver {
            Peer::User(receiver) if receiver == me => Peer::User(self.sender.uid.clone()),
            other => other.clone(),
        }
    }
}
