//! The bars on top: titles, and the buttons that every screen has.

use leptos::{leptos_dom::helpers::request_animation_frame, prelude::*};

use super::{
    drawn::{Draw, lazily},
    icon::Icon,
    panel::PanelElement,
    surroundings::use_surroundings,
    use_chat,
};
use crate::widget::{
    controller::counted,
    dom, icons,
    state::{Event, Screen},
};

/// A round button with an icon; `label` is its name.
#[component]
pub fn IconButton(
    icon: &'static str,
    #[prop(into)] label: Signal<String>,
    on_press: impl FnMut() + 'static,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let mut on_press = on_press;
    view! {
        <button type="button" class=format!("icon-button {class}") aria-label=label title=label on:click=move |_| on_press()>
            <Icon markup=icon/>
        </button>
    }
    .drawn()
}

/// From a conversation to the list, and how much is unread there.
#[component]
pub fn BackButton() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let elsewhere = chat.memo(|state| {
        let here = state.panel.peer().and_then(|peer| state.conversations.rows.get(peer));
        state.conversations.unread() - here.map_or(0, crate::widget::state::ListRow::unread)
    });
    let label = Signal::derive(move || match elsewhere.get() {
        0 => texts.back.to_owned(),
        count => (texts.with_unread)(texts.back, count),
    });
    view! {
        <span class="back">
            <IconButton icon=icons::ARROW_LEFT label=label on_press=move || chat.open_screen(Screen::List)/>
            {lazily(move || (elsewhere.get() > 0).then(|| view! {
                <span class="badge back-badge" aria-hidden="true">{counted(elsewhere.get())}</span>
            }.drawn()))}
        </span>
    }
    .drawn()
}

/// Larger or smaller, where there is room for it, and close.
#[component]
pub fn PanelButtons() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let surroundings = use_surroundings();
    let expanded = surroundings.expanded;
    let panel = use_context::<PanelElement>();
    let toggle = move || {
        chat.send(Event::Expanded(!expanded.get_untracked()));
        // The button may stand in another column now.
        request_animation_frame(move || {
            if let Some(panel) = panel.and_then(|panel| panel.0.try_get_untracked().flatten()) {
                dom::focus(dom::first(&panel, ".resize").as_ref());
            }
        });
    };
    view! {
        {lazily(move || surroundings.room_for_two.get().then(|| {
            let (icon, label) = if expanded.get() { (icons::MINIMIZE_2, texts.shrink) } else { (icons::MAXIMIZE_2, texts.expand) };
            view! { <IconButton icon=icon label=label.to_owned() class="resize" on_press=toggle/> }
        }))}
        <IconButton icon=icons::X label=texts.close.to_owned() on_press=move || chat.send(Event::Closed)/>
    }
    .drawn()
}
