//! The texts of what is done with single messages.

mod english;
mod french;

pub use self::{english::ENGLISH, french::FRENCH};

pub struct MessageTexts {
    // reactions
    pub react_with: fn(&str) -> String,
    /// How many put this emoji, the visitor among them or not.
    pub reacted: fn(&str, u32, bool) -> String,
    pub more_emoji: &'static str,
    pub emoji: &'static str,
    pub search_emoji: &'static str,
    pub recent_emoji: &'static str,
    pub no_emoji: &'static str,
    pub emoji_failed: &'static str,
    /// Smileys, people, components, nature, food, travel, activities, objects, symbols, flags.
    pub emoji_groups: [&'static str; 10],
    // answers
    pub reply: &'static str,
    /// What is answered was a message of this person.
    pub quoted: fn(&str) -> String,
    // threads
    pub reply_in_thread: &'static str,
    pub thread: &'static str,
    pub replies: fn(u32) -> String,
    pub unread_replies: fn(u32) -> String,
    pub back_to_conversation: &'static str,
    pub no_replies: &'static str,
    // mentions
    pub mention: &'static str,
    pub everybody: &'static str,
    // marks
    pub pin: &'static str,
    pub unpin: &'static str,
    pub pinned: &'static str,
    pub pinned_messages: &'static str,
    pub no_pinned: &'static str,
    pub save: &'static str,
    pub unsave: &'static str,
    pub saved: &'static str,
    pub saved_messages: &'static str,
    pub no_saved: &'static str,
    pub show_message: &'static str,
    pub mark_unread: &'static str,
    // info
    pub info: &'static str,
    pub reactions: &'static str,
    pub no_reactions: &'static str,
    pub read_by: &'static str,
    /// Between how many have, and of how many.
    pub out_of: &'static str,
    pub delivered_to: &'static str,
    pub nobody: &'static str,
    pub list_failed: &'static str,
    // forwarding
    pub copy_link: &'static str,
    pub forward: &'static str,
    pub forward_to: &'static str,
    pub nobody_to_forward: &'static str,
    pub forwarded: &'static str,
    // in general
    pub close: &'static str,
    pub failed: &'static str,
    pub not_there: &'static str,
    /// The button to the newest message, with how many came meanwhile.
    pub new_below: fn(u32) -> String,
}
