//! How the site's owner wants the widget: public settings, in the page of everybody.

use serde::{Deserialize, Serialize};

use super::ids::Uid;

/// The corner of the page that holds the launcher.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    #[default]
    BottomRight,
    BottomLeft,
    TopRight,
    TopLeft,
}

/// How much room the panel takes where there is room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PanelSize {
    Compact,
    #[default]
    Regular,
    Large,
}

/// The widget's colour scheme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the visitor's system says.
    #[default]
    Auto,
    Light,
    Dark,
}

/// Where the cloud is. The app id is public; the keys are not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cloud {
    pub app_id: String,
    /// `eu`, `us`, `in`, or `local`: the emulator, same origin, under `/emulator`.
    pub region: String,
}

impl Cloud {
    /// The region that stands for the emulator in this very process.
    pub const LOCAL_REGION: &str = "local";

    pub fn is_local(&self) -> bool {
        self.region == Self::LOCAL_REGION
    }
}

/// Everything that the widget is told by the server's HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetSettings {
    pub cloud: Cloud,
    /// The same-origin address of the CometChat SDK's script, with its hash.
    pub sdk_url: String,
    /// The same-origin address of the widget's style sheet, with its hash.
    pub style_url: String,
    #[serde(default)]
    pub position: Position,
    #[serde(default)]
    pub size: PanelSize,
    /// A CSS colour, checked by the configuration; none is the built-in accent.
    #[serde(default)]
    pub accent: Option<String>,
    #[serde(default)]
    pub theme: Theme,
    /// Whom a new visitor may write to first.
    #[serde(default)]
    pub contact: Option<Uid>,
}
