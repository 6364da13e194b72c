//! What is done with single messages.

use super::{ChatClient, ffi::Arguments};
use crate::{
    model::{
        chat::{Message, Peer, Person, Reader},
        ids::MessageId,
    },
    sdk::{SdkError, protocol},
};

/// So many people are named at most: of those who reacted, and of whom a text can mention.
const MOST_REACTED: i64 = 200;
const MOST_MEMBERS: i64 = 10;

impl ChatClient {
    /// The message as it is now, with all that hangs on it.
    pub async fn message(&self, id: MessageId) -> Result<Message, SdkError> {
        self.of_message("details", Arguments::default().id(id)).await
    }

    /// Puts the emoji of the visitor to the message, or takes it away; the answer is the message after it.
    pub async fn react(&self, id: MessageId, emoji: &str, added: bool) -> Result<Message, SdkError> {
        self.of_message("react", Arguments::default().id(id).text("emoji", emoji).flag("added", added)).await
    }

    /// Who reacted, each with the emoji.
    pub async fn reacted_by(&self, id: MessageId) -> Result<Vec<(String, Person)>, SdkError> {
        let arguments = Arguments::default().id(id).number("most", MOST_REACTED);
        protocol::reacted_by(&self.session.call("reactedBy", arguments).await?)
    }

    /// Who received and who read one's own message.
    pub async fn receipts(&self, id: MessageId) -> Result<Vec<Reader>, SdkError> {
        protocol::receipts(&self.session.call("receipts", Arguments::default().id(id)).await?)
    }

    /// Pins the message for everybody in its conversation, or unpins it.
    pub async fn pin(&self, id: MessageId, on: bool) -> Result<Message, SdkError> {
        self.of_message("pin", Arguments::default().id(id).flag("on", on)).await
    }

    /// Saves the message for the visitor alone, or drops it.
    pub async fn save(&self, id: MessageId, on: bool) -> Result<Message, SdkError> {
        self.of_message("save", Arguments::default().id(id).flag("on", on)).await
    }

    /// The pinned messages of a conversation; without one, all that the visitor has saved. Ascending, up to 100.
    pub async fn marked(&self, peer: Option<&Peer>) -> Result<Vec<Message>, SdkError> {
        let arguments = peer.map_or_else(Arguments::default, Arguments::of);
        Ok(protocol::history(&self.session.call("marked", arguments).await?)?.messages)
    }

    /// Makes this message and all after it unread again, for the visitor.
    pub async fn mark_unread_from(&self, id: MessageId) -> Result<(), SdkError> {
        self.session.call("unreadFrom", Arguments::default().id(id)).await.map(drop)
    }

    /// Sends the content of a message to somebody else; `muid` as for a text.
    pub async fn forward(&self, id: MessageId, peer: &Peer, muid: &str) -> Result<Message, SdkError> {
        self.of_message("forward", Arguments::of(peer).id(id).text("muid", muid)).await
    }

    /// Members of a group whose name or uid contains `search`.
    pub async fn members(&self, guid: &str, search: &str) -> Result<Vec<Person>, SdkError> {
        let arguments = Arguments::default().text("guid", guid).text("search", search).number("limit", MOST_MEMBERS);
        protocol::people(&self.session.call("members", arguments).await?)
    }

    async fn of_message(&self, name: &str, arguments: Arguments) -> Result<Message, SdkError> {
        protocol::message(&self.session.call(name, arguments).await?)
    }
}
