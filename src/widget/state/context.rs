//! A message is shown where it stands in its conversation, however long ago that was: a page around it takes the place of
//! what was loaded, and from there one reads on in both directions. Until the newest message is reached the timeline is
//! apart from what arrives.

use super::{Effect, Older, Screen, State, Synced, Timeline, Toast, timeline::PAGE};
use crate::{
    model::{
        chat::{Message, Peer},
        ids::MessageId,
    },
    sdk::{Request, SdkError, What, request::Reply},
};

impl Timeline {
    /// Newer messages exist that are not here.
    pub fn is_apart(&self) -> bool {
        self.newer != Older::None && self.newer != Older::Unasked
    }
}

impl State {
    /// Shows a message among those around it.
    pub(super) fn message_wanted(&mut self, peer: &Peer, id: MessageId, effects: &mut Vec<Effect>) {
        if self.panel.peer() != Some(peer) {
            self.screen_opened(Screen::Conversation(peer.clone()), effects);
        }
        self.groups_left();
        self.panel.handling.menu = None;
        self.panel.handling.wanted = Some(id);
        if !self.timeline(peer).messages.contains_key(&id) {
            self.ask(Request::of(What::MessagesAround, peer).id(id), effects);
        }
    }

    /// It is in sight now.
    pub(super) fn message_shown(&mut self) {
        self.panel.handling.marked = self.panel.handling.wanted.take();
    }

    pub(super) fn context_answered(
        &mut self,
        request: Request,
        result: Result<Reply, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(me) = self.me().cloned() else { return };
        let Some(peer) = request.peer else {
            // A link tells the message alone; the visitor may be kept from it, or it is gone.
            return match result.ok().and_then(|reply| reply.messages.into_iter().next()) {
                Some(message) => self.message_wanted(&message.place(&me), message.id, effects),
                None => self.toast(Toast::NotThere, effects),
            };
        };
        if self.panel.peer() != Some(&peer) || self.panel.handling.wanted != Some(request.id) {
            return;
        }
        let Ok(Reply { messages, is_first, is_last, .. }) = result else {
            self.panel.handling.wanted = None;
            self.trouble(result.as_ref().err().map_or(super::Trouble::Other, Into::into), effects);
            return;
        };
        self.panel.unread_at_opening = None;
        let timeline = self.timeline(&peer);
        timeline.messages.clear();
        for message in messages {
            timeline.take(message, &me);
        }
        timeline.loaded = true;
        timeline.older = if is_first { Older::None } else { Older::More };
        timeline.newer = if is_last { Older::None } else { Older::More };
        if !timeline.messages.contains_key(&request.id) {
            self.panel.handling.wanted = None;
            self.toast(Toast::NotThere, effects);
        }
        self.newest_reached(&peer, effects);
    }

    /// Those after what is here are wanted.
    pub(super) fn newer_wanted(&mut self, effects: &mut Vec<Effect>) {
        let Some(peer) = self.panel.peer().cloned() else { return };
        let timeline = self.timeline(&peer);
        let last = timeline.messages.keys().next_back().copied();
        if let Some(after) = last.filter(|_| matches!(timeline.newer, Older::More | Older::Failed)) {
            timeline.newer = Older::Loading;
            effects.push(Effect::LoadMissed { peer, after });
        }
    }

    /// Whether these were asked for by the reader of an old part; then they are taken in here.
    pub(super) fn newer_answered(
        &mut self,
        peer: &Peer,
        after: MessageId,
        result: &Result<Vec<Message>, SdkError>,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let Some(me) = self.me().cloned() else { return false };
        let timeline = self.timeline(peer);
        if !timeline.is_apart() {
            return false;
        }
        if timeline.messages.last().is_none_or(|(last, _)| *last != after) {
            // It goes on from what was shown before.
            return true;
        }
        timeline.newer = Older::Failed;
        if let Ok(page) = result {
            timeline.newer = if page.len() < PAGE as usize { Older::None } else { Older::More };
            for message in page {
                timeline.take(message.clone(), &me);
            }
            self.newest_reached(peer, effects);
        }
        true
    }

    /// With the newest message the timeline is one with what arrives; what arrived meanwhile is asked for.
    fn newest_reached(&mut self, peer: &Peer, effects: &mut Vec<Effect>) {
        let timeline = self.timeline(peer);
        if !timeline.is_apart() {
            timeline.synced = Synced::Stale;
            timeline.synced_to = timeline.messages.keys().next_back().copied().unwrap_or_default();
            timeline.changes_since = timeline.newest_change();
            self.catch_up_open(effects);
        }
    }

    /// From an old part straight to the newest message.
    pub(super) fn newest_wanted(&mut self, effects: &mut Vec<Effect>) {
        let Some(peer) = self.panel.peer().cloned() else { return };
        let timeline = self.timeline(&peer);
        if timeline.is_apart() {
            timeline.messages.clear();
            timeline.loaded = false;
            timeline.older = Older::Unasked;
            timeline.newer = Older::None;
            timeline.synced = Synced::Live;
            self.panel.handling.marked = None;
            self.load_timeline(&peer, effects);
        }
    }
}
