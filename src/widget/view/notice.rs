//! Full-panel notices: signed out, no login, nothing there. Each says what is the case and the one thing to do next.

use std::time::Duration;

use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};

use super::{
    drawn::{Draw, lazily},
    header::PanelButtons,
    icon::Icon,
    use_chat,
};
use crate::widget::{
    dom, icons,
    state::{Event, Failure, Phase},
};

/// A picture, a title, a sentence, and what can be done.
#[component]
pub fn Notice(
    icon: &'static str,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    /// The title is read out as soon as it is there. It alone: a text that counts seconds would never end.
    #[prop(optional)]
    alert: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="notice">
            <span class="notice-icon"><Icon markup=icon/></span>
            <div role=alert.then_some("alert")>
                <Show when=move || title.with(|title| !title.is_empty())>
                    <h3 class="notice-title">{title}</h3>
                </Show>
            </div>
            <p class="notice-text">{text}</p>
            {children.map(|children| children())}
        </div>
    }
    .drawn()
}

/// The bar of a panel that has nothing but a notice.
#[component]
pub fn PlainHeader() -> impl IntoView {
    let texts = use_chat().texts;
    view! {
        <div class="header">
            <h2 class="title">{texts.title}</h2>
            <PanelButtons/>
        </div>
    }
    .drawn()
}

/// Nobody is signed in: the way to do so, and back here.
#[component]
pub fn SignedOut() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let ended = chat.memo(|state| state.connection.phase == Phase::SignedOut { ended: true });
    let title = move || if ended.get() { texts.session_ended_title } else { texts.signed_out_title }.to_owned();
    let text = move || if ended.get() { texts.session_ended_text } else { texts.signed_out_text }.to_owned();
    view! {
        <div class="column main">
            <PlainHeader/>
            <Notice icon=icons::MESSAGE_CIRCLE title=Signal::derive(title) text=Signal::derive(text)>
                // A new document: a session begins with its page. The panel is open again behind it.
                <a class="button" href=chat.sign_in_url rel="external" on:click=move |_| chat.leave_to_sign_in()>
                    <Icon markup=icons::LOG_IN/>{texts.sign_in}
                </a>
            </Notice>
        </div>
    }
    .drawn()
}

/// There is no login, and why.
#[component]
pub fn Problem() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let failure = chat.memo(|state| match state.connection.phase {
        Phase::Failed(failure) => Some(failure),
        _ => None,
    });
    let now = RwSignal::new(dom::now());
    if let Ok(ticking) = set_interval_with_handle(move || now.set(dom::now()), Duration::from_secs(1)) {
        on_cleanup(move || ticking.clear());
    }
    let rest = Memo::new(move |_| match failure.get() {
        Some(Failure::RateLimited { until }) => u32::try_from((until - now.get() + 999) / 1000).unwrap_or(0),
        _ => 0,
    });
    let title = move || match failure.get() {
        Some(Failure::RateLimited { .. }) => texts.limited_title,
        Some(Failure::Offline) => texts.offline_title,
        _ => texts.unavailable_title,
    };
    let text = move || match failure.get() {
        Some(Failure::RateLimited { .. }) if rest.get() > 0 => (texts.limited_wait)(rest.get()),
        Some(Failure::RateLimited { .. }) => texts.limited_over.to_owned(),
        Some(Failure::Offline) => texts.offline_text.to_owned(),
        _ => texts.unavailable_text.to_owned(),
    };
    view! {
        <div class="column main">
            <PlainHeader/>
            {lazily(move || {
                let icon = if failure.get() == Some(Failure::Offline) { icons::WIFI_OFF } else { icons::CIRCLE_ALERT };
                view! {
                    <Notice icon=icon title=Signal::derive(move || title().to_owned()) text=Signal::derive(text) alert=true>
                        <button type="button" class="button" disabled=move || { rest.get() > 0 }
                            on:click=move |_| chat.send(Event::RetryConnection)>
                            <Icon markup=icons::REFRESH_CW/>{texts.retry}
                        </button>
                    </Notice>
                }
                .drawn()
            })}
        </div>
    }
    .drawn()
}
