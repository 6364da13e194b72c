//! What is seen: the launcher and the panel. Components read memos of the state and send events; they hold nothing that
//! would be missed after a reload.

mod avatar;
mod bubble;
mod bubble_menu;
mod composer;
mod confirm;
mod conversation;
mod conversation_list;
mod conversation_row;
mod delivery;
mod header;
mod icon;
mod launcher;
mod link_bar;
mod new_chat;
mod notice;
mod panel;
mod reading_place;
mod rich_text;
mod skeleton;
mod time;
mod timeline;

use leptos::prelude::*;

use self::{launcher::Launcher, panel::Panel};
use crate::widget::controller::use_chat;

/// Everything within the shadow root.
#[component]
pub fn Widget() -> impl IntoView {
    let chat = use_chat();
    let open = chat.memo(|state| state.panel.open);
    let launcher = NodeRef::new();
    view! {
        {move || open.get().then(|| view! { <Panel launcher=launcher/> })}
        <Launcher node_ref=launcher/>
    }
}
