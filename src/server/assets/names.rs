//! The addresses of the files that the HTML and the widget ask for.

use serde::Deserialize;

/// Same-origin addresses, each beginning with `/`. `make release` writes them to `assets.json` (`scripts/package-site.mjs`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assets {
    /// The browser half's JavaScript: an ES module with a default export that starts the WASM, and `hydrate`.
    pub script: String,
    /// The browser half itself.
    pub wasm: String,
    /// The pages' style sheet.
    pub page_style: String,
    /// The style sheet of the widget's shadow root: `WidgetSettings::style_url`.
    pub widget_style: String,
    /// The CometChat SDK's script: `WidgetSettings::sdk_url`.
    pub sdk: String,
}

impl Assets {
    /// The names in development, where nothing is hashed and nothing may be cached for long.
    pub fn development() -> Self {
        Self {
            script: "/pkg/leptos-cometchat.js".into(),
            wasm: "/pkg/leptos-cometchat.wasm".into(),
            page_style: "/style/main.css".into(),
            widget_style: "/style/widget.css".into(),
            sdk: "/pkg/cometchat-sdk.js".into(),
        }
    }
}
