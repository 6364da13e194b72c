//! The document round the app: its head, and the tags that start the browser half.

use leptos::{hydration::AutoReload, prelude::*};
use leptos_meta::MetaTags;

use super::assets::{Assets, HydrationTags};
use crate::{app::App, i18n::Language};

/// The whole document.
pub fn document(options: LeptosOptions, assets: Assets, language: Language) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang=language.tag()>
            <head>
                <meta charset="utf-8"/>
                // A keyboard on the screen takes the page smaller, so that what stands at its end stays in sight.
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
                />
                <meta name="color-scheme" content="light dark"/>
                <link rel="stylesheet" id="leptos" href=assets.page_style.clone()/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <HydrationTags assets/>
                <AutoReload options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
