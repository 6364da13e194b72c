//! Typing: what is heard of others, and what is told of oneself.

use std::collections::BTreeMap;

use super::{Effect, Millis, State, Timer};
use crate::model::{
    chat::{Peer, Person},
    ids::Uid,
};

/// The SDK never repeats "started" nor ends it by itself (4.2.0), so an indicator whose end was lost goes out late.
const HEARD_FOR_MS: Millis = 60_000;
/// A visitor who rests this long has stopped typing.
const PAUSE_MS: Millis = 3000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typing {
    heard: BTreeMap<Peer, BTreeMap<Uid, (String, Millis)>>,
    /// To whom "started" was told, and when the last key was pressed.
    told: Option<(Peer, Millis)>,
}

impl Typing {
    /// The names of those who type to this peer's conversation.
    pub fn names(&self, peer: &Peer) -> Vec<String> {
        self.heard.get(peer).into_iter().flatten().map(|(_, (name, _))| name.clone()).collect()
    }

    pub fn is_anybody(&self, peer: &Peer) -> bool {
        self.heard.contains_key(peer)
    }

    pub(super) fn stopped(&mut self, peer: &Peer, uid: &Uid) {
        if let Some(typists) = self.heard.get_mut(peer) {
            typists.remove(uid);
            if typists.is_empty() {
                self.heard.remove(peer);
            }
        }
    }

    pub(super) fn forget_everybody(&mut self) {
        self.heard.clear();
    }

    pub(super) fn expire(&mut self, now: Millis) {
        for typists in self.heard.values_mut() {
            typists.retain(|_, (_, since)| now - *since < HEARD_FOR_MS);
        }
        self.heard.retain(|_, typists| !typists.is_empty());
    }
}

impl State {
    pub(super) fn typing_heard(
        &mut self,
        person: Person,
        peer: Peer,
        started: bool,
        now: Millis,
        effects: &mut Vec<Effect>,
    ) {
        if self.me() == Some(&person.uid) {
            return;
        }
        if !started {
            return self.typing.stopped(&peer, &person.uid);
        }
        self.typing.heard.entry(peer).or_default().insert(person.uid, (person.name, now));
        effects.push(Effect::Schedule { timer: Timer::TypingExpired, after_ms: 60_000 });
    }

    /// The visitor pressed a key in the composer.
    pub(super) fn typed(&mut self, peer: &Peer, now: Millis, effects: &mut Vec<Effect>) {
        if !self.connection.is_live() {
            return;
        }
        if self.typing.told.as_ref().is_none_or(|(told, _)| told != peer) {
            self.typing_ended(effects);
            effects.push(Effect::StartTyping(peer.clone()));
            effects.push(Effect::Schedule { timer: Timer::TypingPaused, after_ms: 3000 });
        }
        self.typing.told = Some((peer.clone(), now));
    }

    pub(super) fn typing_ended(&mut self, effects: &mut Vec<Effect>) {
        if let Some((peer, _)) = self.typing.told.take() {
            effects.push(Effect::EndTyping(peer));
        }
    }

    pub(super) fn typing_paused(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        let Some((_, last_key)) = &self.typing.told else { return };
        let rest = PAUSE_MS - (now - last_key);
        if rest <= 0 {
            self.typing_ended(effects);
        } else {
            let after_ms = u32::try_from(rest).unwrap_or(0);
            effects.push(Effect::Schedule { timer: Timer::TypingPaused, after_ms });
        }
    }
}
