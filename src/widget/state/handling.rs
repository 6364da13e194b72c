//! What is going on with single messages and rows for as long as their screen is shown: an open menu, a deletion that
//! waits for its confirmation, where the reader is.

use super::{Event, ItemKey, State};
use crate::model::{
    chat::{Message, Peer},
    ids::MessageId,
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Handling {
    /// The message whose menu is open.
    pub menu: Option<ItemKey>,
    /// The message that is to be deleted, once that is confirmed.
    pub deleting: Option<MessageId>,
    /// The reader has scrolled away from the newest message.
    pub away: bool,
    /// What was the newest message then.
    left_at: MessageId,
    /// A message that is to be brought into sight, and the one that was.
    pub wanted: Option<MessageId>,
    pub marked: Option<MessageId>,
    /// The row of the list that the tab key reaches.
    pub row: Option<Peer>,
}

impl State {
    pub(super) fn handling_intent(&mut self, event: Event) {
        let handling = &mut self.panel.handling;
        match event {
            Event::MenuToggled(key) => {
                handling.menu = if handling.menu.as_ref() == Some(&key) { None } else { Some(key) };
            }
            Event::MenuClosed => handling.menu = None,
            Event::DeletionAsked(id) => {
                handling.menu = None;
                handling.deleting = Some(id);
            }
            Event::DeletionCancelled => {
                handling.deleting = None;
                self.groups.dialog = None;
            }
            Event::ReaderMoved { away } => {
                handling.away = away;
                self.panel.handling.left_at = self.newest_open().unwrap_or_default();
            }
            Event::RowFocused(peer) => handling.row = Some(peer),
            _ => {}
        }
    }

    fn newest_open(&self) -> Option<MessageId> {
        self.timelines.get(self.panel.peer()?)?.messages.last().map(|(id, _)| *id)
    }

    /// How many messages of others have come below a reader who is elsewhere in the conversation.
    pub fn unseen_below(&self) -> u32 {
        let timeline = self.panel.peer().and_then(|peer| self.timelines.get(peer));
        let Some(timeline) = timeline.filter(|timeline| self.panel.handling.away && !timeline.is_apart()) else {
            return 0;
        };
        let newer = timeline.messages.values().rev().take_while(|message| message.id > self.panel.handling.left_at);
        let of_others = newer.filter(|message| self.me() != Some(&message.sender.uid));
        u32::try_from(of_others.count()).unwrap_or(u32::MAX)
    }

    /// What was deleted has no menu any more.
    pub(super) fn menu_lost(&mut self, message: &Message) {
        let of_message = |key: &mut ItemKey| match key {
            ItemKey::Message(id) => *id == message.id,
            ItemKey::Sent(muid) => message.muid.as_ref() == Some(muid),
            ItemKey::Day(_) | ItemKey::UnreadLine | ItemKey::Row(_) | ItemKey::Member(_) => false,
        };
        if message.deleted_at.is_some() {
            self.panel.handling.menu.take_if(of_message);
        }
    }

    /// Another screen begins anew; the row that was left is found again.
    pub(super) fn handling_ended(&mut self) {
        let row = self.panel.handling.row.take();
        self.panel.handling = Handling { row, ..Handling::default() };
    }
}
