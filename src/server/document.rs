//! The document round the app: its head, the tags that start the browser half, and by what that half knows that a page
//! belongs to another session or another language.

use leptos::{hydration::AutoReload, prelude::*};
use leptos_meta::MetaTags;

use super::assets::{Assets, SessionEvents, StartTags};
use crate::{app::App, i18n::Language};

/// The whole document.
pub fn document(
    options: LeptosOptions,
    assets: Assets,
    language: Language,
    session_tag: &str,
) -> impl IntoView + use<> {
    let program = assets.programs.of(language).clone();
    view! {
        <!DOCTYPE html>
        <html lang=language.tag() data-session=session_tag.to_owned()>
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
                <StartTags program/>
                {(!session_tag.is_empty()).then(|| view! { <SessionEvents/> })}
                <AutoReload options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
