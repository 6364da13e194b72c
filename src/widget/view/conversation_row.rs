//! A row of the conversation list.

use leptos::prelude::*;

use super::{
    avatar::{Avatar, Face},
    delivery::Ticks,
    drawn::{Draw, Drawn, lazily},
    surroundings::use_surroundings,
    time, use_chat,
};
use crate::{
    i18n::WidgetTexts,
    model::chat::{Content, Message, Peer},
    widget::state::{Delivery, Screen, State},
};

/// What the second line says.
#[derive(Clone, Debug, PartialEq)]
enum Preview {
    Typing,
    Draft(String),
    Own(String, Delivery),
    Theirs(String),
    /// In a group: who, and what.
    Of(String, String),
    Nothing,
}

#[component]
pub fn ConversationRow(peer: Peer, tab_stop: Memo<Option<Peer>>, roving: RwSignal<Option<Peer>>) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let today = use_surroundings().today;
    let peer = StoredValue::new(peer);
    let with_peer =
        move |read: fn(&State, &Peer) -> Option<i64>| chat.memo(move |state| peer.with_value(|peer| read(state, peer)));
    let face =
        chat.memo(move |state| peer.with_value(|peer| state.conversations.counterparts.get(peer).map(Face::from)));
    let presence = chat.memo(move |state| peer.with_value(|peer| state.person(peer).map(|person| person.presence)));
    let preview = chat.memo(move |state| peer.with_value(|peer| preview_of(state, peer, texts)));
    let unread = chat.memo(move |state| {
        peer.with_value(|peer| state.conversations.rows.get(peer).map_or(0, super::super::state::ListRow::unread))
    });
    let at = with_peer(|state, peer| state.conversations.rows.get(peer)?.last.as_ref().map(|last| last.sent_at));
    let selected = chat.memo(move |state| peer.with_value(|peer| state.panel.peer() == Some(peer)));
    let open = move |_| chat.open_screen(Screen::Conversation(peer.get_value()));
    let name = move || face.get().map(|face| face.name).unwrap_or_default();
    view! {
        <li>
            <button type="button" class="row" class:unread=move || { unread.get() > 0 }
                aria-current=move || selected.get().then_some("true")
                data-peer=peer.with_value(|peer| peer.id().to_owned())
                tabindex=move || if tab_stop.get().as_ref() == Some(&peer.get_value()) { "0" } else { "-1" }
                on:focus=move |_| roving.set(Some(peer.get_value()))
                on:click=open
            >
                {lazily(move || face.get().map(|face| view! { <Avatar face=face presence=presence/> }.drawn()))}
                <span class="row-lines">
                    <span class="row-line">
                        <span class="row-name" dir="auto">{name}</span>
                        <span class="row-time">{lazily(move || at.get().map(|at| time::brief(chat.language, texts, at, today.get())))}</span>
                    </span>
                    <span class="row-line">
                        <span class="row-preview">{lazily(move || show(&preview.get(), texts))}</span>
                        {lazily(move || (unread.get() > 0).then(|| view! {
                            <span class="badge" aria-hidden="true">{super::super::controller::counted(unread.get())}</span>
                            <span class="unseen">{(texts.unread)(unread.get())}</span>
                        }.drawn()))}
                    </span>
                </span>
            </button>
        </li>
    }
    .drawn()
}

fn show(preview: &Preview, texts: &'static WidgetTexts) -> Drawn {
    // What was written has its own direction, whatever stands before it.
    let written = |text: &String| view! { <span class="row-text" dir="auto">{text.clone()}</span> };
    match preview {
        Preview::Typing => view! { <span class="row-text row-typing">{texts.typing}</span> }.drawn(),
        Preview::Draft(text) => {
            view! { <span class="row-lead row-draft">{texts.draft_preview}" "</span>{written(text)} }.drawn()
        }
        Preview::Own(text, delivery) => view! { <Ticks delivery=*delivery/>{written(text)} }.drawn(),
        Preview::Theirs(text) => written(text).drawn(),
        Preview::Of(name, text) => {
            view! { <span class="row-lead" dir="auto">{(texts.said_by)(name)}</span>{written(text)} }.drawn()
        }
        Preview::Nothing => ().drawn(),
    }
}

fn preview_of(state: &State, peer: &Peer, texts: &WidgetTexts) -> Preview {
    if state.typing.is_anybody(peer) {
        return Preview::Typing;
    }
    let is_open = state.panel.peer() == Some(peer);
    if let Some(draft) = state.drafts.get(peer).filter(|draft| !is_open && !draft.trim().is_empty()) {
        return Preview::Draft(draft.trim().to_owned());
    }
    let timeline = state.timelines.get(peer);
    if let Some(pending) = timeline.and_then(|timeline| timeline.pending.last()) {
        return Preview::Own(pending.text.clone(), pending.status.into());
    }
    let Some(last) = state.conversations.rows.get(peer).and_then(|row| row.last.as_ref()) else {
        return Preview::Nothing;
    };
    let text = summary(last, texts);
    if state.me() == Some(&last.sender.uid) {
        let known = timeline.map_or(Delivery::Sent, |timeline| timeline.delivery(last));
        let told = if last.read_at.is_some() {
            Delivery::Read
        } else if last.delivered_at.is_some() {
            Delivery::Delivered
        } else {
            Delivery::Sent
        };
        Preview::Own(text, known.max(told))
    } else if matches!(peer, Peer::Group(_)) && !matches!(last.content, Content::Action { .. }) {
        Preview::Of(last.sender.name.clone(), text)
    } else {
        Preview::Theirs(text)
    }
}

/// A message in one line.
pub fn summary(message: &Message, texts: &WidgetTexts) -> String {
    if message.deleted_at.is_some() {
        return texts.deleted.to_owned();
    }
    match &message.content {
        Content::Text { text } | Content::Action { text } => text.clone(),
        Content::Media { text, .. } | Content::Other { text, .. } if !text.is_empty() => text.clone(),
        Content::Media { name, .. } => name.clone().unwrap_or_else(|| texts.attachment.to_owned()),
        Content::Other { .. } => texts.attachment.to_owned(),
    }
}
