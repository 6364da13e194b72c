//! People, conversations and messages as the widget sees them: the SDK's objects, reduced to what is shown.
//! All times are unix seconds, as on the wire.

use serde::{Deserialize, Serialize};

use super::ids::{MessageId, Uid};

/// Whether a person is reachable now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    Online,
    #[default]
    Offline,
}

/// Another user, or oneself, as the cloud describes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    pub uid: Uid,
    pub name: String,
    #[serde(default)]
    pub avatar: Option<String>,
    #[serde(default)]
    pub presence: Presence,
    #[serde(default)]
    pub last_active_at: Option<i64>,
}

/// A group, as far as a conversation list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    pub guid: String,
    pub name: String,
    #[serde(default)]
    pub icon: Option<String>,
    #[serde(default)]
    pub members: u32,
}

/// Whom a conversation is with, by id only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "lowercase")]
pub enum Peer {
    User(Uid),
    Group(String),
}

impl Peer {
    /// The uid or guid: of `[a-z0-9_-]` only, so that it can stand in a selector.
    pub fn id(&self) -> &str {
        match self {
            Self::User(uid) => uid.as_str(),
            Self::Group(guid) => guid,
        }
    }
}

/// Whom a conversation is with, with what is shown of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Counterpart {
    User(Person),
    Group(Group),
}

impl Counterpart {
    pub fn peer(&self) -> Peer {
        match self {
            Self::User(person) => Peer::User(person.uid.clone()),
            Self::Group(group) => Peer::Group(group.guid.clone()),
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Self::User(person) => &person.name,
            Self::Group(group) => &group.name,
        }
    }
}

/// What a message carries. A kind that this version does not know arrives as [`Content::Other`] and is shown as a
/// quiet card with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Content {
    Text {
        text: String,
    },
    /// A file of any media type; `text` is its caption.
    Media {
        #[serde(rename = "mediaType")]
        media_type: String,
        #[serde(default)]
        text: String,
        #[serde(default)]
        url: Option<String>,
        #[serde(default)]
        name: Option<String>,
    },
    /// An event of a group, such as "Bob joined".
    Action {
        text: String,
    },
    Other {
        #[serde(rename = "type")]
        type_name: String,
        #[serde(default)]
        text: String,
    },
}

/// One message that the cloud has accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    pub id: MessageId,
    /// The sender's own id of the message; by it an optimistic bubble finds its answer.
    #[serde(default)]
    pub muid: Option<String>,
    pub conversation_id: String,
    pub sender: Person,
    /// To whom it was addressed; in a conversation of two this may be oneself.
    pub receiver: Peer,
    #[serde(default)]
    pub parent_id: Option<MessageId>,
    pub content: Content,
    pub sent_at: i64,
    #[serde(default)]
    pub edited_at: Option<i64>,
    #[serde(default)]
    pub deleted_at: Option<i64>,
    /// When it reached the other side: what the sender sees.
    #[serde(default)]
    pub delivered_at: Option<i64>,
    /// When the other side read it: what the sender sees.
    #[serde(default)]
    pub read_at: Option<i64>,
    /// When this user read it: what the receiver sees.
    #[serde(default)]
    pub read_by_me_at: Option<i64>,
}

impl Message {
    /// The conversation's other side, as `me` sees it.
    pub fn peer(&self, me: &Uid) -> Peer {
        match &self.receiver {
            Peer::User(receiver) if receiver == me => Peer::User(self.sender.uid.clone()),
            other => other.clone(),
        }
    }
}

/// A row of the conversation list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    pub id: String,
    pub with: Counterpart,
    #[serde(default)]
    pub unread: u32,
    #[serde(default)]
    pub last_read_message_id: Option<MessageId>,
    #[serde(default)]
    pub last_message: Option<Message>,
    #[serde(default)]
    pub updated_at: Option<i64>,
}
