//! The conversation list: its rows, their order, and what is unread in them.

use std::collections::BinaryHeap;

use litemap::LiteMap;

use super::{
    Effect, Screen, State,
    listing::{ARCHIVED, MUTED},
    message,
};
use crate::{
    model::{
        chat::{Conversation, Counterpart, Message, Peer, Person},
        ids::{MessageId, Uid},
    },
    sdk::{CONVERSATIONS, SdkError},
};

/// Where a list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loading {
    #[default]
    Unasked,
    Loading,
    /// Loaded, and there may be more.
    More,
    /// Loaded to the end.
    All,
    Failed,
}

/// One conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct ListRow {
    pub last: Option<Message>,
    /// What the cloud counted, up to and with `counted_to`.
    counted: u32,
    counted_to: Option<MessageId>,
    /// Incoming messages that were told since then; a set, so that a message told twice counts once.
    fresh: LiteMap<MessageId, ()>,
    /// Read by the visitor up to and with this one.
    read_to: Option<MessageId>,
    /// Read up to here, and the cloud has not said since that it knows.
    unconfirmed: Option<MessageId>,
    updated_at: i64,
    /// On top, since then.
    pub pinned_at: Option<i64>,
    /// The visitor's own.
    pub tags: Vec<String>,
}

impl ListRow {
    /// What was read is not held against the cloud's next count.
    fn forget_reading(&mut self) {
        (self.counted, self.counted_to, self.read_to, self.unconfirmed) = (0, None, None, None);
        self.fresh = LiteMap::new_vec();
    }

    fn new(updated_at: i64) -> Self {
        Self {
            last: None,
            counted: 0,
            counted_to: None,
            fresh: LiteMap::new_vec(),
            read_to: None,
            unconfirmed: None,
            updated_at,
            pinned_at: None,
            tags: Vec::new(),
        }
    }

    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|known| known == tag)
    }

    pub(super) fn tag(&mut self, tag: &str, set: bool) {
        self.tags.retain(|known| known != tag);
        if set {
            self.tags.push(tag.to_owned());
        }
    }

    /// What counts for the launcher: of a silent conversation nothing.
    pub fn counts_aloud(&self) -> u32 {
        if self.has_tag(MUTED) || self.has_tag(ARCHIVED) { 0 } else { self.unread() }
    }

    pub(super) fn read_all(&mut self) {
        let newest = self.newest_unread();
        self.read(newest);
        self.unconfirmed = newest;
    }

    /// What the visitor had read is unread again, as the cloud has it now.
    pub(super) fn unread_again(&mut self, conversation: &Conversation) {
        self.read_to = conversation.last_read_message_id;
        self.unconfirmed = None;
        self.fresh.clear();
        self.counted = conversation.unread;
        self.counted_to = conversation.last_message.as_ref().map(|last| last.id);
    }

    pub fn unread(&self) -> u32 {
        self.counted + u32::try_from(self.fresh.len()).unwrap_or(u32::MAX)
    }

    /// The newest message that is not read.
    pub(super) fn newest_unread(&self) -> Option<MessageId> {
        self.fresh.last().map(|(id, ())| *id).or(self.counted_to.filter(|_| self.counted > 0))
    }

    fn heard(&mut self, message: &Message) {
        match &mut self.last {
            Some(last) if last.id == message.id => message::merge(last, message.clone()),
            Some(last) if last.id > message.id => {}
            last => *last = Some(message.clone()),
        }
        self.updated_at = self.updated_at.max(message.sent_at);
    }

    fn heard_unread(&mut self, id: MessageId) {
        if self.read_to.is_none_or(|read| id > read) && self.counted_to.is_none_or(|counted| id > counted) {
            self.fresh.insert(id, ());
        }
    }

    fn read(&mut self, up_to: Option<MessageId>) {
        self.read_to = self.read_to.max(up_to);
        self.fresh.retain(|id, ()| Some(*id) > up_to);
        if up_to >= self.counted_to {
            self.counted = 0;
        }
    }

    /// Whether it may be one of those that the cloud counted as unread.
    fn counts(&self, id: MessageId) -> bool {
        self.counted > 0 && Some(id) > self.read_to && Some(id) <= self.counted_to
    }

    /// Whether the cloud still counts what was read here: the word of it was lost on its way.
    fn reading_was_lost(&mut self, conversation: &Conversation) -> bool {
        let counted_to = conversation.last_message.as_ref().map(|last| last.id);
        let told = self.unconfirmed.take_if(|told| counted_to.is_some_and(|counted| counted <= *told));
        told.is_some() && conversation.unread > 0
    }

    fn counted_by_the_cloud(&mut self, conversation: &Conversation) {
        let counted_to = conversation.last_message.as_ref().map(|last| last.id);
        self.read_to = self.read_to.max(conversation.last_read_message_id);
        if counted_to >= self.counted_to {
            // A count from before the visitor read everything up to there is no news.
            self.counted = if counted_to.is_some() && self.read_to >= counted_to { 0 } else { conversation.unread };
            self.counted_to = counted_to;
            self.fresh.retain(|id, ()| Some(*id) > counted_to);
        }
        self.updated_at = self.updated_at.max(conversation.updated_at.unwrap_or(0));
        if let Some(last) = &conversation.last_message {
            self.heard(last);
        }
    }
}

/// All conversations that are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversations {
    pub rows: LiteMap<Peer, ListRow>,
    /// Everybody whom the widget can name.
    pub counterparts: LiteMap<Peer, Counterpart>,
    pub loading: Loading,
    pages: u32,
    /// Unread messages in conversations that are not among the rows.
    elsewhere: u32,
    /// Gone, or changed by what happened, while the list is on its way: its answer may be older than that.
    touched: Vec<Peer>,
}

impl Conversations {
    /// The peers: those on top first, then the conversation of the newest message.
    pub fn in_order(&self) -> Vec<Peer> {
        // A heap, whose code is a fraction of a sort's.
        let by_age = |(peer, row): (_, &ListRow)| {
            (row.pinned_at.is_some(), row.last.as_ref().map(|last| last.id), row.updated_at, peer)
        };
        let peers: BinaryHeap<(_, _, _, &Peer)> = self.rows.iter().map(by_age).collect();
        peers.into_sorted_vec().into_iter().rev().map(|(_, _, _, peer)| peer.clone()).collect()
    }

    /// Unread messages in all conversations that are not silent.
    pub fn unread(&self) -> u32 {
        let aloud = self.rows.values().map(ListRow::counts_aloud).fold(0, u32::saturating_add);
        aloud.saturating_add(self.elsewhere)
    }

    fn in_rows(&self) -> u32 {
        self.rows.values().map(ListRow::unread).fold(0, u32::saturating_add)
    }

    /// The visitor wants something there to be unread again: what was read is not held against the cloud's count.
    pub(super) fn forget_reading(&mut self, peer: &Peer) {
        if let Some(row) = self.rows.get_mut(peer) {
            row.forget_reading();
        }
    }

    /// One that is gone: the cloud's next page begins one earlier.
    pub(super) fn dropped(&mut self, peer: &Peer) {
        self.rows.remove(peer);
        self.touched(peer);
        self.pages = self.pages.saturating_sub(1);
    }

    pub(super) fn touched(&mut self, peer: &Peer) {
        if self.loading == Loading::Loading {
            self.touched.push(peer.clone());
        }
    }

    pub(super) fn row(&mut self, peer: &Peer) -> &mut ListRow {
        self.rows.entry(peer.clone()).or_insert_with(|| ListRow::new(0))
    }
}

impl State {
    /// Takes in what is known of somebody, whoever told it.
    pub(super) fn know(&mut self, counterpart: Counterpart) {
        if let Counterpart::User(person) = &counterpart {
            self.presence_heard(person.clone());
        }
        self.conversations.counterparts.insert(counterpart.peer(), counterpart);
    }

    pub(super) fn load_conversations(&mut self, page: u32, effects: &mut Vec<Effect>) {
        self.conversations.loading = Loading::Loading;
        self.conversations.touched.clear();
        effects.push(Effect::LoadConversations { page });
    }

    pub(super) fn more_conversations_wanted(&mut self, effects: &mut Vec<Effect>) {
        if self.conversations.loading == Loading::More {
            self.load_conversations(self.conversations.pages + 1, effects);
        }
    }

    pub(super) fn conversations_answered(
        &mut self,
        page: u32,
        result: Result<Vec<Conversation>, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        let conversations = match result {
            Ok(conversations) => conversations,
            Err(error) => {
                let is_empty = self.conversations.rows.is_empty();
                self.conversations.loading = if page == 1 && is_empty { Loading::Failed } else { Loading::More };
                return self.catch_up_later(&error, effects);
            }
        };
        self.conversations.pages = self.conversations.pages.max(page);
        let ended = conversations.is_empty();
        if page == 1 && conversations.len() >= CONVERSATIONS as usize {
            effects.push(Effect::LoadUnread);
        } else if page == 1 {
            self.conversations.elsewhere = 0;
        }
        for mut conversation in conversations {
            let peer = conversation.with.peer();
            if self.conversations.touched.contains(&peer) {
                if !self.conversations.rows.contains_key(&peer) {
                    continue;
                }
                if let Some(known) = self.conversations.counterparts.get(&peer) {
                    conversation.with.clone_from(known);
                }
            }
            self.conversation_heard(conversation, effects);
        }
        // A refresh of the first page says nothing of the end.
        self.conversations.loading = if ended { Loading::All } else { Loading::More };
        self.settle_unread_line();
        self.read_open_conversation(effects);
        self.fill_list(effects);
    }

    /// The cloud's own count of all conversations, of which only some are here.
    pub(super) fn unread_answered(&mut self, result: Result<u32, SdkError>) {
        if let Ok(total) = result {
            self.conversations.elsewhere = total.saturating_sub(self.conversations.in_rows());
        }
    }

    pub(super) fn conversation_answered(
        &mut self,
        peer: &Peer,
        result: Result<Option<Box<Conversation>>, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        match (result, peer) {
            (Ok(Some(conversation)), _) => {
                self.conversation_heard(*conversation, effects);
                self.settle_unread_line();
                self.read_open_conversation(effects);
            }
            (Ok(None), Peer::User(uid)) if !self.conversations.counterparts.contains_key(peer) => {
                effects.push(Effect::LoadPerson(uid.clone()));
            }
            (Ok(None), _) => {
                if let Some(row) = self.conversations.rows.get_mut(peer) {
                    (row.pinned_at, row.tags) = (None, Vec::new());
                }
            }
            _ => {}
        }
    }

    fn conversation_heard(&mut self, conversation: Conversation, effects: &mut Vec<Effect>) {
        let peer = conversation.with.peer();
        self.know(conversation.with.clone());
        let arrived = conversation
            .last_message
            .clone()
            .filter(|last| conversation.unread > 0 && !self.is_mine(last) && last.delivered_at.is_none());
        let row = self.conversations.row(&peer);
        let before = row.counted_to;
        if row.reading_was_lost(&conversation) {
            effects.push(Effect::MarkRead { peer: peer.clone(), message: None });
        }
        row.pinned_at = conversation.pinned_at;
        row.tags.clone_from(&conversation.tags);
        row.counted_by_the_cloud(&conversation);
        if before.is_none() {
            // Until now it was one of those that only the cloud knew.
            let counted = row.counted;
            self.conversations.elsewhere = self.conversations.elsewhere.saturating_sub(counted);
        }
        if let Some(last) = arrived.filter(|last| Some(last.id) > before) {
            effects.push(Effect::MarkDelivered(Box::new(last)));
        }
    }

    pub(super) fn is_mine(&self, message: &Message) -> bool {
        self.me() == Some(&message.sender.uid)
    }

    /// Takes a message into its row; one of an unknown conversation makes the row at once.
    pub(super) fn list_heard(&mut self, peer: &Peer, message: &Message, effects: &mut Vec<Effect>) {
        if peer.parent().is_some() {
            return self.thread_heard(peer, message, effects);
        }
        let mine = self.is_mine(message);
        if !mine && matches!(peer, Peer::User(_)) {
            self.know(Counterpart::User(message.sender.clone()));
        }
        if self.listing.deleting.as_ref() == Some(peer) {
            self.deletion_undone();
        }
        if !self.conversations.rows.contains_key(peer) {
            // Its unread count, and who a group is, only the cloud can say.
            effects.push(Effect::LoadConversation(peer.clone()));
        }
        let row = self.conversations.row(peer);
        row.heard(message);
        // Nobody waits for a receipt of what happened to a group, and the cloud does not count it.
        if mine || Self::is_event(&message.content) {
            return;
        }
        if self.is_watching(peer) {
            let row = self.conversations.row(peer);
            row.read(Some(message.id));
            row.unconfirmed = Some(message.id);
            effects.push(Effect::MarkRead { peer: peer.clone(), message: Some(Box::new(message.clone())) });
        } else {
            let row = self.conversations.row(peer);
            let known = row.fresh.len();
            row.heard_unread(message.id);
            if row.fresh.len() > known {
                effects.push(Effect::MarkDelivered(Box::new(message.clone())));
            }
        }
    }

    /// Takes a message that was missed into its row; what is unread, the cloud has counted meanwhile.
    pub(super) fn list_caught_up(&mut self, peer: &Peer, message: &Message) {
        if peer.parent().is_none() {
            self.conversations.row(peer).heard(message);
        }
    }

    /// Takes a change of a message into the row that shows it.
    pub(super) fn list_changed(&mut self, peer: &Peer, message: &Message, effects: &mut Vec<Effect>) {
        let Some(row) = self.conversations.rows.get_mut(peer) else { return };
        if row.last.as_ref().is_some_and(|last| last.id == message.id) {
            row.heard(message);
        }
        // What was deleted is not unread any more.
        if message.deleted_at.is_some() && row.fresh.remove(&message.id).is_none() && row.counts(message.id) {
            effects.push(Effect::LoadConversation(peer.clone()));
        }
    }

    /// The conversation that is open before the visitor's eyes.
    pub(super) fn is_watching(&self, peer: &Peer) -> bool {
        self.panel.open && self.panel.page_visible && self.panel.screen == Screen::Conversation(peer.clone())
    }

    /// Reads what is unread in the conversation before the visitor's eyes.
    pub(super) fn read_open_conversation(&mut self, effects: &mut Vec<Effect>) {
        self.read_open_thread(effects);
        let Screen::Conversation(peer) = self.panel.screen.clone() else { return };
        if !self.is_watching(&peer) || !self.connection.is_live() {
            return;
        }
        let Some(me) = self.me().cloned() else { return };
        let Some(row) = self.conversations.rows.get(&peer).filter(|row| row.unread() > 0) else { return };
        let in_timeline = self.timelines.get(&peer).and_then(|timeline| timeline.newest_from_others(&me));
        let in_list = row.last.as_ref().filter(|last| last.sender.uid != me);
        let newest = in_timeline.into_iter().chain(in_list).max_by_key(|message| message.id).cloned();
        let up_to = newest.as_ref().map(|message| message.id).max(row.counted_to);
        let row = self.conversations.row(&peer);
        row.read(up_to);
        row.unconfirmed = up_to;
        effects.push(Effect::MarkRead { peer, message: newest.map(Box::new) });
    }

    /// The visitor read elsewhere.
    pub(super) fn read_elsewhere(&mut self, peer: &Peer, up_to: MessageId) {
        if let Some(row) = self.conversations.rows.get_mut(peer) {
            row.read(Some(up_to));
        }
    }

    pub(super) fn person_answered(&mut self, result: Result<Person, SdkError>) {
        if let Ok(person) = result {
            self.know(Counterpart::User(person));
        }
    }

    /// Which conversation a message of this id is the newest of, or else lies in.
    pub(super) fn conversation_of(&self, id: MessageId) -> Option<Peer> {
        let in_timeline = self.timelines.iter().find(|(_, timeline)| timeline.messages.contains_key(&id));
        let in_list = || {
            let holds =
                |row: &ListRow| row.fresh.contains_key(&id) || row.last.as_ref().is_some_and(|last| last.id == id);
            self.conversations.rows.iter().find(|(_, row)| holds(row)).map(|(peer, _)| peer)
        };
        in_timeline.map(|(peer, _)| peer.conversation()).or_else(in_list).cloned()
    }

    /// The UID of a conversation of two.
    pub fn uid_of(peer: &Peer) -> Option<&Uid> {
        match peer.conversation() {
            Peer::User(uid) => Some(uid),
            Peer::Group(_) | Peer::Thread(..) => None,
        }
    }
}
