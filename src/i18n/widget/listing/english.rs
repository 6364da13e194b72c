//! English.

use super::ListTexts;

pub const ENGLISH: ListTexts = ListTexts {
    filters: "Show",
    all: "All",
    unread: "Unread",
    groups: "Groups",
    archive_title: "Archived",
    nothing_here: "There is nothing here.",
    search: "Search people, groups and messages",
    clear: "Clear the search",
    messages: "Messages",
    nothing_found: ["Nothing found for “", "”."],
    search_failed: "The search did not work.",
    actions: ["Actions for the conversation with ", ""],
    pin: "Pin to the top",
    unpin: "Unpin",
    is_pinned: "Pinned",
    mute: "Mute",
    unmute: "Unmute",
    is_muted: "Muted",
    archive: "Archive",
    unarchive: "Take out of the archive",
    mark_read: "Mark as read",
    mark_unread: "Mark as unread",
    delete: "Delete the conversation",
    deleted: "Conversation deleted, for you alone.",
    undo: "Undo",
};
