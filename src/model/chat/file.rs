//! Files on their way into a message: what the visitor chose, and what travels with the message so that it has its place
//! before it is loaded.

use crate::model::json::{FromJson, Json, JsonRecord, Malformed};

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
    /// By what a browser can show; anything else is a file to download.
    pub fn of(mime_type: &str) -> Self {
        match mime_type.split(['/', ';']).next() {
            // A picture that is a document of its own may run scripts, and some no browser knows.
            Some("image") if !mime_type.contains("svg") && !mime_type.contains("hei") && !mime_type.contains("tif") => {
                Self::Image
            }
            Some("video") => Self::Video,
            Some("audio") => Self::Audio,
            _ => Self::File,
        }
    }

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
                && ["webp", "png", "jpeg"].iter().any(|kind| {
                    address.strip_prefix("data:image/").and_then(|rest| rest.strip_prefix(kind)).is_some_and(|rest| {
                        rest.strip_prefix(";base64,").is_some_and(|data| {
                            data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
                        })
                    })
                })
        };
        Self {
            width: side("width"),
            height: side("height"),
            placeholder: json.get("placeholder").text().filter(is_picture),
            seconds: json.get("seconds").count(),
            voice: json.get("voice").flag(),
        }
    }

    pub fn to_json(&self) -> String {
        let record = JsonRecord::new().number("width", self.width.into()).number("height", self.height.into());
        let record = match &self.placeholder {
            Some(placeholder) => record.text("placeholder", placeholder),
            None => record,
        };
        record.number("seconds", self.seconds.into()).flag("voice", self.voice).finish()
    }
}

/// A file that the page holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalFile {
    /// Its number in this page.
    pub id: u32,
    pub name: String,
    pub size: u64,
    pub mime_type: String,
    /// Where the page itself finds what can be shown.
    pub url: Option<String>,
    pub shape: Option<Shape>,
}

impl LocalFile {
    pub fn kind(&self) -> MediaKind {
        MediaKind::of(&self.mime_type)
    }
}

impl FromJson for LocalFile {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        let shape = json.get("shape");
        Ok(Self {
            id: json.get("id").count(),
            name: json.required("name")?,
            size: json.get("size").number().and_then(|size| u64::try_from(size).ok()).unwrap_or_default(),
            mime_type: json.get("mimeType").text().unwrap_or_default(),
            url: json.get("url").text(),
            shape: (!shape.is_nothing()).then(|| Shape::read(shape)),
        })
    }
}

/// What the cloud takes in one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub files: u32,
    /// Bytes of one file.
    pub size: u64,
}

impl Default for Limits {
    /// The SDK's own, where the settings say nothing (4.2.0).
    fn default() -> Self {
        Self { files: 10, size: 100 * 1024 * 1024 }
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
    Failed(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_a_small_picture_or_nothing() {
        let read = |placeholder: &str| {
            Shape::read(&Json::parse(&JsonRecord::new().text("placeholder", placeholder).finish()).unwrap()).placeholder
        };
        assert!(read("data:image/webp;base64,UklGR/+=").is_some());
        for odd in [
            "https://a.b/c.png",
            "data:image/svg+xml;base64,AA",
            "data:text/html;base64,AA",
            "data:image/png;base64,<x>",
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
        assert_eq!(read(&format!("data:image/png;base64,{}", "A".repeat(5000))), None);
    }

    #[test]
    fn a_shape_is_read_as_it_is_written() {
        let shape = Shape {
            width: 4,
            height: 3,
            placeholder: Some("data:image/png;base64,AA".into()),
            seconds: 7,
            voice: true,
        };
        assert_eq!(Shape::read(&Json::parse(&shape.to_json()).unwrap()), shape);
        assert_eq!(Shape::read(&Json::Nothing), Shape::default());
    }

    #[test]
    fn what_no_browser_shows_is_a_file() {
        for (mime_type, kind) in [
            ("image/png", MediaKind::Image),
            ("image/svg+xml", MediaKind::File),
            ("image/heic", MediaKind::File),
            ("video/mp4", MediaKind::Video),
            ("audio/webm;codecs=opus", MediaKind::Audio),
            ("application/pdf", MediaKind::File),
            ("", MediaKind::File),
        ] {
            assert_eq!(MediaKind::of(mime_type), kind, "{mime_type}");
        }
    }
}
