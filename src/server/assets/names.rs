//! The addresses of the files that the HTML and the widget ask for.

use serde::Deserialize;

use crate::i18n::Language;

/// Same-origin addresses, each beginning with `/`. `make release` writes them to `assets.json` (`scripts/package-site.mjs`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assets {
    /// The browser half, once for each language.
    pub programs: Programs,
    /// The pages' style sheet.
    pub page_style: String,
    /// The style sheet of the widget's shadow root: `WidgetSettings::style_url`.
    pub widget_style: String,
    /// The CometChat SDK's script: `WidgetSettings::sdk_url`.
    pub sdk: String,
}

/// The browser half with the texts of each language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programs {
    pub en: Program,
    pub fr: Program,
}

impl Programs {
    /// The one for pages in `language`.
    pub fn of(&self, language: Language) -> &Program {
        match language {
            Language::En => &self.en,
            Language::Fr => &self.fr,
        }
    }
}

/// The two files of the browser half, which belong together.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// The JavaScript: an ES module with a default export that starts the WASM, and `hydrate`.
    pub script: String,
    /// The WASM.
    pub wasm: String,
}

impl Assets {
    /// The names in development, where nothing is hashed and nothing may be cached for long.
    pub fn development() -> Self {
        // One build has the texts of all languages.
        let program = Program { script: "/pkg/leptos-cometchat.js".into(), wasm: "/pkg/leptos-cometchat.wasm".into() };
        Self {
            programs: Programs { en: program.clone(), fr: program },
            page_style: "/style/main.css".into(),
            widget_style: "/style/widget.css".into(),
            sdk: "/pkg/cometchat-sdk.js".into(),
        }
    }
}
