//! The messages. The box is laid out from its bottom (`column-reverse` with one child): at the end it stays at the end,
//! and nothing moves when older messages come in.

use std::{collections::BTreeMap, sync::Arc};

use leptos::{html, leptos_dom::helpers::request_animation_frame, prelude::*};

use super::{bubble::Row, icon::Icon, notice::Notice, reading_place, skeleton::TimelineSkeleton, time, use_chat};
use crate::{
    model::chat::Peer,
    widget::{
        controller::Chat,
        icons,
        state::{Event, Item, ItemKey, Older, TimelineRow, timeline_items},
    },
};

/// The rows, in order and by key; a row that did not change is the same allocation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    order: Vec<ItemKey>,
    by_key: BTreeMap<ItemKey, Arc<TimelineRow>>,
}

impl Rows {
    pub fn get(&self, key: &ItemKey) -> Option<Arc<TimelineRow>> {
        self.by_key.get(key).cloned()
    }
}

fn rows_of(chat: Chat, peer: Peer) -> Memo<Rows> {
    let revision_peer = peer.clone();
    let revision = chat.memo(move |state| {
        (state.timelines.get(&revision_peer).map(|timeline| timeline.revision), state.panel.unread_at_opening)
    });
    Memo::new(move |_| {
        // Read, not only tracked: a memo that was never read hears of nothing.
        revision.get();
        chat.state.with_untracked(|state| {
            let (Some(timeline), Some(me)) = (state.timelines.get(&peer), state.me()) else { return Rows::default() };
            let rows = timeline_items(timeline, me, state.panel.unread_at_opening, time::day_of);
            let order = rows.iter().map(|row| row.key.clone()).collect();
            Rows { order, by_key: rows.into_iter().map(|row| (row.key.clone(), Arc::new(row))).collect() }
        })
    })
}

#[component]
pub fn Timeline(peer: Peer, name: Memo<String>) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let rows = rows_of(chat, peer.clone());
    let typing_peer = peer.clone();
    let typing = chat.memo(move |state| state.typing.names(&typing_peer));
    let older = chat.memo(move |state| {
        state.timelines.get(&peer).map(|timeline| (timeline.older, timeline.loaded)).unwrap_or_default()
    });
    let frame = NodeRef::<html::Div>::new();
    let messages = NodeRef::<html::Div>::new();
    let note_place = reading_place::hold(frame, messages);
    let away = RwSignal::new(false);
    let unseen = RwSignal::new(false);
    let on_scroll = move || {
        let Some(frame) = frame.try_get_untracked().flatten() else { return };
        // Laid out from the bottom: 0 is the end, and scrolling up goes below it.
        let from_end = -frame.scroll_top();
        let is_away = from_end > reading_place::AT_END;
        if away.try_get_untracked().is_some_and(|before| before != is_away) {
            away.set(is_away);
        }
        if is_away {
            note_place();
        } else {
            unseen.set(false);
        }
        if frame.scroll_height() - frame.client_height() - from_end < 600 {
            chat.send(Event::OlderWanted);
        }
    };
    let to_end = move || {
        if let Some(frame) = frame.try_get_untracked().flatten() {
            frame.set_scroll_top(0);
        }
    };
    follow(rows, away, unseen, to_end);
    // A page that does not fill the frame is followed by the next.
    Effect::new(move |_| {
        if older.get() == (Older::More, true) {
            request_animation_frame(on_scroll);
        }
    });
    let is_empty = Memo::new(move |_| rows.with(|rows| rows.order.is_empty()));
    let head = move || {
        match older.get() {
        (Older::Loading, true) => view! { <p class="older" role="status"><span class="spinner"></span><span class="unseen">{texts.loading}</span></p> }.into_any(),
        (Older::Failed, true) => view! {
            <p class="older">
                <button type="button" class="link-button" on:click=move |_| chat.send(Event::OlderWanted)>{texts.messages_failed}" "{texts.retry}</button>
            </p>
        }.into_any(),
        (Older::Failed, false) => view! {
            <Notice icon=icons::CIRCLE_ALERT title=String::new() text=texts.messages_failed.to_owned()>
                <button type="button" class="button" on:click=move |_| chat.send(Event::RetryMessages)>{texts.retry}</button>
            </Notice>
        }.into_any(),
        (_, false) if is_empty.get() => view! { <TimelineSkeleton/> }.into_any(),
        (Older::None, true) if is_empty.get() => {
            view! { <p class="beginning">{move || (texts.say_hello)(&name.get())}</p> }.into_any()
        }
        _ => ().into_any(),
    }
    };
    view! {
        <div class="timeline-frame">
            <div class="timeline scroll" node_ref=frame tabindex="0" aria-label=move || (texts.messages_with)(&name.get())
                role="log" aria-live="polite" aria-busy=move || (older.get().0 == Older::Loading).to_string()
                on:scroll=move |_| on_scroll()>
                <div class="messages" node_ref=messages>
                    {head}
                    <For each=move || rows.with(|rows| rows.order.clone()) key=ItemKey::clone let:key>
                        <Row key=key rows=rows/>
                    </For>
                    {move || {
                        let names = typing.get();
                        names.first().map(|name| view! {
                            <div class="message theirs">
                                <div class="bubble dots"><span></span><span></span><span></span>
                                    <span class="unseen">{(texts.is_typing)(name)}</span>
                                </div>
                            </div>
                        })
                    }}
                </div>
            </div>
            {move || away.get().then(|| view! {
                <button type="button" class="to-end" class:unseen-messages=unseen aria-label=texts.jump_to_newest
                    on:click=move |_| to_end()>
                    <Icon markup=icons::ARROW_DOWN/>
                    {move || unseen.get().then_some(texts.new_messages)}
                </button>
            })}
        </div>
    }
}

/// One's own new message goes to the end; another's, while the reader is elsewhere, lights the button that goes there.
fn follow(rows: Memo<Rows>, away: RwSignal<bool>, unseen: RwSignal<bool>, to_end: impl Fn() + Copy + 'static) {
    Effect::new(move |before: Option<Option<ItemKey>>| {
        let (newest, mine) = rows.with(|rows| {
            let newest = rows.order.last().cloned();
            let row = newest.as_ref().and_then(|key| rows.by_key.get(key));
            (newest, row.is_some_and(|row| matches!(&row.item, Item::Bubble(bubble) if bubble.mine)))
        });
        if before.is_some_and(|before| before != newest) {
            if mine {
                request_animation_frame(to_end);
            } else if away.get_untracked() {
                unseen.set(true);
            }
        }
        newest
    });
}
