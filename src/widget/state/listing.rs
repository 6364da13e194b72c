//! What the visitor does with the list of conversations: which are shown, what stands on top, what is silent or put
//! away, and what is looked for in all of them. Silent and put away are tags in the cloud, so that they hold on every
//! device.

use super::{Effect, Loading, Phase, Screen, State, Toast};
use crate::{
    model::{
        chat::{Conversation, Message, Peer},
        ids::MessageId,
    },
    sdk::{Request, SdkError, What, request::Reply},
};

/// The tags that stand for it.
pub const MUTED: &str = "muted";
pub const ARCHIVED: &str = "archived";
/// So many rows fill any list.
const FULL: usize = 14;

/// Which conversations are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    All,
    Unread,
    Groups,
    Archived,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ListEvent {
    Filtered(Filter),
    Pinned(Peer, bool),
    /// A tag of the visitor's is set, or taken away.
    Tagged(Peer, &'static str, bool),
    ReadAll(Peer),
    UnreadAgain(Peer),
    /// It goes from the list at once, and from the cloud a little later.
    Deleted(Peer),
    DeletionUndone,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    pub filter: Filter,
    /// Messages that the search field names, the newest first.
    pub found: Vec<Message>,
    pub finding: Loading,
    /// The conversation that is about to be deleted.
    pub deleting: Option<Peer>,
}

impl State {
    pub(super) fn listing_intent(&mut self, event: ListEvent, effects: &mut Vec<Effect>) {
        self.panel.handling.menu = None;
        match event {
            ListEvent::Filtered(filter) => {
                self.listing.filter = filter;
                self.fill_list(effects);
            }
            ListEvent::Pinned(peer, pinned) => {
                self.place(&peer, pinned.then_some(1));
                self.ask(Request::of(What::PinConversation, &peer).on(pinned), effects);
            }
            ListEvent::Tagged(peer, tag, set) => {
                let Some(row) = self.conversations.rows.get_mut(&peer) else { return };
                row.tag(tag, set);
                self.ask(Request::of(What::TagConversation, &peer).text("tag", tag).on(set), effects);
            }
            ListEvent::ReadAll(peer) => {
                if let Some(row) = self.conversations.rows.get_mut(&peer) {
                    row.read_all();
                    effects.push(Effect::MarkRead { peer, message: None });
                }
            }
            ListEvent::UnreadAgain(peer) => {
                let Some(id) = self.newest_from_others(&peer) else { return };
                if self.panel.peer() == Some(&peer) {
                    // Before the visitor's eyes it would be read at once.
                    self.screen_opened(Screen::List, effects);
                }
                self.ask(Request::of(What::MarkUnread, &peer).id(id), effects);
            }
            ListEvent::Deleted(peer) => {
                self.deletion_is_final(effects);
                if self.panel.peer().is_some_and(|open| *open.conversation() == peer) {
                    self.screen_opened(Screen::List, effects);
                }
                self.listing.deleting = Some(peer);
                self.toast(Toast::Deleted, effects);
            }
            ListEvent::DeletionUndone => self.deletion_undone(),
        }
    }

    /// The conversation stays: the visitor wants it, or somebody has just written.
    pub(super) fn deletion_undone(&mut self) {
        self.listing.deleting = None;
        self.panel.toast.take_if(|toast| *toast == Toast::Deleted);
    }

    /// The time to take it back is over.
    pub(super) fn deletion_is_final(&mut self, effects: &mut Vec<Effect>) {
        if let Some(peer) = self.listing.deleting.take() {
            effects.push(Effect::Ask(Request::of(What::DeleteConversation, &peer)));
            // It does not come back while the cloud is asked.
            self.conversations.dropped(&peer);
            self.timelines.remove(&peer);
            self.deletion_undone();
        }
    }

    /// The newest message that the visitor can have left unread.
    pub fn newest_from_others(&self, peer: &Peer) -> Option<MessageId> {
        let me = self.me()?;
        let in_timeline = self.timelines.get(peer).and_then(|timeline| timeline.newest_from_others(me));
        let last = self.conversations.rows.get(peer).and_then(|row| row.last.as_ref());
        let others = in_timeline.into_iter().chain(last.filter(|last| last.sender.uid != *me));
        others.filter(|message| !Self::is_event(&message.content)).map(|message| message.id).max()
    }

    /// Whether a row is among those that are shown.
    fn is_listed(&self, peer: &Peer) -> bool {
        let is_deleting = self.listing.deleting.as_ref() == Some(peer);
        let Some(row) = self.conversations.rows.get(peer).filter(|_| !is_deleting) else { return false };
        let archived = row.has_tag(ARCHIVED);
        match self.listing.filter {
            Filter::Archived => archived,
            Filter::All => !archived,
            // The one that is being read stays where it is.
            Filter::Unread => !archived && (row.unread() > 0 || self.panel.peer() == Some(peer)),
            Filter::Groups => !archived && matches!(peer, Peer::Group(_)),
        }
    }

    /// The conversations that are shown, from top to bottom.
    pub fn listed(&self) -> Vec<Peer> {
        let mut order = self.conversations.in_order();
        order.retain(|peer| self.is_listed(peer));
        order
    }

    /// How many are put away, and whether any of them is unread.
    pub fn archived(&self) -> (usize, bool) {
        let archived = || self.conversations.rows.values().filter(|row| row.has_tag(ARCHIVED));
        (archived().count(), archived().any(|row| row.unread() > 0))
    }

    /// A filter, or what is put away, may leave so few that the list never comes near its end.
    pub(super) fn fill_list(&mut self, effects: &mut Vec<Effect>) {
        if self.listed().len() < FULL && self.conversations.rows.len() >= FULL {
            self.more_conversations_wanted(effects);
        }
    }

    /// What else than people is looked for.
    pub(super) fn search_further(&mut self, effects: &mut Vec<Effect>) {
        let is_list = !matches!(self.panel.screen, Screen::NewChat | Screen::NewGroup) && self.groups.info.is_none();
        let search = self.people.search.trim().to_owned();
        if self.groups.browsing || is_list && !search.is_empty() {
            self.find_groups(1, effects);
        }
        if is_list && !search.is_empty() && self.connection.phase == Phase::Ready {
            self.listing.finding = Loading::Loading;
            effects.push(Effect::Ask(Request::new(What::FindMessages).text("search", &search)));
        }
    }

    pub(super) fn messages_found(&mut self, search: &str, result: Result<Reply, SdkError>) {
        if self.people.asked.as_deref() != Some(search) {
            return;
        }
        self.listing.found.clear();
        self.listing.finding = Loading::Failed;
        if let Ok(Reply { mut messages, .. }) = result {
            messages.reverse();
            messages.retain(|message| !Self::is_event(&message.content) && message.deleted_at.is_none());
            self.listing.found = messages;
            self.listing.finding = Loading::All;
        }
    }

    fn place(&mut self, peer: &Peer, pinned_at: Option<i64>) {
        if let Some(row) = self.conversations.rows.get_mut(peer) {
            row.pinned_at = pinned_at;
        }
    }

    pub(super) fn conversation_placed(&mut self, conversation: &Conversation) {
        self.place(&conversation.with.peer(), conversation.pinned_at);
    }

    pub(super) fn unread_again(&mut self, peer: &Peer, conversation: &Conversation) {
        if let Some(row) = self.conversations.rows.get_mut(peer) {
            row.unread_again(conversation);
        }
    }

    /// What was shown as done before the cloud knew of it: how it is there now. A list may have been on its way that
    /// did not know of it.
    pub(super) fn listing_settled(request: &Request, effects: &mut Vec<Effect>) {
        if let (What::PinConversation | What::TagConversation | What::DeleteConversation, Some(peer)) =
            (request.what, &request.peer)
        {
            effects.push(Effect::LoadConversation(peer.clone()));
        }
    }
}
