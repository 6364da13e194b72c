//! The calls of the bridge as data that is asked in one place, so that the code that waits for an answer is there once
//! and not once for each. What the answers mean, `protocol` says.

use super::{MESSAGES, PEOPLE, ffi::Arguments};
use crate::{
    model::{
        chat::{Message, Peer},
        ids::{MessageId, Uid},
    },
    sdk::CONVERSATIONS,
};

/// So many people are named at most: of those who reacted, and of whom a text can mention.
const MOST_REACTED: i64 = 200;
const MOST_MEMBERS: i64 = 10;

/// One call of the bridge.
#[derive(Debug)]
pub struct Call {
    pub(super) name: &'static str,
    pub(super) arguments: Arguments,
}

impl Call {
    fn new(name: &'static str, arguments: Arguments) -> Self {
        Self { name, arguments }
    }

    fn of(name: &'static str, id: MessageId) -> Self {
        Self::new(name, Arguments::default().id(id))
    }

    /// Gives the socket up and opens a new one at once: the SDK itself tries every 5 seconds. The events of a connecting
    /// and a connected link follow; the answer is nothing.
    pub fn reconnect() -> Self {
        Self::new("reconnect", Arguments::default())
    }

    /// The conversations, newest first; `page` counts from 1, a page has up to 50; an empty page ends the list.
    pub fn conversations(page: u32) -> Self {
        Self::new("conversations", Arguments::default().page(page, CONVERSATIONS))
    }

    /// One conversation; the failure may say that no message was ever exchanged.
    pub fn conversation(peer: &Peer) -> Self {
        Self::new("conversation", Arguments::of(peer))
    }

    /// People of the site whose name or uid contains `search`, up to 30 a page; an empty page ends the list.
    pub fn people(search: &str, page: u32) -> Self {
        Self::new("people", Arguments::default().text("search", search).page(page, PEOPLE))
    }

    /// One person, with the presence of now.
    pub fn person(uid: &Uid) -> Self {
        Self::new("person", Arguments::default().text("uid", uid.as_str()))
    }

    /// All messages of a conversation edited or deleted at or after `since` (unix seconds): a history.
    pub fn changes(peer: &Peer, since: i64) -> Self {
        Self::new("messages", Arguments::of(peer).number("since", since).number("limit", MESSAGES.into()))
    }

    /// Sends a text, in answer to `quoted` where there is one; `muid` comes back in the answer, and the cloud stores a
    /// `muid` of a sender only once: the message.
    pub fn send_text(peer: &Peer, text: &str, muid: &str, quoted: Option<MessageId>) -> Self {
        let arguments = Arguments::of(peer).text("text", text).text("muid", muid);
        Self::new(
            "send",
            match quoted {
                Some(quoted) => arguments.number("quoted", i64::try_from(quoted.0).unwrap_or_default()),
                None => arguments,
            },
        )
    }

    /// The message after it.
    pub fn edit_text(peer: &Peer, id: MessageId, text: &str) -> Self {
        Self::new("edit", Arguments::of(peer).id(id).text("text", text))
    }

    /// The message after it.
    pub fn delete(id: MessageId) -> Self {
        Self::of("delete", id)
    }

    /// Tells the sender that everything up to this message was read, by the socket; without it, or without a message at
    /// hand, the whole conversation over REST. The answer is nothing.
    pub fn read(peer: &Peer, message: Option<&Message>) -> Self {
        let arguments = Arguments::of(peer).flag("read", true);
        Self::new(
            "receipt",
            match message {
                Some(message) => arguments.id(message.id).text("sender", message.sender.uid.as_str()),
                None => arguments,
            },
        )
    }

    /// Tells the sender that the message, and all before it, arrived. Needs the socket; the answer is nothing.
    pub fn delivered(peer: &Peer, message: &Message) -> Self {
        let arguments = Arguments::of(peer).id(message.id);
        Self::new("receipt", arguments.text("sender", message.sender.uid.as_str()).flag("read", false))
    }

    /// Unread messages by conversation: the server's count, the truth for the launcher.
    pub fn unread() -> Self {
        Self::new("unread", Arguments::default())
    }

    /// The message as it is now, with all that hangs on it: a message.
    pub fn message(id: MessageId) -> Self {
        Self::of("details", id)
    }

    /// The newest page of a conversation as it is now: a history.
    pub fn newest(peer: &Peer) -> Self {
        Self::new("messages", Arguments::of(peer).number("limit", MESSAGES.into()).flag("older", true))
    }

    /// Puts the emoji of the visitor to the message, or takes it away: the message after it.
    pub fn react(id: MessageId, emoji: &str, added: bool) -> Self {
        Self::new("react", Arguments::default().id(id).text("emoji", emoji).flag("added", added))
    }

    /// Who reacted, each with the emoji.
    pub fn reacted_by(id: MessageId) -> Self {
        Self::new("reactedBy", Arguments::default().id(id).number("most", MOST_REACTED))
    }

    /// Who received and who read one's own message: receipts.
    pub fn receipts(id: MessageId) -> Self {
        Self::of("receipts", id)
    }

    /// Pins the message for everybody in its conversation, or unpins it: the message after it.
    pub fn pin(id: MessageId, on: bool) -> Self {
        Self::new("pin", Arguments::default().id(id).flag("on", on))
    }

    /// Saves the message for the visitor alone, or drops it: the message after it.
    pub fn save(id: MessageId, on: bool) -> Self {
        Self::new("save", Arguments::default().id(id).flag("on", on))
    }

    /// The pinned messages of a conversation; without one, all that the visitor has saved: a history, up to 100.
    pub fn marked(peer: Option<&Peer>) -> Self {
        Self::new("marked", peer.map_or_else(Arguments::default, Arguments::of))
    }

    /// Sends the content of a message to somebody else, `muid` as for a text: the copy.
    pub fn forward(id: MessageId, peer: &Peer, muid: &str) -> Self {
        Self::new("forward", Arguments::of(peer).id(id).text("muid", muid))
    }

    /// Members of a group whose name or uid contains `search`: people.
    pub fn members(guid: &str, search: &str) -> Self {
        let arguments = Arguments::default().text("guid", guid).text("search", search);
        Self::new("members", arguments.number("limit", MOST_MEMBERS))
    }
}
