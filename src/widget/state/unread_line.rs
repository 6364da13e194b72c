//! Where "new messages" begin in the open conversation: found once, when it is opened, and then it stays where it is.

use super::{Older, Screen, State, Timeline};
use crate::model::ids::{MessageId, Uid};

/// What is known of the unread messages of the moment when the conversation was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// The list has not told yet.
    #[default]
    Unknown,
    /// So many, up to and with this one; which, the messages will tell.
    Counted { unread: u32, up_to: MessageId },
    /// The line stands, or there is none.
    Settled,
}

impl State {
    /// The conversation has just been opened.
    pub(super) fn begin_unread_line(&mut self) {
        self.panel.unread_at_opening = None;
        self.panel.opening = Opening::Unknown;
        self.settle_unread_line();
    }

    /// Takes a step towards the line, if one is to be taken. To be called before anything is read.
    pub(super) fn settle_unread_line(&mut self) {
        let Screen::Conversation(peer) = &self.panel.screen else { return };
        let Some(me) = &self.viewer.as_ref().map(|viewer| &viewer.uid) else { return };
        if self.panel.opening == Opening::Unknown
            && let Some(row) = self.conversations.rows.get(peer)
        {
            self.panel.opening = match row.newest_unread() {
                Some(up_to) => Opening::Counted { unread: row.unread(), up_to },
                None => Opening::Settled,
            };
        }
        if let Opening::Counted { unread, up_to } = self.panel.opening
            && let Some(timeline) = self.timelines.get(peer).filter(|timeline| timeline.loaded)
            && let Some(first) = first_unread(timeline, me, unread, up_to)
        {
            self.panel.unread_at_opening = Some(first);
            self.panel.opening = Opening::Settled;
        }
    }
}

/// The first of so many messages of others up to this one; none while it may be among the older ones.
fn first_unread(timeline: &Timeline, me: &Uid, unread: u32, up_to: MessageId) -> Option<MessageId> {
    let from_others = timeline.messages.values().rev().filter(|known| known.id <= up_to && known.sender.uid != *me);
    let mut from_others = from_others.map(|known| known.id).take(unread as usize);
    let (mut first, mut found) = (None, 0);
    for id in from_others.by_ref() {
        (first, found) = (Some(id), found + 1);
    }
    first.filter(|_| found == unread || timeline.older == Older::None)
}
