//! The tags in the document's head that start the browser half. None of them blocks the first paint.

use leptos::{nonce::use_nonce, prelude::*};

use super::names::Program;

/// Fetches script and WASM side by side while the page is being read, and starts them once it stands. Put it behind the
/// style sheet, which is needed first.
#[component]
pub fn StartTags(program: Program) -> impl IntoView {
    let nonce = use_nonce();
    let start = format!(
        "import start, {{ hydrate }} from {:?}; await start({{ module_or_path: {:?} }}); hydrate();",
        program.script, program.wasm
    );
    view! {
        <link rel="modulepreload" href=program.script nonce=nonce.clone() />
        <link rel="preload" href=program.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script type="module" nonce=nonce>
            {start}
        </script>
    }
}
