//! People, conversations and messages as the widget sees them: the SDK's objects, reduced to what is shown.
//! All times are unix seconds, as on the wire.

mod file;
mod message;
mod problem;

pub use self::{
    file::{FileStep, LocalFile, MediaKind, Shape},
    message::{Attachment, Content, LinkPreview, Message, Moderation, Reaction},
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

/// A group, as far as a conversation list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub guid: String,
    pub name: String,
    pub icon: Option<String>,
    pub members: u32,
}

/// Whom a conversation is with, by id only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

    /// `user` or `group`, the SDK's word for it (4.2.0).
    pub fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
        }
    }

    /// As it is kept in the browser and handed to the bridge: `{"kind":"user","id":"user_1"}`.
    pub fn to_json(&self) -> String {
        JsonRecord::new().text("kind", self.kind()).text("id", self.id()).finish()
    }
}

impl FromJson for Peer {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        let id = json.get("id");
        match json.get("kind").as_text() {
            Some("user") => Uid::from_json(id).map(Self::User),
            Some("group") => String::from_json(id).map(Self::Group),
            _ => Err(Malformed("a peer")),
        }
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_is_read_as_it_is_written() {
        let (user, group) = (Peer::User(Uid::parse("user_1").unwrap()), Peer::Group("g1".into()));
        assert_eq!(user.to_json(), r#"{"kind":"user","id":"user_1"}"#);
        for peer in [user, group] {
            assert_eq!(Peer::from_json(&Json::parse(&peer.to_json()).unwrap()), Ok(peer));
        }
        for odd in ["null", r#"{"kind":"bot","id":"b"}"#, r#"{"kind":"user","id":"not a uid"}"#, r#"{"kind":"group"}"#]
        {
            assert!(Peer::from_json(&Json::parse(odd).unwrap()).is_err(), "{odd}");
        }
    }
}
