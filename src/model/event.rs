//! What the cloud tells an open page without being asked.

use super::{
    chat::{Conversation, FileStep, Message, Peer, Person},
    ids::{MessageId, Uid},
};

/// How far a receipt goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptKind {
    Delivered,
    Read,
}

/// The socket's state, as the SDK reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Connected,
    Connecting,
    Disconnected,
}

/// One event, as the visitor sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Something hangs on a message now, or does not any more: a reaction.
    MessageTouched {
        id: MessageId,
    },
    /// A message was pinned, saved, moderated, or is not any more.
    MessageMarked {
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
        /// Of a group: it is the word that by now everybody in it has.
        by_all: bool,
    },
    PresenceChanged {
        person: Person,
    },
    /// A conversation was pinned, or is not any more: by this user on another device.
    ConversationPlaced {
        conversation: Box<Conversation>,
    },
    LinkChanged {
        link: Link,
    },
    /// A file of this page on its way to the cloud.
    FileMoved {
        id: u32,
        step: FileStep,
    },
    /// The microphone, while it records: how loud, in percent.
    Level {
        seconds: u32,
        level: u8,
    },
    /// The SDK dropped its login: the token is dead, or somebody logged out.
    LoggedOut,
}
