//! The languages of the interface. A catalogue is a struct of texts: a key that one language lacks is a compile error.
//! The language is fixed for the life of a page; switching it loads the page anew.

#[cfg(feature = "ssr")]
pub mod site;
pub mod widget;

use serde::{Deserialize, Serialize};

pub use self::widget::{Ago, MessageTexts, WidgetTexts};

/// A language that every catalogue has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    En,
    Fr,
}

/// A release's browser half is built once for each language and has the texts of that one alone (`scripts/release.sh`):
/// no visitor fetches what they do not read. Any other build has all of them.
const BUILT_FOR: Option<Language> = match option_env!("WIDGET_LANGUAGE") {
    Some(tag) => match tag.as_bytes() {
        b"en" => Some(Language::En),
        b"fr" => Some(Language::Fr),
        _ => None,
    },
    None => None,
};

impl Language {
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The BCP 47 tag, for `lang` and `Intl`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language's name in itself, for the switch.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }

    /// Parses a BCP 47 tag by its primary part: `fr-CA` is French.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.trim();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The widget's texts.
    pub fn widget(self) -> &'static WidgetTexts {
        match BUILT_FOR.unwrap_or(self) {
            Self::En => &widget::ENGLISH,
            Self::Fr => &widget::FRENCH,
        }
    }
}

/// The page's language, English where none was provided.
#[cfg(feature = "ssr")]
pub fn use_language() -> Language {
    leptos::prelude::use_context::<Language>().unwrap_or_default()
}
