//! The round button at the page's corner.

use leptos::{ev, html, prelude::*};

use super::drawn::{Draw, lazily};
use super::icon::Icon;
use crate::widget::{
    controller::{counted, use_chat},
    icons,
    state::Event,
};

#[component]
pub fn Launcher(node_ref: NodeRef<html::Button>) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let open = chat.memo(|state| state.panel.open);
    let unread = chat.memo(|state| state.conversations.unread());
    let label = move || {
        let action = if open.get() { texts.close } else { texts.open };
        match unread.get() {
            0 => action.to_owned(),
            count => (texts.with_unread)(action, count),
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            chat.send(Event::Closed);
        }
    };
    view! {
        <button
            type="button"
            class="launcher"
            node_ref=node_ref
            aria-label=label
            aria-expanded=move || if open.get() { "true" } else { "false" }
            aria-controls="panel"
            on:keydown=on_key
            on:click=move |_| chat.send(if open.get_untracked() { Event::Closed } else { Event::Opened })
        >
            {lazily(move || if open.get() {
                view! { <span class="launcher-face"><Icon markup=icons::CHEVRON_DOWN/></span> }.drawn()
            } else {
                view! { <span class="launcher-face" aria-hidden="true">"💬"</span> }.drawn()
            })}
            // Behind the open panel stands the list, which says it itself.
            {lazily(move || (unread.get() > 0 && !open.get()).then(|| view! {
                <span class="badge launcher-badge" aria-hidden="true">{counted(unread.get())}</span>
            }.drawn()))}
        </button>
    }
    .drawn()
}
