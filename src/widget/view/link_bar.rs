//! The thin bar that says that the link is lost.

use leptos::prelude::*;

use super::{icon::Icon, use_chat};
use crate::{
    model::event::Link,
    widget::{icons, state::Phase},
};

#[component]
pub fn LinkBar() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let said = chat.memo(move |state| {
        let connection = &state.connection;
        if !connection.online || connection.is_lost() && connection.link == Link::Disconnected {
            Some((icons::WIFI_OFF, texts.link_offline))
        } else if connection.is_lost() || matches!(connection.phase, Phase::Failed(_)) {
            Some((icons::REFRESH_CW, texts.link_connecting))
        } else {
            None
        }
    });
    view! {
        <div class="link-bar-place" role="status">
            {move || said.get().map(|(icon, text)| view! {
                <div class="link-bar"><Icon markup=icon/><span>{text}</span></div>
            })}
        </div>
    }
}
