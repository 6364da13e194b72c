//! Texts as they are shown: markup, links, emoji and initials. Pure, tested natively.

pub mod emoji;
pub mod initials;
pub mod letters;
pub mod links;
pub mod markup;
