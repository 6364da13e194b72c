//! The messages of one conversation: each once, in the order of their ids, however they arrive.

use std::rc::Rc;

use litemap::LiteMap;

use super::{Change, Effect, Pending, PendingStatus, State, message};
use crate::{
    model::{
        chat::{Content, Message, Peer},
        ids::{MessageId, Uid},
    },
    sdk::SdkError,
};

/// Messages per page of history.
pub const PAGE: u32 = 30;

/// What is known of the messages before the oldest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Older {
    /// Nothing was loaded yet.
    #[default]
    Unasked,
    Loading,
    More,
    Failed,
    /// The oldest message is here.
    None,
}

/// Whether messages may have been missed since the timeline was loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synced {
    #[default]
    Live,
    /// The link was lost since.
    Stale,
    CatchingUp,
}

/// One conversation's messages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// What the cloud accepted.
    pub messages: LiteMap<MessageId, Rc<Message>>,
    /// What the visitor sent and the cloud has not accepted yet, in the order of sending.
    pub pending: Vec<Pending>,
    /// Edits and deletions under way.
    pub changes: LiteMap<MessageId, Change>,
    pub older: Older,
    /// What is known of those after the newest that is here, where an old part is shown.
    pub newer: Older,
    /// The newest page is here.
    pub loaded: bool,
    pub synced: Synced,
    /// Every message of the loaded part up to this one is here.
    pub synced_to: MessageId,
    /// Every change before this time (unix seconds, the cloud's) is here.
    pub changes_since: i64,
    /// The other side received, and read, up to and with these.
    pub delivered_to: Option<MessageId>,
    pub read_to: Option<MessageId>,
    /// Of a thread: the message that it hangs on, as far as it is known.
    pub parent: Option<Box<Message>>,
    /// Messages that the cloud is asked about; whether they are to be asked about once more.
    pub refreshing: LiteMap<MessageId, bool>,
    /// Counts mutations, so that a view knows without comparing messages.
    pub revision: u32,
}

impl Timeline {
    /// Takes in one message, known or not.
    pub fn take(&mut self, message: Message, me: &Uid) {
        self.revision = self.revision.wrapping_add(1);
        if message.sender.uid == *me {
            self.pending.retain(|pending| Some(&pending.muid) != message.muid.as_ref());
            let up_to = |at: Option<i64>, id: MessageId| at.map(|_| id);
            self.read_to = self.read_to.max(up_to(message.read_at, message.id));
            self.delivered_to = self.delivered_to.max(up_to(message.delivered_at, message.id)).max(self.read_to);
        }
        match self.messages.entry(message.id) {
            litemap::Entry::Occupied(mut known) => {
                let known = Rc::make_mut(known.get_mut());
                message::merge(known, message);
            }
            litemap::Entry::Vacant(free) => {
                free.insert(Rc::new(message));
            }
        }
    }

    /// Takes in a change. Of a message that is not loaded it is no news: it arrives changed with its page.
    pub fn change(&mut self, message: Message, me: &Uid) {
        if self.messages.contains_key(&message.id) {
            self.take(message, me);
        }
    }

    pub fn newest_from_others(&self, me: &Uid) -> Option<&Message> {
        self.messages.values().rev().map(AsRef::as_ref).find(|message| message.sender.uid != *me)
    }

    pub(super) fn newest_change(&self) -> i64 {
        self.messages.values().map(|message| message::changed_at(message)).max().unwrap_or(0)
    }

    /// The login is made anew: no answer will come to what was asked.
    pub(super) fn interrupted(&mut self) {
        self.revision = self.revision.wrapping_add(1);
        if self.older == Older::Loading {
            self.older = if self.loaded { Older::More } else { Older::Unasked };
        }
        if self.newer == Older::Loading {
            self.newer = Older::More;
        }
        for pending in &mut self.pending {
            if pending.status == PendingStatus::Sending {
                pending.status = PendingStatus::Queued;
            }
        }
        self.refreshing.clear();
        for (_, change) in self.changes.iter_mut() {
            change.failed = true;
        }
    }

    /// Whether live messages belong here, or will come with the first page anyway.
    fn is_in_use(&self) -> bool {
        self.loaded && !self.is_apart() || self.older == Older::Loading && !self.loaded
    }
}

impl State {
    pub(super) fn timeline(&mut self, peer: &Peer) -> &mut Timeline {
        self.timelines.entry(peer.clone()).or_default()
    }

    pub(super) fn message_received(&mut self, message: Message, effects: &mut Vec<Effect>) {
        let Some(me) = self.me().cloned() else { return };
        let peer = message.place(&me);
        self.typing.stopped(peer.conversation(), &message.sender.uid);
        let settled = self.connection.settled;
        let timeline = self.timeline(&peer);
        if timeline.is_in_use() {
            // Before the link is settled, the one before it may have been missed.
            if timeline.synced == Synced::Live && settled {
                timeline.synced_to = timeline.synced_to.max(message.id);
                timeline.changes_since = timeline.changes_since.max(message::changed_at(&message));
            }
            timeline.take(message.clone(), &me);
        }
        // Before the visitor's own leaving takes the row away.
        self.list_heard(&peer, &message, effects);
        self.group_happened(&peer, &message, effects);
    }

    pub(super) fn message_changed(&mut self, message: Message, effects: &mut Vec<Effect>) {
        let Some(me) = self.me().cloned() else { return };
        let peer = message.place(&me);
        self.edit_lost(&peer, &message, effects);
        self.menu_lost(&message);
        if message.deleted_at.is_some() {
            self.unlist_marked(&message);
        }
        let settled = self.connection.settled;
        if let Some(timeline) = self.timelines.get_mut(&peer) {
            if timeline.synced == Synced::Live && settled {
                timeline.changes_since = timeline.changes_since.max(message::changed_at(&message));
            }
            timeline.change(message.clone(), &me);
        }
        self.list_changed(&peer, &message, effects);
    }

    /// Loads the newest page of a conversation that has none yet.
    pub(super) fn load_timeline(&mut self, peer: &Peer, effects: &mut Vec<Effect>) {
        let timeline = self.timeline(peer);
        if timeline.loaded || timeline.older == Older::Loading {
            return;
        }
        timeline.older = Older::Loading;
        timeline.revision = timeline.revision.wrapping_add(1);
        effects.push(Effect::LoadMessages { peer: peer.clone(), before: None });
    }

    pub(super) fn older_wanted(&mut self, effects: &mut Vec<Effect>) {
        let Some(peer) = self.panel.peer().cloned() else { return };
        let timeline = self.timeline(&peer);
        if !timeline.loaded || !matches!(timeline.older, Older::More | Older::Failed) {
            return;
        }
        let before = timeline.messages.keys().next().copied();
        timeline.older = Older::Loading;
        timeline.revision = timeline.revision.wrapping_add(1);
        effects.push(Effect::LoadMessages { peer, before });
    }

    pub(super) fn messages_answered(
        &mut self,
        peer: &Peer,
        before: Option<MessageId>,
        result: Result<Vec<Message>, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(me) = self.me().cloned() else { return };
        let timeline = self.timeline(peer);
        // An old part of the conversation has taken the place of what this would go on from.
        let first = timeline.messages.keys().next().copied();
        let is_of_another = if before.is_none() { timeline.is_apart() } else { before != first };
        if is_of_another {
            return;
        }
        timeline.revision = timeline.revision.wrapping_add(1);
        let Ok(page) = result else {
            timeline.older = Older::Failed;
            return;
        };
        timeline.older = if page.len() < PAGE as usize { Older::None } else { Older::More };
        let newest_of_page = page.iter().map(|message| message.id).max();
        if before.is_none()
            && timeline.older == Older::More
            && let Some(oldest) = page.iter().map(|message| message.id).min()
        {
            // Of what stood here before a reload and lies before the page, nobody knows what is missing between.
            timeline.messages.retain(|id, _| *id >= oldest);
        }
        for message in page {
            timeline.refresh(&message);
            timeline.take(message, &me);
        }
        if before.is_none() && !timeline.loaded {
            timeline.loaded = true;
            timeline.changes_since = timeline.newest_change();
            // Newer ones may be here already, told or sent meanwhile: they prove nothing of those before them.
            timeline.synced_to = newest_of_page.unwrap_or_default();
            self.settle_unread_line();
            self.read_open_conversation(effects);
            self.catch_up_open(effects);
        }
        self.settle_unread_line();
        self.read_open_thread(effects);
    }

    /// Whether a content is shown as a bubble of its own.
    pub fn is_event(content: &Content) -> bool {
        matches!(content, Content::Action { .. })
    }
}
