//! People, conversations and messages as the widget sees them: the SDK's objects, reduced to what is shown.
//! All times are unix seconds, as on the wire.

mod file;
mod group;
mod message;
mod problem;

pub use self::{
    file::{FileStep, LocalFile, MediaKind, Shape},
    group::{Deed, Group, GroupKind, Happening, Member, Scope},
    message::{Attachment, Content, LinkPreview, Message, Moderation, Reaction, Reader},
    problem::Problem,
};
use super::{
    ids::{MessageId, Uid},
    json::{FromJson, Json, JsonRecord, Malformed},
};

/// Whether a person is reachable now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    Online,
    #[default]
    Offline,
}

/// Another user, or oneself, as the cloud describes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub uid: Uid,
    pub name: String,
    pub avatar: Option<String>,
    pub presence: Presence,
    pub last_active_at: Option<i64>,
}

/// Whom a conversation is with, by id only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Peer {
    User(Uid),
    Group(String),
    /// The thread under one message of a conversation: a conversation within it.
    Thread(Box<Peer>, MessageId),
}

impl Peer {
    /// The conversation, of a thread the one that it is in.
    pub fn conversation(&self) -> &Self {
        match self {
            Self::Thread(within, _) => within.conversation(),
            other => other,
        }
    }

    /// The message whose thread it is.
    pub fn parent(&self) -> Option<MessageId> {
        match self {
            Self::Thread(_, parent) => Some(*parent),
            Self::User(_) | Self::Group(_) => None,
        }
    }

    /// The thread under one of its messages; threads do not nest.
    #[must_use]
    pub fn thread(&self, parent: MessageId) -> Self {
        Self::Thread(Box::new(self.conversation().clone()), parent)
    }

    pub fn is_group(&self) -> bool {
        self.kind() == "group"
    }

    /// Tells it from all others.
    pub fn key(&self) -> String {
        let thread = self.parent().map(|parent| parent.0.to_string()).unwrap_or_default();
        [self.kind(), ":", self.id(), if thread.is_empty() { "" } else { ":" }, &thread].concat()
    }

    /// The uid or guid: of `[a-z0-9_-]` only, so that it can stand in a selector.
    pub fn id(&self) -> &str {
        match self {
            Self::User(uid) => uid.as_str(),
            Self::Group(guid) => guid,
            Self::Thread(within, _) => within.id(),
        }
    }

    /// `user` or `group`, the SDK's word for it (4.2.0).
    pub fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
            Self::Thread(within, _) => within.kind(),
        }
    }

    /// As it is kept in the browser and handed to the bridge: `{"kind":"user","id":"user_1"}`.
    pub fn to_json(&self) -> String {
        let record = JsonRecord::new().text("kind", self.kind()).text("id", self.id());
        match self.parent() {
            Some(parent) => record.json("thread", &parent.0.to_string()),
            None => record,
        }
        .finish()
    }
}

impl FromJson for Peer {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        let id = json.get("id");
        let peer = match json.get("kind").as_text() {
            Some("user") => Self::User(Uid::from_json(id)?),
            Some("group") => Self::Group(String::from_json(id)?),
            _ => return Err(Malformed("a peer")),
        };
        Ok(match MessageId::from_json(json.get("thread")) {
            Ok(parent) => peer.thread(parent),
            Err(_) => peer,
        })
    }
}

/// Whom a conversation is with, with what is shown of them.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// A row of the conversation list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    pub id: String,
    pub with: Counterpart,
    pub unread: u32,
    pub last_read_message_id: Option<MessageId>,
    pub last_message: Option<Message>,
    pub updated_at: Option<i64>,
    pub pinned_at: Option<i64>,
    /// This user's own tags of it.
    pub tags: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_is_read_as_it_is_written() {
        let (user, group) = (Peer::User(Uid::parse("user_1").unwrap()), Peer::Group("g1".into()));
        assert_eq!(user.to_json(), r#"{"kind":"user","id":"user_1"}"#);
        let thread = group.thread(MessageId(7));
        assert_eq!(thread.to_json(), r#"{"kind":"group","id":"g1","thread":7}"#);
        for peer in [user, group, thread] {
            assert_eq!(Peer::from_json(&Json::parse(&peer.to_json()).unwrap()), Ok(peer));
        }
        for odd in ["null", r#"{"kind":"bot","id":"b"}"#, r#"{"kind":"user","id":"not a uid"}"#, r#"{"kind":"group"}"#]
        {
            assert!(Peer::from_json(&Json::parse(odd).unwrap()).is_err(), "{odd}");
        }
    }
}
