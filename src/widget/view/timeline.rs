//! The messages. The box is laid out from its bottom (`column-reverse` with one child): at the end it stays at the end,
//! and nothing moves when older messages come in.

use leptos::{html, leptos_dom::helpers::request_animation_frame, prelude::*};

use super::{
    bubble::Row,
    drawn::{Draw, lazily},
    icon::Icon,
    notice::Notice,
    reading_place,
    skeleton::TimelineSkeleton,
    timeline_rows::{Rows, rows_of},
    use_chat,
};
use crate::{
    model::chat::Peer,
    widget::{
        icons,
        state::{Event, ItemKey, Older},
    },
};

#[component]
pub fn Timeline(peer: Peer, name: Memo<String>) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let rows = rows_of(chat, peer.clone());
    let keys = Memo::new(move |_| rows.with(Rows::order));
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
    let is_empty = Memo::new(move |_| keys.with(|keys| keys.is_empty()));
    let head = move || {
        match older.get() {
        (Older::Loading, true) => view! { <p class="older"><span class="spinner"></span><span class="unseen">{texts.loading}</span></p> }.drawn(),
        (Older::Failed, true) => view! {
            <p class="older">
                <button type="button" class="link-button" on:click=move |_| chat.send(Event::OlderWanted)>{texts.messages_failed}" "{texts.retry}</button>
            </p>
        }.drawn(),
        (Older::Failed, false) => view! {
            <Notice icon=icons::CIRCLE_ALERT title=String::new() text=texts.messages_failed.to_owned()>
                <button type="button" class="button" on:click=move |_| chat.send(Event::RetryMessages)>{texts.retry}</button>
            </Notice>
        }.drawn(),
        (_, false) if is_empty.get() => view! { <TimelineSkeleton/> }.drawn(),
        (Older::None, true) if is_empty.get() => {
            view! { <p class="beginning">{lazily(move || (texts.say_hello)(&name.get()))}</p> }.drawn()
        }
        _ => ().drawn(),
    }
    };
    view! {
        <div class="timeline-frame">
            <div class="timeline scroll" node_ref=frame tabindex="0" aria-label=move || (texts.messages_with)(&name.get())
                // What is new is read out by the announcer; a log's own region would read every page of history too.
                role="log" aria-live="off" aria-busy=move || (older.get().0 == Older::Loading).to_string()
                on:scroll=move |_| on_scroll()>
                <div class="messages" node_ref=messages>
                    {head}
                    <For each=move || keys.get().to_vec() key=ItemKey::clone let:key>
                        <Row key=key rows=rows/>
                    </For>
                    {lazily(move || {
                        let names = typing.get();
                        names.first().map(|name| view! {
                            <div class="message theirs first last">
                                <div class="bubble dots"><span></span><span></span><span></span>
                                    <span class="unseen">{(texts.is_typing)(name)}</span>
                                </div>
                            </div>
                        }.drawn())
                    })}
                </div>
            </div>
            {lazily(move || away.get().then(|| view! {
                <button type="button" class="to-end" class:unseen-messages=unseen aria-label=texts.jump_to_newest
                    on:click=move |_| to_end()>
                    <Icon markup=icons::ARROW_DOWN/>
                    {lazily(move || unseen.get().then_some(texts.new_messages))}
                </button>
            }.drawn()))}
        </div>
    }
    .drawn()
}

/// One's own new message goes to the end; another's, while the reader is elsewhere, lights the button that goes there.
fn follow(rows: Memo<Rows>, away: RwSignal<bool>, unseen: RwSignal<bool>, to_end: impl Fn() + Copy + 'static) {
    Effect::new(move |before: Option<Option<ItemKey>>| {
        let (newest, mine) = rows.with(Rows::newest).unzip();
        if before.is_some_and(|before| before != newest) {
            if mine == Some(true) {
                request_animation_frame(to_end);
            } else if away.get_untracked() {
                unseen.set(true);
            }
        }
        newest
    });
}
