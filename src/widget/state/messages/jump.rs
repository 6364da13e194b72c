//! A message is to be seen where it stands: older pages are loaded until it is here.

use crate::{
    model::{chat::Peer, ids::MessageId},
    widget::state::{Effect, Older, Screen, State, Toast},
};

impl State {
    pub(super) fn message_wanted(&mut self, id: MessageId, effects: &mut Vec<Effect>) {
        // What is quoted, and not here yet, stands in the open conversation.
        let place = self.open_message(id).map(|(peer, _)| peer).or_else(|| self.panel.peer().cloned());
        self.panel.sheet = None;
        let Some(peer) = place else { return };
        self.timeline(&peer).wanted = Some(id);
        if self.panel.peer() != Some(&peer) {
            self.screen_opened(Screen::Conversation(peer.clone()), effects);
        }
        self.show_wanted(&peer, effects);
    }

    /// Takes a step towards the message that is wanted.
    pub(in crate::widget::state) fn show_wanted(&mut self, peer: &Peer, effects: &mut Vec<Effect>) {
        let timeline = self.timeline(peer);
        let Some(id) = timeline.wanted else { return };
        if timeline.messages.contains_key(&id) {
            timeline.wanted = None;
            effects.push(Effect::Reveal(id));
        } else if timeline.loaded && timeline.older == Older::More {
            self.older_wanted(effects);
        } else if timeline.loaded && timeline.older != Older::Loading {
            timeline.wanted = None;
            self.toast(Toast::NotThere, effects);
        }
    }
}
