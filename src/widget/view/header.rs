//! The bars on top: titles, and the buttons that every screen has.

use leptos::prelude::*;

use super::{icon::Icon, use_chat};
use crate::widget::{icons, state::Event};

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
}

/// Larger or smaller, and close.
#[component]
pub fn PanelButtons() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let expanded = chat.memo(|state| state.panel.expanded);
    let toggle = move || chat.send(Event::Expanded(!expanded.get_untracked()));
    view! {
        {move || {
            let (icon, label) = if expanded.get() { (icons::MINIMIZE_2, texts.shrink) } else { (icons::MAXIMIZE_2, texts.expand) };
            view! { <IconButton icon=icon label=label.to_owned() class="resize" on_press=toggle/> }
        }}
        <IconButton icon=icons::X label=texts.close.to_owned() on_press=move || chat.send(Event::Closed)/>
    }
}
