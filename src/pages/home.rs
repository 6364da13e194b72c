//! The first page: what this is, and how to try it.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::{i18n::site::use_site_texts, model::demo::DEMO_ACCOUNTS};

/// Home.
#[component]
pub fn HomePage(is_signed_in: bool, has_demo_accounts: bool) -> impl IntoView {
    let texts = use_site_texts();
    let begin = if is_signed_in {
        view! { <p class="lead">{texts.home.open_hint}</p> }.into_any()
    } else {
        view! {
            <p class="actions">
                <A href="/register" attr:class="button large">{texts.register.title}</A>
                <A href="/login" attr:class="button large quiet">{texts.log_in.title}</A>
            </p>
        }
        .into_any()
    };
    view! {
        <Title text=texts.home.title/>
        <section class="hero">
            <h1>{texts.home.headline}</h1>
            <p class="lead">{texts.home.lead}</p>
            {begin}
        </section>
        {has_demo_accounts.then(|| view! { <Demo/> })}
        <section class="features">
            {texts
                .home
                .features
                .into_iter()
                .map(|(title, text)| view! { <article><h2>{title}</h2><p>{text}</p></article> })
                .collect_view()}
        </section>
    }
}

/// The demo accounts.
#[component]
fn Demo() -> impl IntoView {
    let texts = use_site_texts();
    view! {
        <section class="demo" aria-labelledby="demo-title">
            <h2 id="demo-title">{texts.home.demo_title}</h2>
            <p>{texts.home.demo_lead}</p>
            <dl>
                {DEMO_ACCOUNTS
                    .iter()
                    .map(|account| view! { <dt>{account.email}</dt><dd><code>{account.password}</code></dd> })
                    .collect_view()}
            </dl>
            <p class="hint">{texts.home.demo_two_browsers}</p>
        </section>
    }
}
