//! How two versions of one message become one.

use crate::{
    model::{
        chat::{Content, Message, Moderation, Person},
        ids::Uid,
    },
    widget::text::letters::place_of,
};

/// How far a message of one's own has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    /// Waits for a connection.
    Queued,
    Sending,
    Failed,
    Sent,
    Delivered,
    Read,
}

/// Takes in another version of the same message: the later change wins, a deletion is for good, receipts never go back.
pub fn merge(known: &mut Message, other: Message) {
    moderate(known, &other);
    if supersedes(&other, known) {
        known.content = with_addresses_of(&known.content, other.content);
        known.edited_at = other.edited_at.max(known.edited_at);
        known.deleted_at = other.deleted_at.or(known.deleted_at);
        known.sender = other.sender;
        known.mentions = other.mentions;
        known.previews = other.previews;
    }
    known.muid = known.muid.take().or(other.muid);
    known.delivered_at = known.delivered_at.or(other.delivered_at);
    known.read_at = known.read_at.or(other.read_at);
    known.read_by_me_at = known.read_by_me_at.or(other.read_by_me_at);
}

/// A decision stands against what was said before it and arrives after it; an edit is looked at anew.
fn moderate(known: &mut Message, other: &Message) {
    if other.moderation != Moderation::Pending || other.edited_at > known.edited_at {
        known.moderation = other.moderation;
    }
}

/// Takes over what hangs on the message: of that the cloud keeps no order, the version that came last is the one.
pub fn take_hangings(known: &mut Message, now: &Message) {
    known.reactions.clone_from(&now.reactions);
    known.replies = now.replies;
    known.unread_replies = now.unread_replies;
    known.quoted.clone_from(&now.quoted);
    known.mentions.clone_from(&now.mentions);
    moderate(known, now);
    known.pinned_at = now.pinned_at;
    known.saved_at = now.saved_at;
}

/// Begins the name of somebody in a text (SDK 4.2.0): `<@uid:user_2>`.
const TAG: &str = "<@";

/// A text as it is read: who is named in it stands there by name.
pub fn readable(text: &str, mentions: &[Person]) -> String {
    let mut rest = text;
    let mut read = String::new();
    while let Some((before, tagged)) = place_of(TAG, rest).and_then(|at| rest.split_at_checked(at)) {
        let after = tagged.get(TAG.len()..).unwrap_or_default();
        read.push_str(before);
        let named = after.split_once('>').and_then(|(tag, behind)| {
            let uid = tag.strip_prefix("uid:").or(tag.strip_prefix("all:"))?;
            Uid::parse(uid).is_ok().then_some((uid, behind))
        });
        if let Some((uid, behind)) = named {
            let person = mentions.iter().find(|person| person.uid.as_str() == uid);
            read.push('@');
            read.push_str(person.map_or(uid, |person| &person.name));
            rest = behind;
        } else {
            read.push_str(TAG);
            rest = after;
        }
    }
    read.push_str(rest);
    read
}

/// A file whose address is signed has a new one each time that the cloud is asked: another address of the same file would
/// have it loaded again, and a film begin anew.
fn with_addresses_of(known: &Content, mut other: Content) -> Content {
    if let (Content::Media { attachments: known, .. }, Content::Media { attachments, .. }) = (known, &mut other) {
        for (one, known) in attachments.iter_mut().zip(known) {
            if one.url.split('?').next() == known.url.split('?').next() {
                one.url.clone_from(&known.url);
            }
        }
    }
    other
}

fn supersedes(other: &Message, known: &Message) -> bool {
    match (known.deleted_at.is_some(), other.deleted_at.is_some()) {
        (true, false) => false,
        (false, true) => true,
        _ => other.edited_at >= known.edited_at,
    }
}

/// When anything last happened to a message, in the cloud's time.
pub fn changed_at(message: &Message) -> i64 {
    message.sent_at.max(message.edited_at.unwrap_or(0)).max(message.deleted_at.unwrap_or(0))
}

/// The text that a message shows, or has as a caption.
pub fn text_of(message: &Message) -> &str {
    match &message.content {
        Content::Text { text }
        | Content::Media { text, .. }
        | Content::Action { text, .. }
        | Content::Other { text, .. } => text,
    }
}

/// Whether the visitor may edit it: a text of one's own that still stands.
pub fn is_editable(message: &Message, me: &Uid) -> bool {
    is_deletable(message, me) && matches!(message.content, Content::Text { .. })
}

/// Whether the visitor may delete it.
pub fn is_deletable(message: &Message, me: &Uid) -> bool {
    message.sender.uid == *me && message.deleted_at.is_none() && !matches!(message.content, Content::Action { .. })
}
