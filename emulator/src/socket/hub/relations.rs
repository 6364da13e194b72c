//! Whose presence is nobody's business, and whose is above all: blocks and friendships of those who are online.

use std::collections::HashSet;

use super::{Hub, State};
use crate::uid::Uid;

/// Who may not, and who may above all, hear of somebody's presence. Both are mutual.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relations {
    /// Whom it has blocked, and who has blocked it.
    pub blocked: HashSet<String>,
    pub friends: HashSet<String>,
}

impl Hub {
    /// Who is online, as far as `uid` may know.
    pub(crate) fn online_for(&self, uid: &Uid) -> Vec<String> {
        let state = self.state();
        state.present.keys().filter(|other| !apart(&state, uid.as_str(), other)).cloned().collect()
    }

    /// One of them has blocked the other now, or neither has any more.
    pub(crate) fn part(&self, one: &Uid, other: &Uid, blocked: bool) {
        self.relate(one, other, blocked, |relations| &mut relations.blocked);
    }

    /// They are friends now, or no more.
    pub(crate) fn befriend(&self, one: &Uid, other: &Uid, friends: bool) {
        self.relate(one, other, friends, |relations| &mut relations.friends);
    }

    fn relate(&self, one: &Uid, other: &Uid, related: bool, how: impl Fn(&mut Relations) -> &mut HashSet<String>) {
        let mut state = self.state();
        for (uid, about) in [(one, other), (other, one)] {
            let Some(present) = state.present.get_mut(uid.as_str()) else { continue };
            let set = how(&mut present.relations);
            if related {
                set.insert(about.to_string());
            } else {
                set.remove(about.as_str());
            }
        }
    }
}

/// Whether one of them has blocked the other.
pub(super) fn apart(state: &State, one: &str, other: &str) -> bool {
    [(one, other), (other, one)]
        .iter()
        .any(|(uid, about)| state.present.get(*uid).is_some_and(|present| present.relations.blocked.contains(*about)))
}
