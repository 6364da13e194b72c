//! Files on their way into a message: what the visitor chose, and what travels with the message so that it has its place
//! before it is loaded.

use crate::model::json::{FromJson, Json, Malformed};

/// Which kind of message a file makes; the cloud's message has files of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MediaKind {
    Image,
    Video,
    Audio,
    #[default]
    File,
}

impl MediaKind {
    /// The SDK's word for it (4.2.0).
    pub fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::File => "file",
        }
    }

    pub fn parse(name: &str) -> Self {
        match name {
            "image" => Self::Image,
            "video" => Self::Video,
            "audio" => Self::Audio,
            _ => Self::File,
        }
    }
}

/// What is known of a picture, a film or a sound before it is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    pub width: u32,
    pub height: u32,
    /// The picture in a few pixels, as a `data:` address.
    pub placeholder: Option<String>,
    /// How long it lasts.
    pub seconds: u32,
    /// It was recorded as a voice note.
    pub voice: bool,
}

impl Shape {
    const LONGEST_PLACEHOLDER: usize = 1500;

    pub fn read(json: &Json) -> Self {
        let side = |name: &str| json.get(name).count().min(20_000);
        // Others may write here what they want: a small picture, or nothing.
        let is_picture = |address: &String| {
            address.len() <= Self::LONGEST_PLACEHOLDER
                && ["webp", "png", "jpeg"]
                    .iter()
                    .any(|kind| address.strip_prefix("data:image/").is_some_and(|rest| rest.starts_with(kind)))
        };
        Self {
            width: side("width"),
            height: side("height"),
            placeholder: json.get("placeholder").text().filter(is_picture),
            seconds: json.get("seconds").count(),
            voice: json.get("voice").flag(),
        }
    }
}

/// A file that the page holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalFile {
    /// Its number in this page.
    pub id: u32,
    pub kind: MediaKind,
    pub name: String,
    pub size: u64,
    /// Where the page itself finds what can be shown.
    pub url: Option<String>,
    pub shape: Option<Shape>,
}

impl FromJson for LocalFile {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        let shape = json.get("shape");
        Ok(Self {
            id: json.get("id").count(),
            kind: MediaKind::parse(json.get("kind").as_text().unwrap_or_default()),
            name: json.required("name")?,
            size: json.get("size").number().and_then(|size| u64::try_from(size).ok()).unwrap_or_default(),
            url: json.get("url").text(),
            shape: (!shape.is_nothing()).then(|| Shape::read(shape)),
        })
    }
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileStep {
    Measured(Shape),
    /// In percent.
    Uploading(u8),
    Uploaded,
    /// With the cloud's code.
    /// `limit`: what is allowed, in bytes or files, where that is the reason; or else zero.
    Failed {
        code: String,
        limit: u64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::json::JsonRecord;

    #[test]
    fn a_placeholder_is_a_small_picture_or_nothing() {
        let read = |placeholder: &str| {
            Shape::read(&Json::parse(&JsonRecord::new().text("placeholder", placeholder).finish()).unwrap()).placeholder
        };
        assert!(read("data:image/webp;base64,UklGR/+=").is_some());
        for odd in ["https://a.b/c.png", "data:image/svg+xml;base64,AA", "data:text/html;base64,AA"] {
            assert_eq!(read(odd), None, "{odd}");
        }
        assert_eq!(read(&format!("data:image/png;base64,{}", "A".repeat(5000))), None);
    }
}
