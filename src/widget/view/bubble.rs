//! A row of the timeline: a day, the unread line, an event, or a bubble. The row stays while what it shows changes.

use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::{
    avatar::{Avatar, Face},
    bubble_menu::BubbleMenu,
    conversation::Handling,
    delivery::Ticks,
    drawn::{Draw, Drawn, lazily},
    rich_text::rich_text,
    surroundings::use_surroundings,
    time,
    timeline_rows::{RowHandle, Rows},
    use_chat,
};
use crate::{
    i18n::WidgetTexts,
    model::chat::Content,
    widget::{
        dom,
        state::{Bubble, Delivery, Event, Item, ItemKey},
        text::emoji::count_if_only,
    },
};

const LONG_PRESS: Duration = Duration::from_millis(450);
/// Seconds within which a message counts as just written: one that waited through a reload does not rise again.
const JUST_WRITTEN: i64 = 3;

#[component]
pub fn Row(key: ItemKey, rows: Memo<Rows>) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let of_key = key.clone();
    // A row that is about to go keeps what it showed.
    let row = Memo::new(move |before: Option<&Option<RowHandle>>| {
        rows.with(|rows| rows.get(&of_key)).or_else(|| before.cloned().flatten())
    });
    let first = row.get_untracked();
    match first.as_deref().map(|row| &row.item) {
        Some(Item::Day(at)) => {
            let at = *at;
            let today = use_surroundings().today;
            view! { <h3 class="day">{lazily(move || time::day(chat.language, texts, at, today.get()))}</h3> }.drawn()
        }
        Some(Item::UnreadLine) => view! { <p class="unread-line"><span>{texts.new_messages}</span></p> }.drawn(),
        Some(Item::Event(text)) => view! { <p class="event" dir="auto">{text.clone()}</p> }.drawn(),
        Some(Item::Bubble(bubble)) => {
            let bubble = (**bubble).clone();
            let now = Memo::new(move |_| {
                row.with(|row| match row.as_deref().map(|row| &row.item) {
                    Some(Item::Bubble(bubble)) => (**bubble).clone(),
                    _ => bubble.clone(),
                })
            });
            view! { <BubbleRow key=key bubble=now/> }.drawn()
        }
        None => ().drawn(),
    }
}

#[component]
fn BubbleRow(key: ItemKey, bubble: Memo<Bubble>) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let handling = expect_context::<Handling>();
    let key = StoredValue::new(key);
    let part = move |read: fn(&Bubble) -> bool| Memo::new(move |_| bubble.with(read));
    let mine = bubble.with_untracked(|bubble| bubble.mine);
    let first_of_group = part(|bubble| bubble.first_of_group);
    let last_of_group = part(|bubble| bubble.last_of_group);
    let has_menu = part(|bubble| bubble.id.is_some() && !bubble.deleted);
    let large = part(|bubble| !bubble.deleted && count_if_only(&bubble.text).is_some_and(|count| count <= 3));
    let in_group = handling.in_group;
    let rises = bubble.with_untracked(|bubble| bubble.id.is_none() && dom::now() / 1000 - bubble.at < JUST_WRITTEN);
    let body = Memo::new(move |_| bubble.with(|bubble| (bubble.text.clone(), bubble.deleted, bubble.content.clone())));
    let sender = bubble.with_untracked(|bubble| bubble.sender.clone());
    let sender_name = sender.as_ref().map_or(texts.you, |_| "").to_owned();
    let who = if mine { texts.you.to_owned() } else { sender.as_ref().map_or(sender_name, |one| one.name.clone()) };
    let name = who.clone();
    let face =
        sender.filter(|_| !mine).map(|one| Face { id: one.uid.to_string(), name: one.name, picture: one.avatar });
    let press = StoredValue::new_local(None::<TimeoutHandle>);
    let open_menu = move || {
        if has_menu.try_get_untracked() == Some(true) {
            handling.menu.set(Some(key.get_value()));
        }
    };
    let end_press = move || {
        if let Some(timer) = press.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    let start_press = move |event: ev::PointerEvent| {
        if event.pointer_type() == "touch" {
            end_press();
            press.set_value(set_timeout_with_handle(open_menu, LONG_PRESS).ok());
        }
    };
    let move_press = move |event: ev::PointerEvent| {
        if event.movement_x().abs() + event.movement_y().abs() > 6 {
            end_press();
        }
    };
    // Android's own long press would open the browser's menu over ours.
    let on_context_menu = move |event: ev::MouseEvent| {
        if press.with_value(Option::is_some) {
            event.prevent_default();
        }
    };
    // The mouse that a browser makes of a long press would take the focus out of the menu.
    let on_mouse_down = move |event: ev::MouseEvent| {
        let is_open = handling.menu.with_untracked(|menu| menu.as_ref() == Some(&key.get_value()));
        if is_open && !dom::is_within(&event, ".actions") {
            event.prevent_default();
        }
    };
    view! {
        <article class="message" class:mine=mine class:theirs=!mine class:rises=rises class:first=first_of_group class:last=last_of_group
            data-message=move || bubble.with(|bubble| bubble.id.map(|id| id.0.to_string()))
            on:pointerdown=start_press on:pointerup=move |_| end_press() on:pointercancel=move |_| end_press()
            on:pointermove=move_press on:contextmenu=on_context_menu on:mousedown=on_mouse_down>
            {(in_group && !mine).then(|| view! {
                <span class="sender-place">
                    {lazily(move || last_of_group.get().then(|| face.clone().map(|face| view! { <Avatar face=face small=true/> }.drawn())))}
                </span>
            }.drawn())}
            <div class="stack">
                {lazily(move || (in_group && !mine && first_of_group.get()).then(|| view! {
                    <span class="sender-name" dir="auto">{name.clone()}</span>
                }.drawn()))}
                <div class="bubble-line">
                    <div class="bubble" class:large=large class:deleted=part(|bubble| bubble.deleted)>
                        <span class="unseen">{(texts.said_by)(&who)}</span>
                        <div class="text" dir="auto">
                            {lazily(move || body.with(|(text, deleted, content)| show_body(text, *deleted, content.as_ref(), texts)))}
                        </div>
                    </div>
                    {lazily(move || has_menu.get().then(|| view! { <BubbleMenu key=key.get_value() bubble=bubble/> }.drawn()))}
                    <span class="side-time" aria-hidden="true">{lazily(move || bubble.with(|bubble| time::time(chat.language, bubble.at)))}</span>
                </div>
                <Meta bubble=bubble/>
            </div>
        </article>
    }
    .drawn()
}

fn show_body(text: &str, deleted: bool, content: Option<&Content>, texts: &'static WidgetTexts) -> Drawn {
    if deleted {
        return view! { <em>{texts.deleted}</em> }.drawn();
    }
    match content {
        Some(Content::Media { url, name, .. }) => {
            let label = name.clone().unwrap_or_else(|| texts.attachment.to_owned());
            // Where the file lies, the cloud says: a link like any other.
            let address = url.clone().unwrap_or_default();
            let link = if address.starts_with("https://") || address.starts_with("http://") {
                view! { <a class="link" href=address target="_blank" rel="noopener noreferrer">{label}</a> }.drawn()
            } else {
                label.drawn()
            };
            view! { <span class="attachment">{link}</span>{rich_text(text)} }.drawn()
        }
        Some(Content::Other { .. }) if text.is_empty() => view! { <em>{texts.attachment}</em> }.drawn(),
        _ => rich_text(text),
    }
}

/// Time, ticks, "edited", and what failed with its remedy.
#[component]
fn Meta(bubble: Memo<Bubble>) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let shown = Memo::new(move |_| {
        bubble.with(|bubble| {
            let unfinished = matches!(bubble.delivery, Some(Delivery::Queued | Delivery::Sending | Delivery::Failed));
            bubble.last_of_group || bubble.edited || bubble.change.is_some() || unfinished
        })
    });
    let facts = Memo::new(move |_| {
        bubble.with(|bubble| {
            let changing = bubble.change.as_ref().is_some_and(|change| !change.failed);
            let delivery = if changing { Some(Delivery::Sending) } else { bubble.delivery };
            (bubble.at, bubble.edited && !bubble.deleted, delivery.filter(|_| !bubble.deleted))
        })
    });
    let failed_change = Memo::new(move |_| {
        bubble.with(|bubble| {
            let change = bubble.change.as_ref().filter(|change| change.failed)?;
            Some((bubble.id?, change.text.is_some()))
        })
    });
    let failed_send = Memo::new(move |_| {
        bubble.with(|bubble| bubble.muid.clone().filter(|_| bubble.delivery == Some(Delivery::Failed)))
    });
    view! {
        {lazily(move || shown.get().then(|| {
            let (at, edited, delivery) = facts.get();
            view! {
                <p class="meta">
                    {edited.then(|| view! { <span>{texts.edited}</span> }.drawn())}
                    <span title=time::full(chat.language, at)>{time::time(chat.language, at)}</span>
                    {delivery.map(|delivery| view! { <Ticks delivery=delivery/> }.drawn())}
                </p>
            }
            .drawn()
        }))}
        {lazily(move || failed_send.get().map(|muid| {
            let again = muid.clone();
            view! {
                <p class="failure">
                    <span>{texts.not_sent}</span>
                    <button type="button" class="link-button"
                        on:click=move |_| chat.send(Event::RetrySend { muid: again.clone() })>{texts.retry}</button>
                    <button type="button" class="link-button"
                        on:click=move |_| chat.send(Event::DiscardSend { muid: muid.clone() })>{texts.discard}</button>
                </p>
            }
            .drawn()
        }))}
        {lazily(move || failed_change.get().map(|(id, edit)| view! {
            <p class="failure">
                <span>{if edit { texts.not_saved } else { texts.not_deleted }}</span>
                <button type="button" class="link-button" on:click=move |_| chat.send(Event::RetryChange(id))>{texts.retry}</button>
                <button type="button" class="link-button" on:click=move |_| chat.send(Event::DiscardChange(id))>{texts.discard}</button>
            </p>
        }.drawn()))}
    }
    .drawn()
}
