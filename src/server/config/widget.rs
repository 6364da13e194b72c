//! How the site's owner wants the widget.

use clap::Args;
use serde::de::DeserializeOwned;

use super::{ConfigError, colour};
use crate::model::{
    ids::Uid,
    settings::{Cloud, PanelSize, Position, Theme, WidgetSettings},
};

#[expect(clippy::struct_field_names, reason = "the flags are named after the fields")]
#[derive(Debug, Args)]
#[command(next_help_heading = "Widget")]
pub struct WidgetOptions {
    /// The launcher's corner: bottom-right, bottom-left, top-right or top-left.
    #[arg(long, env = "CHAT_POSITION", default_value = "bottom-right")]
    chat_position: String,
    /// The panel's room: compact, regular or large.
    #[arg(long, env = "CHAT_SIZE", default_value = "regular")]
    chat_size: String,
    /// The widget's accent, a CSS colour such as `#7c3aed` or `oklch(0.6 0.2 280)`; without it the built-in one.
    #[arg(long, env = "CHAT_ACCENT")]
    chat_accent: Option<String>,
    /// The widget's colours: auto (as the visitor's system says), light or dark.
    #[arg(long, env = "CHAT_THEME", default_value = "auto")]
    chat_theme: String,
    /// The UID of the person whom a newcomer may write to first.
    #[arg(long, env = "CHAT_CONTACT_UID")]
    chat_contact_uid: Option<String>,
}

/// See [`WidgetOptions`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WidgetConfig {
    pub position: Position,
    pub size: PanelSize,
    pub accent: Option<String>,
    pub theme: Theme,
    pub contact: Option<Uid>,
}

impl WidgetConfig {
    pub(super) fn from_options(options: WidgetOptions) -> Result<Self, ConfigError> {
        let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let accent = given(options.chat_accent);
        if accent.as_deref().is_some_and(|accent| !colour::is_opaque_css_colour(accent)) {
            return Err(ConfigError::new(
                "CHAT_ACCENT",
                "it is not an opaque CSS colour such as #7c3aed, teal or rgb(124 58 237)",
            ));
        }
        let contact = given(options.chat_contact_uid)
            .map(|uid| Uid::parse(&uid).map_err(|error| ConfigError::new("CHAT_CONTACT_UID", error.to_string())))
            .transpose()?;
        Ok(Self {
            position: one_of(
                "CHAT_POSITION",
                &options.chat_position,
                "bottom-right, bottom-left, top-right or top-left",
            )?,
            size: one_of("CHAT_SIZE", &options.chat_size, "compact, regular or large")?,
            accent,
            theme: one_of("CHAT_THEME", &options.chat_theme, "auto, light or dark")?,
            contact,
        })
    }

    /// The settings as the page carries them.
    pub fn settings(&self, cloud: Cloud, sdk_url: String, style_url: String) -> WidgetSettings {
        WidgetSettings {
            cloud,
            sdk_url,
            style_url,
            position: self.position,
            size: self.size,
            accent: self.accent.clone(),
            theme: self.theme,
            contact: self.contact.clone(),
        }
    }
}

/// Parses a word as the wire spells it, so that the page and the configuration share one spelling.
fn one_of<T: DeserializeOwned>(variable: &'static str, word: &str, choices: &str) -> Result<T, ConfigError> {
    serde_json::from_value(serde_json::Value::String(word.trim().to_ascii_lowercase()))
        .map_err(|_| ConfigError::new(variable, format!("`{word}` is none of {choices}")))
}
