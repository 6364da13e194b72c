//! How the site's owner wants the widget: public settings, in the page of everybody.

use serde::Serialize;

use super::{
    ids::Uid,
    json::{FromJson, Json, Malformed, deserialize_from_json},
};

/// The corner of the page that holds the launcher.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    #[default]
    BottomRight,
    BottomLeft,
    TopRight,
    TopLeft,
}

/// How much room the panel takes where there is room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PanelSize {
    Compact,
    #[default]
    Regular,
    Large,
}

/// The widget's colour scheme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the visitor's system says.
    #[default]
    Auto,
    Light,
    Dark,
}

/// Where the cloud is. The app id is public; the keys are not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cloud {
    pub app_id: String,
    /// `eu`, `us`, `in`, or `local`: the emulator, same origin, under `/emulator`.
    pub region: String,
}

impl Cloud {
    /// The region that stands for the emulator in this very process.
    pub const LOCAL_REGION: &str = "local";

    /// The hosts that messages' files come from, by CometChat's network allowlist; the local cloud has none of its own.
    pub fn media_hosts(&self) -> Vec<String> {
        let kinds: &[&str] = if self.is_local() { &[] } else { &["media", "files", "data"] };
        kinds.iter().map(|kind| ["https://", kind, "-", &self.region, ".cometchat.io"].concat()).collect()
    }

    /// Whether a file at this address is one of the cloud's own: nothing else is fetched by itself. `origin` is the
    /// page's.
    pub fn is_media(&self, address: &str, origin: &str) -> bool {
        let below = |base: &str, path: &str| address.strip_prefix(base).is_some_and(|rest| rest.starts_with(path));
        self.media_hosts().iter().any(|host| below(host, "/"))
            || self.is_local() && !origin.is_empty() && below(origin, "/emulator/files/")
    }

    pub fn is_local(&self) -> bool {
        self.region == Self::LOCAL_REGION
    }
}

/// Everything that the widget is told by the server's HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WidgetSettings {
    pub cloud: Cloud,
    /// The same-origin address of the CometChat SDK's script, with its hash.
    pub sdk_url: String,
    /// The same-origin address of the widget's style sheet, with its hash.
    pub style_url: String,
    pub position: Position,
    pub size: PanelSize,
    /// A CSS colour, checked by the configuration; none is the built-in accent.
    pub accent: Option<String>,
    pub theme: Theme,
    /// Whom a new visitor may write to first.
    pub contact: Option<Uid>,
}

deserialize_from_json!(Position, PanelSize, Theme, WidgetSettings);

impl Position {
    pub const ALL: [Self; 4] = [Self::BottomRight, Self::BottomLeft, Self::TopRight, Self::TopLeft];

    /// As it is written in the configuration, in JSON and in the style sheet; so for each of these choices.
    pub fn name(self) -> &'static str {
        match self {
            Self::BottomRight => "bottom-right",
            Self::BottomLeft => "bottom-left",
            Self::TopRight => "top-right",
            Self::TopLeft => "top-left",
        }
    }
}

impl PanelSize {
    pub const ALL: [Self; 3] = [Self::Compact, Self::Regular, Self::Large];

    pub fn name(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Regular => "regular",
            Self::Large => "large",
        }
    }
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The choice that has the name which stands there.
fn choice<T: Copy>(json: &Json, all: &[T], name: fn(T) -> &'static str, what: &'static str) -> Result<T, Malformed> {
    all.iter().copied().find(|choice| json.is(name(*choice))).ok_or(Malformed(what))
}

impl FromJson for Position {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        choice(json, &Self::ALL, Self::name, "a position")
    }
}

impl FromJson for PanelSize {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        choice(json, &Self::ALL, Self::name, "a size")
    }
}

impl FromJson for Theme {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        choice(json, &Self::ALL, Self::name, "a theme")
    }
}

impl FromJson for Cloud {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        Ok(Self { app_id: json.required("app_id")?, region: json.required("region")? })
    }
}

impl FromJson for WidgetSettings {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        Ok(Self {
            cloud: Cloud::from_json(json.get("cloud"))?,
            sdk_url: json.required("sdk_url")?,
            style_url: json.required("style_url")?,
            position: json.optional("position")?.unwrap_or_default(),
            size: json.optional("size")?.unwrap_or_default(),
            accent: json.optional("accent")?,
            theme: json.optional("theme")?.unwrap_or_default(),
            contact: json.optional("contact")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cloud() -> Cloud {
        Cloud { app_id: "app".into(), region: "eu".into() }
    }

    #[test]
    fn only_the_clouds_own_hosts_have_media() {
        let is_media = |address: &str| cloud().is_media(address, "https://site.example");
        assert!(is_media("https://media-eu.cometchat.io/a.png") && is_media("https://data-eu.cometchat.io/a.png"));
        for foreign in [
            "https://media-us.cometchat.io/a",
            "https://media-eu.cometchat.io.evil.com/a",
            "http://media-eu.cometchat.io/a",
            "https://site.example/emulator/files/a",
            "blob:https://site.example/a",
        ] {
            assert!(!is_media(foreign), "{foreign}");
        }
        let local = Cloud { app_id: "emuapp".into(), region: Cloud::LOCAL_REGION.into() };
        assert!(local.is_media("http://127.0.0.1:3000/emulator/files/a/b.png", "http://127.0.0.1:3000"));
        assert!(!local.is_media("http://127.0.0.1:3000/logout", "http://127.0.0.1:3000"));
        assert!(!local.is_media("http://127.0.0.1:30001/emulator/files/a", "http://127.0.0.1:3000"));
    }

    #[test]
    fn every_choice_is_read_as_it_is_written() {
        for position in Position::ALL {
            for size in PanelSize::ALL {
                for theme in Theme::ALL {
                    let settings = WidgetSettings {
                        cloud: cloud(),
                        sdk_url: "/sdk.js".into(),
                        style_url: "/style.css".into(),
                        position,
                        size,
                        accent: Some("teal".into()),
                        theme,
                        contact: Some(Uid::parse("user_1").unwrap()),
                    };
                    let written = serde_json::to_string(&settings).unwrap();
                    assert_eq!(serde_json::from_str::<WidgetSettings>(&written).unwrap(), settings);
                }
            }
        }
    }

    #[test]
    fn what_is_not_said_is_the_default() {
        let least = r#"{"cloud":{"app_id":"app","region":"eu"},"sdk_url":"/sdk.js","style_url":"/style.css"}"#;
        let settings: WidgetSettings = serde_json::from_str(least).unwrap();
        assert_eq!(
            (settings.cloud, settings.position, settings.size),
            (cloud(), Position::BottomRight, PanelSize::Regular)
        );
        assert_eq!((settings.accent, settings.theme, settings.contact), (None, Theme::Auto, None));
    }
}
