//! Who is reachable now, and since when not.

use super::State;
use crate::model::chat::{Peer, Person, Presence};

impl State {
    pub(super) fn presence_heard(&mut self, person: Person) {
        if person.presence == Presence::Offline {
            self.typing.stopped(&Peer::User(person.uid.clone()), &person.uid);
        }
        let last_active_at = self.presence.get(&person.uid).and_then(|known| known.last_active_at);
        let person = Person { last_active_at: person.last_active_at.max(last_active_at), ..person };
        self.presence.insert(person.uid.clone(), person);
    }

    /// The other side of a conversation of two, as reachable as is known.
    pub fn person(&self, peer: &Peer) -> Option<&Person> {
        self.presence.get(Self::uid_of(peer)?)
    }
}
