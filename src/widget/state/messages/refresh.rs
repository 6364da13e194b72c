//! What hangs on a message and has no order of its own: the events of it only say which message, and the cloud is asked
//! what it is like now. So an event that comes twice counts once, and one that is lost is made good by the next.

use super::MessageEffect;
use crate::{
    model::{
        chat::{Message, Peer},
        ids::MessageId,
    },
    sdk::SdkError,
    widget::state::{Effect, State, Timeline, message},
};

impl Timeline {
    /// Changes a message that is here.
    pub(in crate::widget::state) fn alter(&mut self, id: MessageId, change: impl FnOnce(&mut Message)) {
        if let Some(known) = self.messages.get_mut(&id) {
            change(std::rc::Rc::make_mut(known));
            self.revision = self.revision.wrapping_add(1);
        }
    }

    /// Takes in how a message is now, with all that hangs on it; one that is not here is no news.
    pub(in crate::widget::state) fn refresh(&mut self, now: &Message) {
        self.alter(now.id, |known| {
            message::merge(known, now.clone());
            message::take_hangings(known, now);
        });
    }
}

impl State {
    /// Something hangs on a message that did not before, or the other way round.
    pub(in crate::widget::state) fn message_touched(&mut self, id: MessageId, effects: &mut Vec<Effect>) {
        let peers: Vec<Peer> = self
            .timelines
            .iter()
            .filter(|(peer, timeline)| timeline.messages.contains_key(&id) || peer.parent() == Some(id))
            .map(|(peer, _)| peer.clone())
            .collect();
        for peer in peers {
            self.refresh_wanted(peer, id, effects);
        }
    }

    /// Asks for the message once at a time; what is told meanwhile has it asked for once more.
    pub(in crate::widget::state) fn refresh_wanted(&mut self, peer: Peer, id: MessageId, effects: &mut Vec<Effect>) {
        let timeline = self.timeline(&peer);
        let is_asked = timeline.refreshing.get(&id).is_some();
        timeline.refreshing.insert(id, is_asked);
        if !is_asked {
            effects.push(MessageEffect::Refresh { peer, id }.into());
        }
    }

    pub(super) fn refreshed(
        &mut self,
        peer: &Peer,
        id: MessageId,
        result: Result<Message, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        let again = self.timeline(peer).refreshing.remove(&id).unwrap_or_default();
        if let Ok(message) = result {
            self.message_marked(&message);
            self.read_open_thread(effects);
        }
        if again {
            self.refresh_wanted(peer.clone(), id, effects);
        }
    }

    /// Takes in how a message is now, wherever it is shown.
    pub(in crate::widget::state) fn message_is_now(&mut self, message: &Message) {
        for (peer, timeline) in self.timelines.iter_mut() {
            if peer.parent() == Some(message.id) {
                timeline.parent = Some(Box::new(message.clone()));
            }
            timeline.refresh(message);
        }
    }

    /// The newest page once more: what hangs on its messages, and one that was lost while newer ones were told.
    pub(super) fn newest_refreshed(&mut self, peer: &Peer, result: Result<Vec<Message>, SdkError>) {
        let Some(me) = self.me().cloned() else { return };
        let timeline = self.timeline(peer);
        let oldest = timeline.messages.first().map(|(id, _)| *id);
        for message in result.unwrap_or_default() {
            timeline.refresh(&message);
            // What is before the oldest comes with its own page.
            if !timeline.is_apart() && oldest.is_none_or(|oldest| message.id >= oldest) {
                timeline.take(message, &me);
            }
        }
    }
}
