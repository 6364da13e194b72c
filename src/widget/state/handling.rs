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
    /// Something has arrived below since.
    pub unseen: bool,
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
                handling.unseen = handling.unseen && away;
            }
            Event::RowFocused(peer) => handling.row = Some(peer),
            _ => {}
        }
    }

    /// A message that the reader, who is elsewhere in the conversation, does not see.
    pub(super) fn unseen_if_away(&mut self, peer: &Peer, message: &Message) {
        let is_mine = self.me() == Some(&message.sender.uid);
        if !is_mine && self.panel.handling.away && self.panel.peer() == Some(peer) {
            self.panel.handling.unseen = true;
        }
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
