//! Threads: a conversation of its own under a message. Its timeline is one like the others, kept under its own peer.

use crate::{
    model::{
        chat::{Message, Peer},
        ids::MessageId,
    },
    widget::state::{Effect, Screen, State},
};

impl State {
    pub(super) fn quote_started(&mut self, id: MessageId) {
        self.panel.editing = None;
        let known = self.open_message(id).filter(|(_, known)| known.deleted_at.is_none());
        self.panel.quoting = known.map(|(_, known)| known.id);
    }

    pub(super) fn thread_opened(&mut self, id: MessageId, effects: &mut Vec<Effect>) {
        if let Some(thread) = self.panel.peer().map(|peer| peer.thread(id)) {
            self.screen_opened(Screen::Conversation(thread), effects);
        }
    }

    /// A thread comes before the visitor's eyes: the message that it hangs on is shown above it.
    pub(in crate::widget::state) fn thread_shown(&mut self, effects: &mut Vec<Effect>) {
        let Some(thread) = self.panel.peer().cloned() else { return };
        let Some(id) = thread.parent() else { return };
        let known = self.timelines.get(thread.conversation()).and_then(|timeline| timeline.messages.get(&id));
        let parent = known.map(|known| Box::new(Message::clone(known)));
        let timeline = self.timeline(&thread);
        timeline.parent = parent.or_else(|| timeline.parent.take());
        // Its reactions may have changed while nobody looked.
        self.refresh_wanted(thread, id, effects);
    }

    /// A message came into a thread, the visitor's own or another's: its parent counts it, and who looks on reads it.
    pub(in crate::widget::state) fn thread_heard(
        &mut self,
        thread: &Peer,
        message: &Message,
        effects: &mut Vec<Effect>,
    ) {
        if let Some(parent) = thread.parent() {
            self.message_touched(parent, effects);
        }
        if !self.is_mine(message) {
            if self.is_watching(thread) && self.is_read_around(thread) {
                let message = Some(Box::new(message.clone()));
                effects.push(Effect::MarkRead { peer: thread.clone(), message });
            } else {
                effects.push(Effect::MarkDelivered(Box::new(message.clone())));
            }
        }
    }

    /// Whether nothing is unread in the conversation around a thread. A receipt covers everything before it: what is unread
    /// there is not read by reading in the thread.
    fn is_read_around(&self, thread: &Peer) -> bool {
        self.conversations.rows.get(thread.conversation()).is_none_or(|row| row.unread() == 0)
    }

    /// The thread before the visitor's eyes is read up to its newest message.
    pub(in crate::widget::state) fn read_open_thread(&mut self, effects: &mut Vec<Effect>) {
        let Some(thread) = self.panel.peer().filter(|peer| peer.parent().is_some()).cloned() else { return };
        let (Some(parent), Some(me)) = (thread.parent(), self.me().cloned()) else { return };
        let timeline = self.timeline(&thread);
        let unread = timeline.parent.as_ref().is_some_and(|parent| parent.unread_replies > 0);
        let Some(newest) = timeline.newest_from_others(&me).cloned().filter(|_| unread) else { return };
        if self.is_watching(&thread) && self.connection.is_live() && self.is_read_around(&thread) {
            effects.push(Effect::MarkRead { peer: thread.clone(), message: Some(Box::new(newest)) });
            let read = |message: &mut Message| message.unread_replies = 0;
            self.timeline(thread.conversation()).alter(parent, read);
            if let Some(parent) = &mut self.timeline(&thread).parent {
                read(parent);
            }
        }
    }
}
