//! English.

use super::{Ago, WidgetTexts};

pub const ENGLISH: WidgetTexts = WidgetTexts {
    title: "Chat",
    open: "Open chat",
    close: "Close chat",
    with_unread: |label, count| format!("{label}, {}", unread(count)),
    expand: "Make the chat larger",
    shrink: "Make the chat smaller",
    back: "Back to conversations",
    new_chat: "New chat",
    conversations: "Conversations",
    messages_with: |name| format!("Messages with {name}"),
    nothing_selected: "Choose a conversation, or start a new one.",
    signed_out_title: "Sign in to chat",
    signed_out_text: "Your conversations are waiting for you. After signing in you come back right here.",
    session_ended_title: "You have been signed out",
    session_ended_text: "Your session has ended. Sign in again to go on with your conversations.",
    sign_in: "Sign in",
    limited_title: "Just a moment",
    limited_wait: |seconds| format!("The chat was opened very often. You can go on in {}.", duration(seconds)),
    limited_over: "You can go on now.",
    unavailable_title: "The chat is not available",
    unavailable_text: "It should be back in a moment. The rest of the page works as usual.",
    offline_title: "No connection",
    offline_text: "The chat could not be reached. Check your connection and try again.",
    retry: "Try again",
    link_offline: "Offline. Messages are sent when you are back.",
    link_connecting: "Connecting…",
    loading: "Loading…",
    no_conversations_title: "No conversations yet",
    no_conversations_text: "Find somebody and say hello.",
    conversations_failed: "Your conversations could not be loaded.",
    search_people: "Search people",
    nobody_found: |search| format!("Nobody found for “{search}”."),
    nobody_yet: "There is nobody to write to yet.",
    people_failed: "The search did not work.",
    unread,
    own_preview: |text| format!("You: {text}"),
    draft_preview: "Draft:",
    online: "Online",
    offline: "Offline",
    last_seen,
    members: |count| if count == 1 { "1 member".into() } else { format!("{count} members") },
    typing: "typing…",
    is_typing: |name| format!("{name} is typing"),
    today: "Today",
    yesterday: "Yesterday",
    new_messages: "New messages",
    jump_to_newest: "Jump to the newest message",
    say_hello: |name| format!("This is the beginning of your conversation with {name}. Say hello!"),
    messages_failed: "The messages could not be loaded.",
    you: "You",
    deleted: "This message was deleted",
    edited: "edited",
    queued: "Waits for a connection",
    sending: "Sending",
    sent: "Sent",
    delivered: "Delivered",
    read: "Read",
    not_sent: "Not sent",
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
    send: "Send",
    save: "Save",
    editing: "Editing a message",
};

fn unread(count: u32) -> String {
    if count == 1 { "1 unread message".into() } else { format!("{count} unread messages") }
}

fn duration(seconds: u32) -> String {
    match seconds {
        0..=1 => "1 second".into(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

fn last_seen(ago: &Ago) -> String {
    match ago {
        Ago::Now => "Last seen just now".into(),
        Ago::Minutes(1) => "Last seen a minute ago".into(),
        Ago::Minutes(minutes) => format!("Last seen {minutes} minutes ago"),
        Ago::Hours(1) => "Last seen an hour ago".into(),
        Ago::Hours(hours) => format!("Last seen {hours} hours ago"),
        Ago::Yesterday(time) => format!("Last seen yesterday at {time}"),
        Ago::Date(date) => format!("Last seen on {date}"),
    }
}
