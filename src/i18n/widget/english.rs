//! English.

use super::{Ago, WidgetTexts, content, filled, groups, listing, messages};

pub const ENGLISH: WidgetTexts = WidgetTexts {
    groups: groups::ENGLISH,
    listing: listing::ENGLISH,
    messages: messages::ENGLISH,
    title: "Chat",
    open: "Open chat",
    close: "Close chat",
    with_unread: |label, count| [label, ", ", &unread(count)].concat(),
    expand: "Make the chat larger",
    shrink: "Make the chat smaller",
    back: "Back to conversations",
    new_chat: "New chat",
    conversations: "Conversations",
    messages_with: |name| filled("Messages with {}", name),
    nothing_selected: "Choose a conversation, or start a new one.",
    signed_out_title: "Sign in to chat",
    signed_out_text: "Your conversations are waiting for you. After signing in you come back right here.",
    session_ended_title: "You have been signed out",
    session_ended_text: "Your session has ended. Sign in again to go on with your conversations.",
    sign_in: "Sign in",
    limited_title: "Just a moment",
    limited_wait: |seconds| filled("The chat was opened very often. You can go on in {}.", &duration(seconds)),
    limited_over: "You can go on now.",
    unavailable_title: "The chat is not available",
    unavailable_text: "It should be back in a moment. The rest of the page works as usual.",
    offline_title: "No connection",
    offline_text: "The chat could not be reached. Check your connection and try again.",
    retry: "Try again",
    link_offline: "Offline. Messages are sent when you are back.",
    link_connecting: "Connecting…",
    link_unreachable: "The chat cannot be reached.",
    link_unavailable: |seconds| filled("The chat is not available. Next try in {}.", &duration(seconds)),
    loading: "Loading…",
    no_conversations_title: "No conversations yet",
    no_conversations_text: "Find somebody and say hello.",
    conversations_failed: "Your conversations could not be loaded.",
    search_people: "Search people",
    nobody_found: |search| filled("Nobody found for “{}”.", search),
    nobody_yet: "There is nobody to write to yet.",
    people_failed: "The search did not work.",
    unread,
    write_to: |name| filled("Write to {}", name),
    draft_preview: "Draft:",
    online: "Online",
    offline: "Offline",
    last_seen,
    members: |count| if count == 1 { "1 member".into() } else { filled("{} members", &count.to_string()) },
    typing: "typing…",
    is_typing: |name| filled("{} is typing", name),
    today: "Today",
    yesterday: "Yesterday",
    new_messages: "New messages",
    jump_to_newest: "Jump to the newest message",
    say_hello: |name| filled("This is the beginning of your conversation with {}. Say hello!", name),
    messages_failed: "The messages could not be loaded.",
    you: "You",
    said_by: |name| filled("{}: ", name),
    deleted: "This message was deleted",
    edited: "edited",
    queued: "Waits for a connection",
    sending: "Sending",
    sent: "Sent",
    delivered: "Delivered",
    read: "Read",
    not_sent: "Not sent",
    not_sent_text: |text| filled("Not sent: {}", text),
    not_saved: "The change was not saved",
    not_deleted: "The message was not deleted",
    discard: "Discard",
    attachment: "Attachment",
    message_actions: "Message actions",
    edit: "Edit",
    copy: "Copy text",
    delete: "Delete",
    delete_title: "Delete this message?",
    delete_text: "It disappears for everybody in this conversation.",
    cancel: "Cancel",
    write: "Write a message",
    too_long: |rest| {
        if rest == 1 { "1 character too many.".into() } else { filled("{} characters too many.", &rest.to_string()) }
    },
    send: "Send",
    save: "Save",
    editing: "Editing a message",
    content: content::ENGLISH,
};

fn unread(count: u32) -> String {
    if count == 1 { "1 unread message".into() } else { filled("{} unread messages", &count.to_string()) }
}

fn duration(seconds: u32) -> String {
    match seconds {
        0..=1 => "1 second".into(),
        2..=90 => filled("{} seconds", &seconds.to_string()),
        _ => filled("{} minutes", &seconds.div_ceil(60).to_string()),
    }
}

fn last_seen(ago: &Ago) -> String {
    match ago {
        Ago::Now => "Last seen just now".into(),
        Ago::Minutes(1) => "Last seen a minute ago".into(),
        Ago::Minutes(minutes) => filled("Last seen {} minutes ago", &minutes.to_string()),
        Ago::Hours(1) => "Last seen an hour ago".into(),
        Ago::Hours(hours) => filled("Last seen {} hours ago", &hours.to_string()),
        Ago::Yesterday(time) => filled("Last seen yesterday at {}", time),
        Ago::Date(date) => filled("Last seen on {}", date),
    }
}
