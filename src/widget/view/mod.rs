//! What is seen: the launcher and the panel. Components read memos of the state and send events; they hold nothing that
//! would be missed after a reload.

mod announcer;
mod avatar;
mod bubble;
mod bubble_menu;
mod composer;
mod confirm;
mod contact;
mod conversation;
mod conversation_list;
mod conversation_row;
mod delivery;
mod drawn;
mod focus;
mod header;
mod icon;
mod keyboard;
mod launcher;
mod link_bar;
mod new_chat;
mod notice;
mod panel;
mod reading_place;
mod rich_text;
mod skeleton;
mod surroundings;
mod time;
mod timeline;
mod timeline_rows;

use leptos::prelude::*;

use self::{
    drawn::{Draw, lazily},
    launcher::Launcher,
    panel::Panel,
    surroundings::Surroundings,
};
use crate::widget::controller::use_chat;

/// Everything within the shadow root.
#[component]
pub fn Widget() -> impl IntoView {
    let chat = use_chat();
    provide_context(Surroundings::watch(chat));
    let open = chat.memo(|state| state.panel.open);
    let launcher = NodeRef::new();
    view! {
        {lazily(move || open.get().then(|| view! { <Panel launcher=launcher/> }.drawn()))}
        <Launcher node_ref=launcher/>
    }
}
