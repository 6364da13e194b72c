//! What is done with single messages, as data that is asked in one place, so that the code that waits for an
//! answer is there once and not once for each. What the answers mean, `protocol` says.

use super::{ChatClient, MESSAGES, ffi::Arguments};
use crate::{
    model::{chat::Peer, ids::MessageId},
    sdk::SdkError,
};

/// So many people are named at most: of those who reacted, and of whom a text can mention.
const MOST_REACTED: i64 = 200;
const MOST_MEMBERS: i64 = 10;

/// One call of the bridge.
#[derive(Debug)]
pub struct MessageCall {
    name: &'static str,
    arguments: Arguments,
}

impl MessageCall {
    fn new(name: &'static str, arguments: Arguments) -> Self {
        Self { name, arguments }
    }

    fn of(name: &'static str, id: MessageId) -> Self {
        Self::new(name, Arguments::default().id(id))
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

    /// Makes this message and all after it unread again, for the visitor: nothing.
    pub fn unread_from(id: MessageId) -> Self {
        Self::of("unreadFrom", id)
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

impl ChatClient {
    /// Makes the call; the answer is what `protocol` reads.
    pub async fn make(&self, call: MessageCall) -> Result<String, SdkError> {
        self.session.call(call.name, call.arguments).await
    }
}
