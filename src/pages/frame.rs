//! The frame of every page: header with who is signed in, the language switch, the content.

use leptos::{html, prelude::*};
use leptos_router::{components::A, hooks::use_location};

use crate::{
    i18n::{Language, use_language, use_site_texts},
    model::viewer::Viewer,
};

/// Header and content.
#[component]
pub fn Frame(#[prop(into)] viewer: Signal<Option<Viewer>>, children: Children) -> impl IntoView {
    let texts = use_site_texts();
    let content = NodeRef::<html::Main>::new();
    focus_new_page(content);
    view! {
        // The router leaves it to the browser, which moves the focus too.
        <a class="skip-link" href="#content" rel="external">{texts.skip_to_content}</a>
        <header class="site-header">
            <A href="/" attr:class="brand">
                <span class="brand-mark" aria-hidden="true"></span>
                {texts.site_name}
            </A>
            <nav aria-label=texts.main_navigation>
                {move || match viewer.get() {
                    Some(viewer) => view! { <SignedIn viewer/> }.into_any(),
                    None => view! { <SignedOut/> }.into_any(),
                }}
            </nav>
            <LanguageSwitch/>
        </header>
        <main id="content" tabindex="-1" node_ref=content>{children()}</main>
    }
}

/// After a change of page without a new document, the focus goes to the new content, as it would with one: where it was is
/// gone or belongs to the old page. In the chat it stays.
fn focus_new_page(content: NodeRef<html::Main>) {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path)
            && !chat_has_focus()
            && let Some(content) = content.get_untracked()
        {
            let in_place = web_sys::FocusOptions::new();
            in_place.set_prevent_scroll(true);
            drop(content.focus_with_options(&in_place));
        }
        path
    });
}

fn chat_has_focus() -> bool {
    document().active_element().is_some_and(|focused| focused.closest(".chat-widget").ok().flatten().is_some())
}

#[component]
fn SignedIn(viewer: Viewer) -> impl IntoView {
    let texts = use_site_texts();
    view! {
        <A href="/account" attr:class="who">
            <span class="visually-hidden">{texts.signed_in_as} " "</span>
            {viewer.name}
        </A>
        // A plain form and so a full load: nothing of the ended session stays in memory.
        <form method="post" action="/api/logout">
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
fn LanguageSwitch() -> impl IntoView {
    let texts = use_site_texts();
    let here = use_language();
    let location = use_location();
    let next = move || format!("{}{}", location.pathname.get(), prefixed(&location.search.get()));
    let others = Language::ALL.into_iter().filter(move |language| *language != here);
    view! {
        <form class="language" method="post" action="/api/language" aria-label=texts.language>
            <input type="hidden" name="next" value=next/>
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

/// A query with its question mark, which the router leaves out.
fn prefixed(search: &str) -> String {
    if search.is_empty() || search.starts_with('?') { search.to_owned() } else { format!("?{search}") }
}
