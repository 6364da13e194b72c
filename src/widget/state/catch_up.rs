//! After the link was lost: everything that was missed, page by page, and every change of what is already here.

use super::{
    Effect, Loading, MessageEffect, Phase, Screen, State, Synced, Timer,
    retry::{CATCH_UP, schedule},
    timeline::PAGE,
};
use crate::{
    model::{
        chat::{Message, Peer},
        event::Link,
        ids::MessageId,
    },
    sdk::{Request, SdkError, What},
};

impl State {
    /// What a fresh login needs: the list, and what is open beside it.
    pub(super) fn load_after_connecting(&mut self, effects: &mut Vec<Effect>) {
        self.connection.catch_up_failures = 0;
        self.load_conversations(1, effects);
        if let Some(id) = self.panel.linked.take() {
            self.ask(Request::new(What::MessagesAround).id(id), effects);
        }
        if matches!(self.panel.screen, Screen::NewChat | Screen::NewGroup) || !self.people.search.is_empty() {
            self.search(1, effects);
        }
        self.open_conversation_wanted(effects);
        self.catch_up_open(effects);
        self.flush_outbox(effects);
    }

    /// The link is back: the list again, and what the open conversation missed. Others catch up when they are opened.
    pub(super) fn catch_up(&mut self, effects: &mut Vec<Effect>) {
        if self.connection.phase != Phase::Ready {
            return;
        }
        if self.conversations.loading != Loading::Loading {
            self.load_conversations(1, effects);
        }
        for (_, timeline) in self.timelines.iter_mut() {
            timeline.synced = Synced::Stale;
        }
        // Nobody told who came and went meanwhile.
        if let Some(Peer::User(uid)) = self.panel.peer() {
            effects.push(Effect::LoadPerson(uid.clone()));
        }
        self.open_conversation_wanted(effects);
        self.catch_up_open(effects);
    }

    /// Once more, after a while: with the socket standing, nothing is missed from here on.
    pub(super) fn catch_up_again(&mut self, effects: &mut Vec<Effect>) {
        self.catch_up(effects);
        self.connection.settled = self.connection.phase == Phase::Ready && self.connection.link == Link::Connected;
    }

    /// Something of it failed: tried again ever later; what will not pass, when the link or the visitor asks for it.
    pub(super) fn catch_up_later(&mut self, error: &SdkError, effects: &mut Vec<Effect>) {
        if error.may_pass() && self.connection.phase == Phase::Ready {
            effects.push(schedule(Timer::CatchUp, CATCH_UP.after(self.connection.catch_up_failures)));
            self.connection.catch_up_failures += 1;
        }
    }

    /// Loads the open conversation when that was not done yet, and learns who it is with.
    pub(super) fn open_conversation_wanted(&mut self, effects: &mut Vec<Effect>) {
        let Screen::Conversation(peer) = self.panel.screen.clone() else { return };
        if self.connection.phase != Phase::Ready {
            return;
        }
        if !self.conversations.counterparts.contains_key(peer.conversation()) {
            effects.push(Effect::LoadConversation(peer.conversation().clone()));
        }
        self.thread_shown(effects);
        self.standing_wanted(&peer, effects);
        self.load_timeline(&peer, effects);
    }

    /// Catches the open conversation up, when it needs that.
    pub(super) fn catch_up_open(&mut self, effects: &mut Vec<Effect>) {
        let Some(peer) = self.panel.peer().cloned() else { return };
        if self.connection.phase != Phase::Ready {
            return;
        }
        let timeline = self.timeline(&peer);
        if !timeline.loaded || timeline.is_apart() || timeline.synced != Synced::Stale {
            return;
        }
        if timeline.synced_to == MessageId::default() {
            // It was empty when it was loaded, so there is no message to go on from: it is loaded anew.
            timeline.loaded = false;
            timeline.synced = Synced::Live;
            return self.load_timeline(&peer, effects);
        }
        timeline.synced = Synced::CatchingUp;
        effects.push(Effect::LoadMissed { peer: peer.clone(), after: timeline.synced_to });
        effects.push(Effect::LoadChanges { peer: peer.clone(), since: timeline.changes_since });
        effects.push(MessageEffect::RefreshNewest(peer).into());
    }

    pub(super) fn missed_answered(
        &mut self,
        peer: &Peer,
        after: MessageId,
        result: Result<Vec<Message>, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(me) = self.me().cloned() else { return };
        if !self.timeline(peer).loaded || self.newer_answered(peer, after, &result, effects) {
            return;
        }
        let page = match result {
            Ok(page) => page,
            Err(error) => {
                self.timeline(peer).synced = Synced::Stale;
                return self.catch_up_later(&error, effects);
            }
        };
        self.connection.catch_up_failures = 0;
        let last_page = page.len() < PAGE as usize;
        let newest = page.iter().map(|message| message.id).max();
        for message in &page {
            self.edit_lost(peer, message, effects);
        }
        let timeline = self.timeline(peer);
        for message in &page {
            timeline.take(message.clone(), &me);
        }
        // What was sent or told meanwhile may be newer, and proves nothing of those between.
        if after <= timeline.synced_to {
            timeline.synced_to = timeline.synced_to.max(newest.unwrap_or_default());
        }
        if timeline.synced == Synced::CatchingUp {
            if last_page {
                timeline.synced = Synced::Live;
            } else {
                effects.push(Effect::LoadMissed { peer: peer.clone(), after: timeline.synced_to });
            }
        }
        for message in page {
            self.list_caught_up(peer, &message);
        }
        self.read_open_conversation(effects);
        self.read_open_thread(effects);
    }

    pub(super) fn changes_answered(
        &mut self,
        peer: &Peer,
        result: Result<Vec<Message>, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(me) = self.me().cloned() else { return };
        let changed = match result {
            Ok(changed) => changed,
            Err(error) => {
                self.timeline(peer).synced = Synced::Stale;
                return self.catch_up_later(&error, effects);
            }
        };
        for message in &changed {
            self.edit_lost(peer, message, effects);
        }
        let timeline = self.timeline(peer);
        for message in &changed {
            timeline.changes_since = timeline.changes_since.max(super::message::changed_at(message));
            timeline.change(message.clone(), &me);
        }
        for message in changed {
            self.list_changed(peer, &message, effects);
        }
    }
}
