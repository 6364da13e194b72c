//! The thin bar that says that the link is lost, or why there is no login, while what was loaded stays readable.

use std::time::Duration;

use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};

use super::{
    drawn::{Draw, Drawn, lazily},
    icon::Icon,
    use_chat,
};
use crate::widget::{
    controller::Chat,
    dom, icons,
    state::{Event, Failure, Millis, Phase},
};

/// What the bar has to say. One outage is one text, however often the SDK tries again meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Offline,
    Connecting,
    Failed(Failure),
}

#[component]
pub fn LinkBar() -> impl IntoView {
    let chat = use_chat();
    let trouble = chat.memo(|state| {
        let connection = &state.connection;
        match connection.phase {
            Phase::Failed(Failure::Offline) => Some(Trouble::Failed(Failure::Offline)),
            _ if !connection.online => Some(Trouble::Offline),
            Phase::Failed(failure) => Some(Trouble::Failed(failure)),
            _ if connection.is_lost() || connection.is_retrying() => Some(Trouble::Connecting),
            _ => None,
        }
    });
    view! {
        <div class="link-bar-place" role="status">
            {lazily(move || trouble.get().map(|trouble| {
                let icon = match trouble {
                    Trouble::Offline | Trouble::Failed(Failure::Offline) => icons::WIFI_OFF,
                    Trouble::Connecting => icons::REFRESH_CW,
                    Trouble::Failed(_) => icons::CIRCLE_ALERT,
                };
                // Over the limit it goes on by itself, and not before.
                let can_retry = matches!(trouble, Trouble::Failed(failure) if !matches!(failure, Failure::RateLimited { .. }));
                view! {
                    <div class="link-bar">
                        <Icon markup=icon/>
                        <span>{said(chat, trouble)}</span>
                        {can_retry.then(|| view! {
                            <button type="button" class="link-button" on:click=move |_| chat.send(Event::RetryConnection)>
                                {chat.texts.retry}
                            </button>
                        }.drawn())}
                    </div>
                }
                .drawn()
            }))}
        </div>
    }
    .drawn()
}

fn said(chat: Chat, trouble: Trouble) -> Drawn {
    let texts = chat.texts;
    match trouble {
        Trouble::Offline => texts.link_offline.drawn(),
        Trouble::Connecting => texts.link_connecting.drawn(),
        Trouble::Failed(Failure::Offline) => texts.link_unreachable.drawn(),
        Trouble::Failed(Failure::Broken) => texts.unavailable_title.drawn(),
        Trouble::Failed(Failure::RateLimited { until }) => counted_down(until, texts.limited_wait),
        Trouble::Failed(Failure::Unavailable { until }) => counted_down(until, texts.link_unavailable),
    }
}

/// A text with the seconds that are left until then. The reader of a screen hears it once, not at every second.
fn counted_down(until: Millis, text: fn(u32) -> String) -> Drawn {
    let left = move || u32::try_from((until - dom::now() + 999) / 1000).unwrap_or(0).max(1);
    let rest = RwSignal::new(left());
    if let Ok(ticking) = set_interval_with_handle(move || rest.set(left()), Duration::from_secs(1)) {
        on_cleanup(move || ticking.clear());
    }
    view! {
        <span aria-hidden="true">{lazily(move || text(rest.get()))}</span>
        <span class="unseen">{text(rest.get_untracked())}</span>
    }
    .drawn()
}
