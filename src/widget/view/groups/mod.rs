//! Groups and people beyond their messages, as they are seen.

pub mod browse;
pub mod form;
pub mod happened;
pub mod info;
pub mod instead;
mod members;
pub mod parts;
pub mod question;
pub mod trouble;
