//! The texts of what messages are made of: formatting, files, voice notes, and what the cloud makes of them.

mod english;
mod french;

pub use self::{english::ENGLISH, french::FRENCH};
use crate::model::chat::Problem;

pub struct ContentTexts {
    // formatting
    pub formatting: &'static str,
    pub bold: &'static str,
    pub italic: &'static str,
    pub strike: &'static str,
    pub code: &'static str,
    pub link: &'static str,
    pub quote: &'static str,
    pub bullets: &'static str,
    pub numbers: &'static str,
    /// Whom `@all` means.
    pub everybody: &'static str,
    // choosing and sending files
    pub attach: &'static str,
    pub drop_here: &'static str,
    pub files_to_send: &'static str,
    /// Takes this file out again.
    pub remove: fn(&str) -> String,
    pub upload_again: fn(&str) -> String,
    pub uploading: fn(u8) -> String,
    pub waits: &'static str,
    /// How many files a message has at most, and how many were left out.
    pub left_out: fn(u32, u32) -> String,
    /// A file is larger than this.
    pub too_large: fn(&str) -> String,
    /// Bytes, for people.
    pub size: fn(u64) -> String,
    // showing them
    pub picture: &'static str,
    pub video: &'static str,
    pub audio: &'static str,
    pub voice_note: &'static str,
    pub file: &'static str,
    pub download: fn(&str) -> String,
    pub enlarge: fn(&str) -> String,
    pub more_pictures: fn(usize) -> String,
    /// The first of so many pictures.
    pub picture_of: fn(usize, usize) -> String,
    pub previous: &'static str,
    pub next: &'static str,
    pub zoom_in: &'static str,
    pub zoom_out: &'static str,
    pub close: &'static str,
    // voice notes
    pub record: &'static str,
    pub recording: &'static str,
    pub pause: &'static str,
    pub go_on: &'static str,
    pub stop: &'static str,
    pub listen: &'static str,
    pub send_note: &'static str,
    pub no_permission: &'static str,
    pub no_microphone: &'static str,
    pub not_recorded: &'static str,
    // what the cloud makes of a message
    pub in_review: &'static str,
    pub refused: &'static str,
    pub problem: fn(Problem) -> &'static str,
    /// What a message of another kind is, by the cloud's name for it.
    pub kind: fn(&str) -> &'static str,
}

/// Bytes in steps of a thousand, with one digit behind the mark while that says something.
fn in_units(bytes: u64, units: [&str; 4], mark: char) -> String {
    let mut size = bytes.saturating_mul(10);
    let mut unit = 0;
    while size >= 10_000 && unit < 3 {
        size /= 1000;
        unit += 1;
    }
    let (whole, tenth) = (size / 10, size % 10);
    let mut text = whole.to_string();
    if unit > 0 && whole < 10 && tenth > 0 {
        text.push(mark);
        text.push_str(&tenth.to_string());
    }
    [&text, "\u{a0}", units[unit]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_has_a_unit_that_people_read() {
        for (bytes, english, french) in [
            (0, "0 B", "0 o"),
            (999, "999 B", "999 o"),
            (1500, "1.5 kB", "1,5 ko"),
            (45_678, "45 kB", "45 ko"),
            (2_000_000, "2 MB", "2 Mo"),
            (104_857_600, "104 MB", "104 Mo"),
            (u64::MAX, "1844674407 GB", "1844674407 Go"),
        ] {
            assert_eq!((ENGLISH.size)(bytes).replace('\u{a0}', " "), english);
            assert_eq!((FRENCH.size)(bytes).replace('\u{a0}', " "), french);
        }
    }
}
