//! The tags in the document's head that start the browser half. None of them blocks the first paint.

use leptos::{nonce::use_nonce, prelude::*};

use super::names::Program;

/// Fetches script and WASM side by side while the page is being read, and starts them once it stands. Put it behind the
/// style sheet, which is needed first.
#[component]
pub fn StartTags(program: Program) -> impl IntoView {
    let nonce = use_nonce();
    let start = format!(
        "import start, {{ hydrate }} from {:?};\n{}await start({{ module_or_path: {:?} }}); hydrate();",
        program.script,
        include_str!("trusted_types.js"),
        program.wasm
    );
    view! {
        <link rel="modulepreload" href=program.script nonce=nonce.clone() />
        <link rel="preload" href=program.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script type="module" nonce=nonce>
            {start}
        </script>
    }
}

/// What a page of somebody who is signed in hears of its session, and how the widget learns of it: the end, as if another
/// tab had signed out; a token to renew, as if the cloud had refused it. One tab of the browser listens for all of them, in
/// sight or not, so that a browser has one stream however many tabs there are. It is none of the widget's bytes.
#[component]
pub fn SessionEvents() -> impl IntoView {
    view! {
        <script type="module" nonce=use_nonce()>
            {include_str!("session_events.js")}
        </script>
    }
}
