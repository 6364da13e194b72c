//! Typing: what is heard of others, and what is told of oneself.

use litemap::LiteMap;

use super::{Effect, Millis, State, Timer, retry::schedule};
use crate::model::{
    chat::{Peer, Person},
    ids::Uid,
};

/// The SDK never repeats "started" nor ends it by itself (4.2.0), so an indicator whose end was lost goes out late.
const HEARD_FOR_MS: Millis = 60_000;
/// A visitor who rests this long has stopped typing.
const PAUSE_MS: Millis = 3000;
/// While typing goes on, whoever comes late is told too; the binding itself leaves out what is too often.
const REPEAT_MS: Millis = 5000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typing {
    heard: LiteMap<Peer, LiteMap<Uid, (String, Millis)>>,
    told: Option<Told>,
}

/// "Started" was told.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    peer: Peer,
    at: Millis,
    last_key: Millis,
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

    fn expire(&mut self, now: Millis) {
        for (_, typists) in self.heard.iter_mut() {
            typists.retain(|_, (_, since)| now - *since < HEARD_FOR_MS);
        }
        self.heard.retain(|_, typists| !typists.is_empty());
    }

    /// How long until the next indicator is too old.
    fn next_expiry(&self, now: Millis) -> Option<Millis> {
        let oldest = self.heard.values().flat_map(LiteMap::values).map(|(_, since)| *since).min();
        oldest.map(|since| since + HEARD_FOR_MS - now)
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
        self.typing_expired(now, effects);
    }

    /// Each indicator goes out in its own time, whoever else types.
    pub(super) fn typing_expired(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        self.typing.expire(now);
        effects.extend(self.typing.next_expiry(now).map(|pause| schedule(Timer::TypingExpired, pause)));
    }

    /// The visitor pressed a key in the composer.
    pub(super) fn typed(&mut self, peer: &Peer, now: Millis, effects: &mut Vec<Effect>) {
        if !self.connection.is_live() {
            return;
        }
        if let Some(told) = self.typing.told.as_mut().filter(|told| told.peer == *peer) {
            told.last_key = now;
            if now - told.at >= REPEAT_MS {
                told.at = now;
                effects.push(Effect::StartTyping(peer.clone()));
            }
            return;
        }
        self.typing_ended(effects);
        effects.extend([Effect::StartTyping(peer.clone()), schedule(Timer::TypingPaused, PAUSE_MS)]);
        self.typing.told = Some(Told { peer: peer.clone(), at: now, last_key: now });
    }

    pub(super) fn typing_ended(&mut self, effects: &mut Vec<Effect>) {
        if let Some(told) = self.typing.told.take() {
            effects.push(Effect::EndTyping(told.peer));
        }
    }

    pub(super) fn typing_paused(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        let Some(told) = &self.typing.told else { return };
        let rest = PAUSE_MS - (now - told.last_key);
        if rest <= 0 {
            self.typing_ended(effects);
        } else {
            effects.push(schedule(Timer::TypingPaused, rest));
        }
    }
}
