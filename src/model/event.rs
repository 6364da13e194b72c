//! What the cloud tells an open page without being asked.

use serde::{Deserialize, Serialize};

use super::{
    chat::{Message, Peer, Person},
    ids::{MessageId, Uid},
};

/// How far a receipt goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReceiptKind {
    Delivered,
    Read,
}

/// The socket's state, as the SDK reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Link {
    Connected,
    Connecting,
    Disconnected,
}

/// One event, in the form in which the bridge hands it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ChatEvent {
    MessageReceived {
        message: Message,
    },
    MessageEdited {
        message: Message,
    },
    MessageDeleted {
        message: Message,
    },
    Typing {
        /// Who types.
        person: Person,
        /// Where: a user's uid names the typist, seen from the receiver.
        peer: Peer,
        started: bool,
    },
    /// A receipt covers the message and every earlier one of its conversation.
    Receipt {
        kind: ReceiptKind,
        message_id: MessageId,
        /// Who received or read.
        reader: Uid,
        /// The conversation: of two, the reader; else the group.
        peer: Peer,
        at: i64,
    },
    PresenceChanged {
        person: Person,
    },
    LinkChanged {
        link: Link,
    },
    /// The SDK dropped its login: the token is dead, or somebody logged out.
    LoggedOut,
}
