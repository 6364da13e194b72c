//! The texts of what is done with the list of conversations.

mod english;
mod french;

pub use self::{english::ENGLISH, french::FRENCH};
use super::groups::Around;

/// Every text of it.
pub struct ListTexts {
    pub filters: &'static str,
    pub all: &'static str,
    pub unread: &'static str,
    pub groups: &'static str,
    pub archive_title: &'static str,
    pub nothing_here: &'static str,
    pub search: &'static str,
    pub clear: &'static str,
    pub messages: &'static str,
    pub nothing_found: Around,
    pub search_failed: &'static str,
    pub actions: Around,
    pub pin: &'static str,
    pub unpin: &'static str,
    pub is_pinned: &'static str,
    pub mute: &'static str,
    pub unmute: &'static str,
    pub is_muted: &'static str,
    pub archive: &'static str,
    pub unarchive: &'static str,
    pub mark_read: &'static str,
    pub mark_unread: &'static str,
    pub delete: &'static str,
    pub deleted: &'static str,
    pub undo: &'static str,
}
