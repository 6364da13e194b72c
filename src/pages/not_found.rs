//! An address with nothing at it.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::i18n::site::use_site_texts;

/// Not found; the router's fallback answers with status 404.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let texts = use_site_texts();
    view! {
        <Title text=texts.not_found.title/>
        <section class="hero">
            <h1>{texts.not_found.title}</h1>
            <p class="lead">{texts.not_found.lead}</p>
            <p class="actions"><A href="/" attr:class="button large">{texts.not_found.home}</A></p>
        </section>
    }
}
