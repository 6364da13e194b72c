//! What happens in groups, and what the visitor was sent away from: the conversation stays readable as far as it is
//! here, and says why nothing can be written.

use super::{Effect, GroupKind, Peer, Request, State, Trouble, What};
use crate::{
    model::chat::{Content, Counterpart, Deed, Group, Happening, Message, Scope},
    sdk::{SdkError, request::Reply},
};

/// Why a group is none of the visitor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    NotIn,
    Kicked,
    Banned,
    Gone,
}

impl State {
    /// Why nothing can be written to this group.
    pub fn loss(&self, peer: &Peer) -> Option<Loss> {
        match peer.conversation() {
            Peer::Group(guid) => self.groups.losses.get(guid).copied(),
            _ => None,
        }
    }

    /// The group that was lost can be joined again.
    pub fn is_open_again(&self, peer: &Peer) -> Option<&Group> {
        let group = self.group(peer.id())?;
        let is_closed = group.kind == GroupKind::Private || matches!(self.loss(peer)?, Loss::Banned | Loss::Gone);
        (!is_closed).then_some(group)
    }

    /// Takes in what an action message tells.
    pub(in super::super) fn group_happened(&mut self, peer: &Peer, message: &Message, effects: &mut Vec<Effect>) {
        let (Content::Action { happening: Some(happening), .. }, Peer::Group(guid)) = (&message.content, peer) else {
            return;
        };
        let Happening { deed, on, members, .. } = happening.as_ref();
        let is_me = self.me() == Some(&on.uid);
        self.conversations.touched(peer);
        if let Some(Counterpart::Group(group)) = self.conversations.counterparts.get_mut(peer) {
            group.members = members.unwrap_or(group.members);
            match deed {
                Deed::Ranked(scope) if is_me => group.scope = Some(*scope),
                Deed::Kicked | Deed::Banned | Deed::Left if is_me => {
                    group.left = true;
                    group.banned = *deed == Deed::Banned;
                    group.scope = None;
                }
                Deed::Joined | Deed::Added if is_me => {
                    group.left = false;
                    group.scope = Some(Scope::Participant);
                }
                _ => {}
            }
        }
        if is_me {
            match deed {
                Deed::Kicked => self.lost(guid, Loss::Kicked),
                Deed::Banned => self.lost(guid, Loss::Banned),
                Deed::Left => return self.drop_conversation(peer, effects),
                Deed::Joined | Deed::Added => self.found_again(guid, effects),
                Deed::Unbanned | Deed::Ranked(_) => {}
            }
        }
        if self.groups.info.is_some() && self.panel.peer() == Some(peer) {
            self.members_wanted(effects);
        }
        if is_me && (self.loss(peer).is_none() || *deed == Deed::Unbanned) {
            effects.push(Effect::Ask(Request::of(What::Group, peer)));
        }
    }

    /// What is open of the group is about something that the visitor may not see any more.
    fn lost(&mut self, guid: &str, loss: Loss) {
        self.groups.losses.insert(guid.to_owned(), loss);
        if self.panel.peer().is_some_and(|open| open.is_group() && open.conversation().id() == guid) {
            self.groups_left();
            (self.panel.editing, self.panel.quoting, self.panel.handling.menu) = (None, None, None);
        }
    }

    fn found_again(&mut self, guid: &str, effects: &mut Vec<Effect>) {
        if self.groups.losses.remove(guid).is_some() {
            // What was said meanwhile is missing.
            let peer = Peer::Group(guid.to_owned());
            self.timelines.remove(&peer);
            if self.panel.peer() == Some(&peer) {
                self.load_timeline(&peer, effects);
            }
        }
    }

    /// What the cloud says of the group now.
    pub(super) fn group_answered(
        &mut self,
        request: &Request,
        result: Result<Reply, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        let guid = request.guid();
        let result = result.map(|reply| reply.groups.into_iter().next());
        let before = self.groups.losses.get(guid).copied();
        let loss = match result {
            Ok(None) => before,
            Ok(Some(group)) => {
                let loss = match before {
                    _ if group.banned => Some(Loss::Banned),
                    Some(Loss::Kicked) if group.left => before,
                    _ => group.left.then_some(Loss::NotIn),
                };
                self.know(Counterpart::Group(group));
                loss
            }
            Err(error) => match Trouble::from(&error) {
                Trouble::Banned => Some(Loss::Banned),
                Trouble::NotIn => before.or(Some(Loss::NotIn)),
                Trouble::Gone => Some(Loss::Gone),
                // That says nothing about the group.
                _ => before,
            },
        };
        match loss {
            Some(loss) => self.lost(guid, loss),
            None => self.found_again(guid, effects),
        }
    }
}
