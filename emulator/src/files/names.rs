//! What clients call their files, and what a browser is told about them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const LONGEST: usize = 200;
/// Shown by a browser within a page without running anything. SVG and HTML run scripts, so they are not here.
const SHOWN: [&str; 18] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/bmp",
    "video/mp4",
    "video/webm",
    "video/ogg",
    "video/quicktime",
    "audio/mpeg",
    "audio/mp4",
    "audio/aac",
    "audio/ogg",
    "audio/wav",
    "audio/webm",
    "audio/flac",
    "audio/x-wav",
];
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A name for people: without folders and control characters, never empty.
pub(crate) fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
    if clean.trim_matches(['.', ' ']).is_empty() { "file".into() } else { clean }
}

/// What stands behind the last dot, in lower case; empty without one.
pub(crate) fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

/// The type that the client says, without parameters; `application/octet-stream` for what is no type.
pub(crate) fn mime_type(said: &str) -> String {
    let essence = said.split(';').next().unwrap_or_default().trim().to_lowercase();
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    match essence.split_once('/') {
        Some((kind, subtype)) if essence.len() <= 100 && word(kind) && word(subtype) => essence,
        _ => "application/octet-stream".into(),
    }
}

/// The `Content-Type` to serve it with, and its `Content-Disposition`.
pub(crate) fn headers(name: &str, mime_type: &str) -> (&'static str, String) {
    let shown = SHOWN.iter().find(|known| **known == mime_type);
    let disposition = if shown.is_some() { "inline" } else { "attachment" };
    let name = encode(name);
    (shown.copied().unwrap_or("application/octet-stream"), format!("{disposition}; filename*=UTF-8''{name}"))
}

/// The name as a part of an address.
pub(crate) fn encode(name: &str) -> String {
    utf8_percent_encode(name, KEPT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_neither_folders_nor_control_characters() {
        for (said, clean_name) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\photos\\été.png", "été.png"),
            ("a\r\nb.txt", "ab.txt"),
            ("..", "file"),
            ("folder/", "file"),
        ] {
            assert_eq!(clean(said), clean_name);
        }
        assert_eq!(clean(&"x".repeat(1_000)).len(), LONGEST);
    }

    #[test]
    fn only_what_runs_nothing_is_shown_within_a_page() {
        assert_eq!(headers("a b.png", "image/png"), ("image/png", "inline; filename*=UTF-8''a%20b.png".into()));
        for dangerous in ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript", "application/pdf"] {
            let (kind, disposition) = headers("x", dangerous);
            assert_eq!(kind, "application/octet-stream");
            assert!(disposition.starts_with("attachment;"));
        }
    }

    #[test]
    fn a_type_is_taken_without_its_parameters_or_not_at_all() {
        assert_eq!(mime_type("Audio/WebM;codecs=opus"), "audio/webm");
        for nonsense in ["", "image", "image/", "a/b/c", "text/\r\nx: y"] {
            assert_eq!(mime_type(nonsense), "application/octet-stream", "{nonsense:?}");
        }
    }
}
