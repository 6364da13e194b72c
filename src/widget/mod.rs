//! The chat widget: a launcher at a corner of every page and its panel, in a shadow root of their own.
//! It speaks to the cloud through `sdk` only, and to our server through `api` only.

mod controller;
mod dom;
pub mod icons;
mod look;
mod shadow;
pub mod state;
mod text;
mod view;

use leptos::{html, nonce::use_nonce, prelude::*};

use self::{controller::Chat, look::Look};
use crate::{
    i18n::use_language,
    model::{settings::WidgetSettings, viewer::Viewer},
};

/// The widget. Mount it once, outside `<Routes>`, so that it survives navigation.
#[component]
pub fn ChatWidget(
    /// How the site's owner wants it.
    settings: WidgetSettings,
    /// Who is signed in; when this changes, the old login is dropped before anything else is shown.
    viewer: Signal<Option<Viewer>>,
    /// Where to sign in and come back from to where the visitor is now; the widget appends nothing.
    sign_in_url: Signal<String>,
) -> impl IntoView {
    let language = use_language();
    let look = Look::from(&settings);
    let host = NodeRef::<html::Div>::new();
    let declared = if is_server() {
        let nonce = use_nonce();
        shadow::declared(&look, &settings.style_url, language.widget(), nonce.as_deref())
    } else {
        String::new()
    };
    let accent = look.accent.clone();
    Effect::new(move |_| {
        let Some(host) = host.get() else { return };
        let chat = Chat::start(settings.clone(), viewer, sign_in_url, language);
        let pressed = shadow::take_over(&host, &look, &settings.style_url, move || {
            provide_context(chat);
            view::Widget()
        });
        chat.restore(pressed);
    });
    view! { <div class="chat-widget" data-accent=accent node_ref=host inner_html=declared></div> }
}
