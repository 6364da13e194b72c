//! The texts of the widget.

mod content;
mod english;
mod french;
mod groups;
mod listing;
mod messages;

pub use self::{
    content::ContentTexts,
    english::ENGLISH,
    french::FRENCH,
    groups::{GroupTexts, around},
    listing::ListTexts,
    messages::MessageTexts,
};

/// The text with what belongs into its `{}`. The standard library's `format!` would be more code at each of them.
fn filled(text: &str, by: &str) -> String {
    match text.split_once('{') {
        Some((before, behind)) => [before, by, behind.get(1..).unwrap_or_default()].concat(),
        None => text.to_owned(),
    }
}

/// How long ago somebody was last here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ago {
    Now,
    Minutes(u32),
    Hours(u32),
    /// The time of day.
    Yesterday(String),
    Date(String),
}

/// Every text of the widget; each language fills all of it. A text that depends on a number or a name is a function,
/// so that each language has its own plurals and order.
pub struct WidgetTexts {
    pub groups: GroupTexts,
    pub listing: ListTexts,
    pub title: &'static str,
    pub messages: MessageTexts,
    // the launcher
    pub open: &'static str,
    pub close: &'static str,
    pub with_unread: fn(&str, u32) -> String,
    // the panel
    pub expand: &'static str,
    pub shrink: &'static str,
    pub back: &'static str,
    pub new_chat: &'static str,
    pub conversations: &'static str,
    pub messages_with: fn(&str) -> String,
    pub nothing_selected: &'static str,
    // signing in and connecting
    pub signed_out_title: &'static str,
    pub signed_out_text: &'static str,
    pub session_ended_title: &'static str,
    pub session_ended_text: &'static str,
    pub sign_in: &'static str,
    pub limited_title: &'static str,
    pub limited_wait: fn(u32) -> String,
    pub limited_over: &'static str,
    pub unavailable_title: &'static str,
    pub unavailable_text: &'static str,
    pub offline_title: &'static str,
    pub offline_text: &'static str,
    pub retry: &'static str,
    pub link_offline: &'static str,
    pub link_connecting: &'static str,
    pub link_unreachable: &'static str,
    pub link_unavailable: fn(u32) -> String,
    pub loading: &'static str,
    // lists
    pub no_conversations_title: &'static str,
    pub no_conversations_text: &'static str,
    pub conversations_failed: &'static str,
    pub search_people: &'static str,
    pub nobody_found: fn(&str) -> String,
    pub nobody_yet: &'static str,
    pub people_failed: &'static str,
    pub unread: fn(u32) -> String,
    /// "Write to Ada": the one whom the site's owner offers.
    pub write_to: fn(&str) -> String,
    pub draft_preview: &'static str,
    // presence and typing
    pub online: &'static str,
    pub offline: &'static str,
    pub last_seen: fn(&Ago) -> String,
    pub members: fn(u32) -> String,
    pub typing: &'static str,
    pub is_typing: fn(&str) -> String,
    // messages
    pub today: &'static str,
    pub yesterday: &'static str,
    pub new_messages: &'static str,
    pub jump_to_newest: &'static str,
    pub say_hello: fn(&str) -> String,
    pub messages_failed: &'static str,
    pub you: &'static str,
    /// Stands before what somebody said, with its space.
    pub said_by: fn(&str) -> String,
    pub deleted: &'static str,
    pub edited: &'static str,
    pub queued: &'static str,
    pub sending: &'static str,
    pub sent: &'static str,
    pub delivered: &'static str,
    pub read: &'static str,
    pub not_sent: &'static str,
    pub not_sent_text: fn(&str) -> String,
    pub not_saved: &'static str,
    pub not_deleted: &'static str,
    pub discard: &'static str,
    pub attachment: &'static str,
    pub message_actions: &'static str,
    pub edit: &'static str,
    pub copy: &'static str,
    pub delete: &'static str,
    pub delete_title: &'static str,
    pub delete_text: &'static str,
    pub cancel: &'static str,
    // the composer
    pub write: &'static str,
    /// How many characters do not fit.
    pub too_long: fn(usize) -> String,
    pub send: &'static str,
    pub save: &'static str,
    pub editing: &'static str,
    pub content: ContentTexts,
}
