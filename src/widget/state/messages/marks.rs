//! Pinned for everybody in the conversation, saved for oneself, unread again.

use super::{Loaded, MessageEffect, Sheet};
use crate::{
    model::{
        chat::{Message, Peer},
        ids::MessageId,
    },
    sdk::{Request, SdkError, What},
    widget::state::{Effect, Screen, State, Toast},
};

impl State {
    pub(super) fn mark_toggled(&mut self, id: MessageId, saved: bool, effects: &mut Vec<Effect>) {
        let Some((peer, known)) = self.open_message(id) else { return };
        let on = if saved { known.saved_at } else { known.pinned_at }.is_none();
        let effect = if saved { MessageEffect::Save { peer, id, on } } else { MessageEffect::Pin { peer, id, on } };
        effects.push(effect.into());
    }

    /// A reaction, a pin or a save came back: with the whole message, or the cloud is asked for it.
    pub(super) fn mark_answered(
        &mut self,
        peer: &Peer,
        id: MessageId,
        result: Result<Message, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        if let Ok(message) = result {
            self.message_marked(&message);
        } else {
            self.toast(Toast::Failed, effects);
            self.refresh_wanted(peer.clone(), id, effects);
        }
    }

    /// The message has other marks now.
    pub(in crate::widget::state) fn message_marked(&mut self, message: &Message) {
        self.message_is_now(message);
        self.unlist_marked(message);
    }

    /// An open list of marked messages loses one that is not marked any more, or gone.
    pub(in crate::widget::state) fn unlist_marked(&mut self, message: &Message) {
        if let Some(Sheet::Marked { peer, messages: Loaded::Here(messages) }) = &mut self.panel.sheet {
            let is_marked = if peer.is_some() { message.pinned_at } else { message.saved_at }.is_some();
            messages.retain(|one| one.id != message.id || is_marked && message.deleted_at.is_none());
        }
    }

    pub(super) fn marked_answered(&mut self, of: Option<&Peer>, result: Result<Vec<Message>, SdkError>) {
        if let Some(Sheet::Marked { peer, messages }) = &mut self.panel.sheet
            && peer.as_ref() == of
        {
            *messages = Loaded::from(result);
        }
    }

    /// What is before the visitor's eyes is read: so the conversation closes, and the cloud's next count holds.
    pub(super) fn unread_from(&mut self, id: MessageId, effects: &mut Vec<Effect>) {
        if let Some(peer) = self.panel.peer().cloned() {
            self.screen_opened(Screen::List, effects);
            self.conversations.forget_reading(&peer);
            self.ask(Request::of(What::MarkUnread, &peer).id(id), effects);
        }
    }
}
