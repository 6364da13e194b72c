//! The frame of every page: header with who is signed in, the language switch, the content.
//!
//! Forms marked `data-reload` are left to the browser and so load a page in full: nothing of an ended session stays in
//! memory, and no text of another language.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::{
    i18n::{Language, site::use_site_texts, use_language},
    model::viewer::Viewer,
};

/// Header and content, of the page at the address `here`.
#[component]
pub fn Frame(viewer: Option<Viewer>, here: String, children: Children) -> impl IntoView {
    let texts = use_site_texts();
    let who = match viewer {
        Some(viewer) => view! { <SignedIn viewer/> }.into_any(),
        None => view! { <SignedOut/> }.into_any(),
    };
    view! {
        <a class="skip-link" href="#content">{texts.skip_to_content}</a>
        <header class="site-header">
            <A href="/" attr:class="brand">
                <span class="brand-mark" aria-hidden="true"></span>
                {texts.site_name}
            </A>
            <nav aria-label=texts.main_navigation>{who}</nav>
            <LanguageSwitch here/>
        </header>
        <main id="content" tabindex="-1">{children()}</main>
    }
}

#[component]
fn SignedIn(viewer: Viewer) -> impl IntoView {
    let texts = use_site_texts();
    view! {
        <A href="/account" attr:class="who">
            <span class="visually-hidden">{texts.signed_in_as} " "</span>
            {viewer.name}
        </A>
        <form method="post" action="/api/logout" data-reload>
            <button class="button quiet" type="submit">{texts.log_out}</button>
        </form>
    }
}

#[component]
fn SignedOut() -> impl IntoView {
    let texts = use_site_texts();
    view! {
        <A href="/login" attr:class="button quiet">{texts.log_in.title}</A>
        <A href="/register" attr:class="button">{texts.register.title}</A>
    }
}

/// One button per other language; the server remembers the choice and comes back to this page.
#[component]
fn LanguageSwitch(here: String) -> impl IntoView {
    let texts = use_site_texts();
    let now = use_language();
    let others = Language::ALL.into_iter().filter(move |language| *language != now);
    view! {
        <form class="language" method="post" action="/api/language" aria-label=texts.language data-reload>
            <input type="hidden" name="next" value=here/>
            {others
                .map(|language| {
                    view! {
                        <button class="button quiet" type="submit" name="language" value=language.tag() lang=language.tag()>
                            {language.own_name()}
                        </button>
                    }
                })
                .collect_view()}
        </form>
    }
}
