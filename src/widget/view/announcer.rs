//! What a screen reader says by itself: new messages of others with their sender, and what could not be sent. Nothing
//! else of the panel does; a log of its own accord would read out every page of history, every tick and every typist.

use std::collections::{BTreeMap, VecDeque};

use leptos::prelude::*;

use super::{conversation_row::summary, drawn::Draw, use_chat};
use crate::{
    i18n::WidgetTexts,
    model::{chat::Content, ids::MessageId},
    widget::state::{Loading, PendingStatus, State},
};

/// Older ones have been read out.
const KEPT: usize = 8;

#[component]
pub fn Announcer() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let lines = RwSignal::new(VecDeque::<(u32, String)>::new());
    let counter = StoredValue::new(0_u32);
    let say = move |text: String| {
        counter.update_value(|counter| *counter += 1);
        lines.update(|lines| {
            lines.push_back((counter.get_value(), text));
            while lines.len() > KEPT {
                lines.pop_front();
            }
        });
    };

    // None while the list is not here yet: what it brings is no news.
    let newest = chat.memo(newest_from_others);
    Effect::new(move |heard: Option<Option<MessageId>>| {
        let heard = heard.flatten();
        let newest = newest.get();
        if let (Some(heard), Some(newest)) = (heard, newest)
            && newest > heard
        {
            chat.state.with_untracked(|state| arrived(state, heard, texts)).into_iter().for_each(say);
        }
        newest.max(heard)
    });

    let failures = chat.memo(move |state| failures(state, texts));
    Effect::new(move |before: Option<BTreeMap<String, String>>| {
        let now = failures.get();
        if let Some(before) = before {
            now.iter().filter(|(key, _)| !before.contains_key(*key)).for_each(|(_, text)| say(text.clone()));
        }
        now
    });

    view! {
        <div class="unseen announcer" aria-live="polite" aria-relevant="additions">
            <For each=move || lines.get() key=|(number, _)| *number let((_, text))>
                <p>{text}</p>
            </For>
        </div>
    }
    .drawn()
}

/// The newest message of anybody else, once the list is here.
fn newest_from_others(state: &State) -> Option<MessageId> {
    let me = state.me()?;
    let conversations = &state.conversations;
    if conversations.rows.is_empty() && !matches!(conversations.loading, Loading::More | Loading::All) {
        return None;
    }
    let last = conversations.rows.values().filter_map(|row| row.last.as_ref());
    Some(last.filter(|last| last.sender.uid != *me).map(|last| last.id).max().unwrap_or_default())
}

/// What came after `heard`: every message of the open conversation, the last one of each other.
fn arrived(state: &State, heard: MessageId, texts: &WidgetTexts) -> Vec<String> {
    let Some(me) = state.me() else { return Vec::new() };
    let open = state.panel.peer();
    let timeline = open.and_then(|peer| state.timelines.get(peer)).filter(|timeline| timeline.loaded);
    let shown = timeline.into_iter().flat_map(|timeline| timeline.messages.values().rev().take(KEPT));
    let listed = state.conversations.rows.iter().filter(|(peer, _)| timeline.is_none() || Some(*peer) != open);
    let mut messages: Vec<_> = shown.chain(listed.filter_map(|(_, row)| row.last.as_ref())).collect();
    messages.retain(|message| message.id > heard && message.sender.uid != *me);
    messages.sort_by_key(|message| message.id);
    messages
        .into_iter()
        .map(|message| match &message.content {
            Content::Action { text } => text.clone(),
            _ => format!("{}{}", (texts.said_by)(&message.sender.name), summary(message, texts)),
        })
        .collect()
}

/// What failed in the open conversation, by what names it.
fn failures(state: &State, texts: &WidgetTexts) -> BTreeMap<String, String> {
    let Some(timeline) = state.panel.peer().and_then(|peer| state.timelines.get(peer)) else { return BTreeMap::new() };
    let sends = timeline.pending.iter().filter(|pending| pending.status == PendingStatus::Failed);
    let sends = sends.map(|pending| (pending.muid.clone(), (texts.not_sent_text)(&pending.text)));
    let changes = timeline.changes.iter().filter(|(_, change)| change.failed).map(|(id, change)| {
        let said = if change.text.is_some() { texts.not_saved } else { texts.not_deleted };
        (format!("change {}", id.0), said.to_owned())
    });
    sends.chain(changes).collect()
}
