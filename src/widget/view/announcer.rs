//! What a screen reader says by itself: new messages of others with their sender, and what could not be sent. Nothing
//! else of the panel does; a log of its own accord would read out every page of history, every tick and every typist.

use std::collections::VecDeque;

use litemap::LiteMap;

use super::{conversation_row::summary, groups::happened::happened};
use crate::{
    i18n::WidgetTexts,
    model::{
        chat::{Content, Peer},
        ids::{MessageId, Uid},
    },
    widget::{
        element::{Element, element},
        state::{
            ListRow, Loading, PendingStatus, State,
            listing::{ARCHIVED, MUTED},
        },
    },
};

/// Older ones have been read out.
const KEPT: usize = 8;

/// What was said, and what of it was known before.
#[derive(Debug, Default)]
pub struct Announcer {
    lines: VecDeque<(u32, String)>,
    count: u32,
    /// The newest message of anybody else; none while the list is not here yet: what it brings is no news.
    heard: Option<MessageId>,
    /// What was open then: what an opened conversation or thread brings along is no news.
    open: Option<Peer>,
    failed: Option<Vec<(String, String)>>,
}

impl Announcer {
    /// Takes note of what is new since the last time. To be called after each change, while the panel is open.
    pub fn follow(&mut self, state: &State, texts: &WidgetTexts) {
        let newest = newest_from_others(state);
        let is_same = self.open.as_ref() == state.panel.peer();
        self.open = state.panel.peer().cloned();
        if let (Some(heard), Some(newest)) = (self.heard, newest)
            && newest > heard
            && (is_same || newest_in_rows(state, state.me()) == Some(newest))
        {
            for line in arrived(state, heard, texts) {
                self.say(line);
            }
        }
        self.heard = newest.max(self.heard);
        let now = failures(state, texts);
        if let Some(before) = self.failed.take() {
            let new = now.iter().filter(|(key, _)| !before.iter().any(|(known, _)| known == key));
            new.for_each(|(_, line)| self.say(line.clone()));
        }
        self.failed = Some(now);
    }

    /// The panel was closed: what happens until it is opened is no news there.
    pub fn forget(&mut self) {
        *self = Self { count: self.count, ..Self::default() };
    }

    fn say(&mut self, line: String) {
        self.count += 1;
        self.lines.push_back((self.count, line));
        if self.lines.len() > KEPT {
            self.lines.pop_front();
        }
    }

    /// The region that is read out.
    pub fn view(&self) -> Element {
        let line = |(number, line): &(u32, String)| element("p", "").key(number.to_string()).child(line.clone());
        element("div", "unseen announcer")
            .key("announcer")
            .with("aria-live", "polite")
            .with("aria-relevant", "additions")
            .child(self.lines.iter().map(line).collect::<Vec<_>>())
    }
}

/// The newest message of anybody else, once the list is here.
fn newest_from_others(state: &State) -> Option<MessageId> {
    let me = state.me()?;
    let conversations = &state.conversations;
    if conversations.rows.is_empty() && !matches!(conversations.loading, Loading::More | Loading::All) {
        return None;
    }
    let in_rows = newest_in_rows(state, Some(me));
    // A reply in the open thread is in no row.
    let open = state.panel.peer().and_then(|peer| state.timelines.get(peer));
    let in_open = open.and_then(|timeline| timeline.newest_from_others(me)).map(|message| message.id);
    Some(in_rows.max(in_open).unwrap_or_default())
}

fn newest_in_rows(state: &State, me: Option<&Uid>) -> Option<MessageId> {
    let last = state.conversations.rows.values().filter_map(|row| row.last.as_ref());
    last.filter(|last| Some(&last.sender.uid) != me).map(|last| last.id).max()
}

/// What came after `heard`: every message of the open conversation, the last one of each other.
fn arrived(state: &State, heard: MessageId, texts: &WidgetTexts) -> Vec<String> {
    let Some(me) = state.me() else { return Vec::new() };
    let open = state.panel.peer();
    let timeline = open.and_then(|peer| state.timelines.get(peer)).filter(|timeline| timeline.loaded);
    let shown =
        timeline.into_iter().flat_map(|timeline| timeline.messages.values().rev().take(KEPT).map(AsRef::as_ref));
    // What is silent says nothing by itself.
    let aloud = |row: &ListRow| !row.has_tag(MUTED) && !row.has_tag(ARCHIVED);
    let listed = state.conversations.rows.iter();
    let listed = listed.filter(|(peer, row)| (timeline.is_none() || Some(*peer) != open) && aloud(row));
    let mut messages = LiteMap::new_vec();
    for message in shown.chain(listed.filter_map(|(_, row)| row.last.as_ref())) {
        if message.id > heard && message.sender.uid != *me {
            messages.insert(message.id, message);
        }
    }
    messages
        .values()
        .map(|message| match &message.content {
            content @ Content::Action { .. } => happened(content, Some(me), texts),
            _ => [(texts.said_by)(&message.sender.name), summary(message, texts)].concat(),
        })
        .collect()
}

/// What failed in the open conversation, by what names it.
fn failures(state: &State, texts: &WidgetTexts) -> Vec<(String, String)> {
    let Some(timeline) = state.panel.peer().and_then(|peer| state.timelines.get(peer)) else { return Vec::new() };
    let sends = timeline.pending.iter().filter(|pending| pending.status == PendingStatus::Failed);
    let sends = sends.map(|pending| {
        let why = pending.problem.map_or("", texts.content.problem);
        (pending.muid.clone(), [&(texts.not_sent_text)(&pending.text), " ", why].concat())
    });
    let changes = timeline.changes.iter().filter(|(_, change)| change.failed).map(|(id, change)| {
        let said = if change.text.is_some() { texts.not_saved } else { texts.not_deleted };
        (["change ", &id.0.to_string()].concat(), said.to_owned())
    });
    sends.chain(changes).collect()
}
