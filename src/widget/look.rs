//! The owner's settings as the style sheet knows them: values of `data-` attributes.

use crate::model::settings::{PanelSize, Position, Theme, WidgetSettings};

/// What the widget's outermost element carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub position: &'static str,
    pub size: &'static str,
    pub theme: &'static str,
    pub accent: Option<String>,
}

impl From<&WidgetSettings> for Look {
    fn from(settings: &WidgetSettings) -> Self {
        Self {
            position: match settings.position {
                Position::BottomRight => "bottom-right",
                Position::BottomLeft => "bottom-left",
                Position::TopRight => "top-right",
                Position::TopLeft => "top-left",
            },
            size: match settings.size {
                PanelSize::Compact => "compact",
                PanelSize::Regular => "regular",
                PanelSize::Large => "large",
            },
            theme: match settings.theme {
                Theme::Auto => "auto",
                Theme::Light => "light",
                Theme::Dark => "dark",
            },
            accent: settings.accent.clone(),
        }
    }
}
