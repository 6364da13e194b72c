//! Receipts: how far the other side has come. A receipt covers every earlier message and never goes back.

use super::{Delivery, PendingStatus, State, Timeline};
use crate::model::{
    chat::{Message, Moderation, Peer},
    event::ReceiptKind,
    ids::{MessageId, Uid},
};

impl State {
    pub(super) fn receipt_heard(&mut self, kind: ReceiptKind, id: MessageId, reader: &Uid, peer: &Peer, by_all: bool) {
        if !by_all && self.me() == Some(reader) {
            // Another device of the visitor: whom the conversation is with, only the message tells.
            if kind == ReceiptKind::Read
                && let Some(peer) = self.conversation_of(id)
            {
                self.read_elsewhere(&peer, id);
            }
            return;
        }
        // In a group one reader is not all readers.
        if peer.is_group() && !by_all {
            return;
        }
        // The threads have no receipts of their own.
        self.timeline(peer);
        for (place, timeline) in self.timelines.iter_mut().filter(|(place, _)| place.conversation() == peer) {
            if place.parent().is_some() && !timeline.messages.contains_key(&id) {
                continue;
            }
            let before = (timeline.delivered_to, timeline.read_to);
            if kind == ReceiptKind::Read {
                timeline.read_to = timeline.read_to.max(Some(id));
            }
            timeline.delivered_to = timeline.delivered_to.max(Some(id));
            if before != (timeline.delivered_to, timeline.read_to) {
                timeline.revision = timeline.revision.wrapping_add(1);
            }
        }
    }
}

impl Timeline {
    /// How far one's own message has come.
    pub fn delivery(&self, message: &Message) -> Delivery {
        // What moderation withholds nobody has, whatever was read after it.
        let is_withheld = message.moderation != Moderation::Approved;
        let covers = |up_to: Option<MessageId>| !is_withheld && up_to.is_some_and(|up_to| message.id <= up_to);
        if covers(self.read_to) || message.read_at.is_some() {
            Delivery::Read
        } else if covers(self.delivered_to) || message.delivered_at.is_some() {
            Delivery::Delivered
        } else {
            Delivery::Sent
        }
    }
}

impl From<PendingStatus> for Delivery {
    fn from(status: PendingStatus) -> Self {
        match status {
            PendingStatus::Queued => Self::Queued,
            PendingStatus::Sending => Self::Sending,
            PendingStatus::Failed => Self::Failed,
        }
    }
}
