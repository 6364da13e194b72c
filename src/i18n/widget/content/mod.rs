//! The texts of what messages are made of: formatting, files, voice notes, and what the cloud makes of them.

mod english;
mod french;

pub use self::{english::ENGLISH, french::FRENCH};
use crate::model::chat::Problem;

pub struct ContentTexts {
    // formatting
    pub formatting: &'static str,
    /// Bold, italic, strike, code, link, quote, list, numbers: in the order of `Format`.
    pub formats: [&'static str; 8],
    /// Whom `@all` means.
    pub everybody: &'static str,
    // choosing and sending files
    pub attach: &'static str,
    pub drop_here: &'static str,
    pub files_to_send: &'static str,
    /// Each of these stands before a name, or a number, with its space.
    pub remove: &'static str,
    pub upload_again: &'static str,
    pub uploading: &'static str,
    /// Between what is too much, and how much is allowed.
    pub at_most: &'static str,
    pub download: &'static str,
    pub enlarge: &'static str,
    /// Bytes and their thousands.
    pub units: [&'static str; 4],
    pub decimal_mark: &'static str,
    // showing them
    /// Picture, film, sound, file: in the order of `MediaKind`.
    pub media: [&'static str; 4],
    pub voice_note: &'static str,
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

impl ContentTexts {
    /// Bytes in steps of a thousand, with one digit behind the mark while that says something.
    pub fn size(&self, bytes: u64) -> String {
        let (mut whole, mut tenth, mut unit) = (bytes, 0, 0);
        while whole >= 1000 && unit < 3 {
            (whole, tenth) = (whole / 1000, whole % 1000 / 100);
            unit += 1;
        }
        let mut text = whole.to_string();
        if whole < 10 && tenth > 0 {
            text += self.decimal_mark;
            text += &tenth.to_string();
        }
        [&text, "\u{a0}", self.units[unit]].concat()
    }
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
            (u64::MAX, "18446744073 GB", "18446744073 Go"),
        ] {
            assert_eq!(ENGLISH.size(bytes).replace('\u{a0}', " "), english);
            assert_eq!(FRENCH.size(bytes).replace('\u{a0}', " "), french);
        }
    }
}
