//! A message goes to somebody else, too.

use super::{MessageEffect, Sheet};
use crate::{
    model::chat::{Message, Peer},
    sdk::SdkError,
    widget::{
        state::{Effect, State, Toast},
        text::letters::finds,
    },
};

impl State {
    pub(super) fn forward_searched(&mut self, text: String, effects: &mut Vec<Effect>) {
        if let Some(Sheet::Forward { search, .. }) = &mut self.panel.sheet {
            search.clone_from(&text);
            effects.push(Effect::SearchPeople { search: text, page: 1 });
        }
    }

    /// The known conversations whose name contains what is searched for, the newest first.
    pub fn forward_targets(&self, search: &str) -> Vec<Peer> {
        let is_found = |peer: &Peer| {
            let with = self.conversations.counterparts.get(peer);
            with.is_some_and(|with| finds(with.name(), search))
        };
        let listed = self.conversations.in_order();
        let others = self.conversations.counterparts.keys().filter(|peer| !listed.contains(peer)).cloned();
        listed.iter().cloned().chain(others).filter(is_found).collect()
    }

    pub(super) fn forward(&mut self, peer: Peer, muid: String, effects: &mut Vec<Effect>) {
        if let Some(Sheet::Forward { id, .. }) = self.panel.sheet.take() {
            // Where the last try may have arrived all the same, the same once more does no harm.
            let before = self.panel.forwarding.take().filter(|(known, to, _)| *known == id && *to == peer);
            let muid = before.map_or(muid, |(.., muid)| muid);
            self.panel.forwarding = Some((id, peer.clone(), muid.clone()));
            effects.push(MessageEffect::Forward { id, peer, muid }.into());
        }
    }

    pub(super) fn forwarded(&mut self, peer: &Peer, result: Result<Message, SdkError>, effects: &mut Vec<Effect>) {
        let Some(me) = self.me().cloned() else { return };
        match result {
            Ok(message) => {
                let timeline = self.timeline(peer);
                if timeline.loaded && !timeline.is_apart() {
                    timeline.take(message.clone(), &me);
                }
                self.list_heard(peer, &message, effects);
                self.panel.forwarding = None;
                self.toast(Toast::Forwarded, effects);
            }
            Err(_) => self.toast(Toast::Failed, effects),
        }
    }
}
