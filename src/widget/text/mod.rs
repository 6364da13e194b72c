//! Texts as they are shown: links, emoji and initials. Pure, tested natively.

pub mod emoji;
pub mod initials;
pub mod letters;
pub mod links;
