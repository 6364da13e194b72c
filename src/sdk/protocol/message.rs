//! Messages and conversations.

use serde::Deserialize;

use super::{
    Malformed, RawEntity, Scalar,
    people::{count, peer},
};
use crate::model::{
    chat::{Content, Conversation, Message, Peer, Person, Presence},
    ids::{MessageId, Uid},
};

/// A message as the bridge takes it from the SDK's getters; a getter that the kind of message lacks gives nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RawMessage {
    id: Scalar,
    muid: Scalar,
    conversation_id: Scalar,
    receiver_id: Scalar,
    receiver_type: Scalar,
    parent_message_id: Scalar,
    category: Scalar,
    #[serde(rename = "type")]
    type_name: Scalar,
    sent_at: Scalar,
    edited_at: Scalar,
    deleted_at: Scalar,
    delivered_at: Scalar,
    delivered_to_me_at: Scalar,
    read_at: Scalar,
    read_by_me_at: Scalar,
    text: Scalar,
    caption: Scalar,
    /// What the SDK says of a group's event, such as "Bob joined".
    message: Scalar,
    #[serde(rename = "uRL")]
    url: Scalar,
    sender: Option<RawEntity>,
    attachment: Option<RawAttachment>,
    data: Option<RawData>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct RawAttachment {
    name: Scalar,
    url: Scalar,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct RawData {
    text: Scalar,
}

impl RawMessage {
    /// An edit or a deletion also stands in the history, as an action that nobody is to see.
    fn is_bookkeeping(&self) -> bool {
        self.category.is("action") && self.type_name.is("message")
    }

    fn id(&self) -> Option<MessageId> {
        self.id.number().and_then(|number| u64::try_from(number).ok()).map(MessageId)
    }

    pub fn message(&self) -> Result<Message, Malformed> {
        let id = self.id().ok_or(Malformed("a message id"))?;
        let sender = match &self.sender {
            Some(sender) if !sender.is_nobody() => sender.person()?,
            _ => system()?,
        };
        let receiver = peer(&self.receiver_type, &self.receiver_id)?;
        Ok(Message {
            id,
            muid: self.muid.text(),
            conversation_id: self.conversation_id.text().unwrap_or_else(|| conversation_id(&sender.uid, &receiver)),
            sender,
            receiver,
            parent_id: self.parent_message_id.time().and_then(|number| u64::try_from(number).ok()).map(MessageId),
            content: self.content(),
            sent_at: self.sent_at.number().unwrap_or_default(),
            edited_at: self.edited_at.time(),
            deleted_at: self.deleted_at.time(),
            // The cloud tells the sender of a message of two; whoever received it has a receipt of their own.
            delivered_at: self.delivered_at.time().or_else(|| self.delivered_to_me_at.time()),
            read_at: self.read_at.time(),
            read_by_me_at: self.read_by_me_at.time(),
        })
    }

    fn content(&self) -> Content {
        let text = || {
            let fallback = || self.data.as_ref().and_then(|data| data.text.text());
            self.text.text().or_else(|| self.caption.text()).or_else(fallback).unwrap_or_default()
        };
        let type_name = self.type_name.text().unwrap_or_default();
        let category = self.category.text().unwrap_or_default();
        match (category.as_str(), type_name.as_str()) {
            ("message", "text") => Content::Text { text: text() },
            ("message", "image" | "video" | "audio" | "file") => {
                let attachment = self.attachment.as_ref();
                Content::Media {
                    media_type: type_name,
                    text: text(),
                    url: attachment.and_then(|file| file.url.text()).or_else(|| self.url.text()),
                    name: attachment.and_then(|file| file.name.text()),
                }
            }
            ("action", _) => Content::Action { text: self.message.text().unwrap_or_default() },
            _ => Content::Other { type_name, text: text() },
        }
    }
}

/// The sender of what nobody sent: the cloud itself.
fn system() -> Result<Person, Malformed> {
    let uid = Uid::parse("app_system").map_err(|_invalid| Malformed("a uid"))?;
    Ok(Person { name: uid.to_string(), uid, avatar: None, presence: Presence::Offline, last_active_at: None })
}

/// As the cloud forms it: both uids in order joined by `_user_`, or `group_` and the guid (COMETCHAT REST API v3).
fn conversation_id(sender: &Uid, receiver: &Peer) -> String {
    match receiver {
        Peer::Group(guid) => format!("group_{guid}"),
        Peer::User(receiver) => format!("{}_user_{}", sender.min(receiver), sender.max(receiver)),
    }
}

/// A page of history as the cloud sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What is to be seen, in the cloud's order: ascending.
    pub messages: Vec<Message>,
    /// How many entries the page had, shown or not: fewer than asked for means that the list has ended.
    pub entries: usize,
    pub first: Option<MessageId>,
    pub last: Option<MessageId>,
}

impl Listed {
    /// Leaves out bookkeeping and what is malformed; it still counts as an entry.
    pub fn new(raw: &[Option<RawMessage>]) -> Self {
        let ids = || raw.iter().flatten().filter_map(RawMessage::id);
        let shown = raw.iter().flatten().filter(|raw| !raw.is_bookkeeping());
        Self {
            messages: shown.filter_map(|raw| raw.message().ok()).collect(),
            entries: raw.len(),
            first: ids().min(),
            last: ids().max(),
        }
    }
}

/// A row of the conversation list as the bridge takes it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RawConversation {
    conversation_id: Scalar,
    unread_message_count: Scalar,
    last_read_message_id: Scalar,
    with: RawEntity,
    last_message: Option<RawMessage>,
}

impl RawConversation {
    pub fn conversation(&self) -> Result<Conversation, Malformed> {
        let read = self.last_read_message_id.number().and_then(|number| u64::try_from(number).ok());
        let last_message = self.last_message.as_ref().and_then(|raw| raw.message().ok());
        Ok(Conversation {
            id: self.conversation_id.text().ok_or(Malformed("a conversation id"))?,
            with: self.with.counterpart()?,
            unread: count(&self.unread_message_count),
            last_read_message_id: read.map(MessageId),
            updated_at: last_message.as_ref().map(|message| message.sent_at),
            last_message,
        })
    }
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
