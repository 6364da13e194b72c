//! Messages and conversations.

use super::people::{counterpart, peer, person};
use crate::model::{
    chat::{
        Attachment, Content, Conversation, Deed, Happening, LinkPreview, Message, Moderation, Peer, Person, Presence,
        Reaction, Scope, Shape,
    },
    ids::{MessageId, Uid},
    json::{FromJson, Json, Malformed},
};

/// An edit or a deletion also stands in the history, as an action that nobody is to see.
fn is_bookkeeping(json: &Json) -> bool {
    json.get("category").is("action") && json.get("type").is("message")
}

fn id(json: &Json) -> Option<MessageId> {
    MessageId::from_json(json.get("id")).ok()
}

/// A message as the bridge takes it from the SDK's getters; a getter that the kind of message lacks gives nothing.
pub fn message(json: &Json) -> Result<Message, Malformed> {
    let id = id(json).ok_or(Malformed("a message id"))?;
    let sender = json.get("sender");
    let sender = if sender.get("uid").is_nothing() { system()? } else { person(sender)? };
    let receiver = peer(json.get("receiverType"), json.get("receiverId"))?;
    let text = |name: &str| json.get(name).text();
    let time = |name: &str| json.get(name).time();
    let conversation = text("conversationId").unwrap_or_else(|| conversation_id(&sender.uid, &receiver));
    let sent_at = json.get("sentAt").number().unwrap_or_default();
    Ok(Message {
        muid: text("muid"),
        conversation_id: conversation,
        parent_id: MessageId::from_json(json.get("parentMessageId")).ok().filter(|parent| parent.0 > 0),
        edited_at: time("editedAt"),
        deleted_at: time("deletedAt"),
        // The cloud tells the sender of a message of two; whoever received it has a receipt of their own.
        delivered_at: time("deliveredAt").or_else(|| time("deliveredToMeAt")),
        read_at: time("readAt"),
        read_by_me_at: time("readByMeAt"),
        reactions: entries(json.get("reactions"), reaction),
        replies: json.get("replyCount").count(),
        unread_replies: json.get("unreadRepliesCount").count(),
        quoted: message(json.get("quotedMessage")).ok().map(Box::new),
        mentions: entries(json.get("mentionedUsers"), person),
        moderation: match json.get("moderationStatus").as_text() {
            Some("pending") => Moderation::Pending,
            Some("disapproved") => Moderation::Disapproved,
            _ => Moderation::Approved,
        },
        previews: previews(json.get("metadata")),
        pinned_at: time("pinnedAt"),
        saved_at: time("savedAt"),
        ..Message::new(id, sender, receiver, content(json), sent_at)
    })
}

/// Those of a list that are understood; nothing is an empty list.
fn entries<T>(json: &Json, read: fn(&Json) -> Result<T, Malformed>) -> Vec<T> {
    json.list().unwrap_or_default().iter().filter_map(|entry| read(entry).ok()).collect()
}

fn reaction(json: &Json) -> Result<Reaction, Malformed> {
    let emoji = json.get("reaction").text().ok_or(Malformed("a reaction"))?;
    Ok(Reaction { emoji, count: json.get("count").count(), mine: json.get("reactedByMe").flag() })
}

fn attachment(json: &Json) -> Result<Attachment, Malformed> {
    let field = |name: &str| json.get(name).text();
    Ok(Attachment {
        url: field("url").ok_or(Malformed("an address"))?,
        name: field("name"),
        size: json.get("size").number().and_then(|size| u64::try_from(size).ok()),
        mime_type: field("mimeType"),
        shape: None,
    })
}

/// What the link-preview extension injected into the message; nothing of it is asked for anywhere.
fn previews(metadata: &Json) -> Vec<LinkPreview> {
    let links = metadata.get("@injected").get("extensions").get("link-preview").get("links");
    entries(links, |link| {
        let url = link.get("url").text().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        Ok(LinkPreview {
            url: url.ok_or(Malformed("an address"))?,
            title: link.get("title").text().ok_or(Malformed("a title"))?,
            description: link.get("description").text(),
            image: link.get("image").text(),
        })
    })
}

fn content(json: &Json) -> Content {
    let field = |name: &str| json.get(name).text();
    let text = || {
        let said = field("text").or_else(|| field("caption"));
        let said = said.or_else(|| json.get("data").get("text").text()).unwrap_or_default();
        // As every field of a page has its line ends: else an edit would differ from the text without a key pressed.
        let mut after_return = false;
        let mut line_ends = String::with_capacity(said.len());
        for letter in said.chars() {
            if letter != '\n' || !after_return {
                line_ends.push(if letter == '\r' { '\n' } else { letter });
            }
            after_return = letter == '\r';
        }
        line_ends
    };
    let type_name = field("type").unwrap_or_default();
    match (json.get("category").as_text(), type_name.as_str()) {
        (Some("message"), "text") => Content::Text { text: text() },
        (Some("message"), "image" | "video" | "audio" | "file") => {
            let mut attachments = entries(json.get("attachments"), attachment);
            if attachments.is_empty() {
                attachments.extend(field("uRL").map(|url| Attachment { url, ..Attachment::default() }));
            }
            let shapes = json.get("metadata").get("files").list().unwrap_or_default();
            for (attachment, shape) in attachments.iter_mut().zip(shapes) {
                attachment.shape = (!shape.is_nothing()).then(|| Shape::read(shape));
            }
            Content::Media { media_type: type_name, text: text(), attachments }
        }
        // In the SDK's words, such as "Bob joined".
        (Some("action"), _) => {
            Content::Action { text: field("message").unwrap_or_default(), happening: happening(json).map(Box::new) }
        }
        _ => Content::Other { type_name, text: text() },
    }
}

/// What an action of a group means; none where it is another kind of action, or one that this version does not know.
fn happening(json: &Json) -> Option<Happening> {
    let deed = match json.get("action").as_text()? {
        "joined" => Deed::Joined,
        "left" => Deed::Left,
        "added" => Deed::Added,
        "kicked" => Deed::Kicked,
        "banned" => Deed::Banned,
        "unbanned" => Deed::Unbanned,
        "scopeChanged" => Deed::Ranked(Scope::parse(json.get("newScope").as_text()?)),
        _ => return None,
    };
    let by = person(json.get("actionBy")).or_else(|_unnamed| person(json.get("sender"))).ok()?;
    let members = json.get("actionFor").get("membersCount").number().and_then(|count| u32::try_from(count).ok());
    // Whoever joins or leaves does it alone.
    Some(Happening { deed, on: person(json.get("actionOn")).unwrap_or_else(|_alone| by.clone()), by, members })
}

/// The sender of what nobody sent: the cloud itself.
fn system() -> Result<Person, Malformed> {
    let uid = Uid::parse("app_system").map_err(|_invalid| Malformed("a uid"))?;
    Ok(Person { name: uid.to_string(), uid, avatar: None, presence: Presence::Offline, last_active_at: None })
}

/// As the cloud forms it: both uids in order joined by `_user_`, or `group_` and the guid (COMETCHAT REST API v3).
fn conversation_id(sender: &Uid, receiver: &Peer) -> String {
    match receiver.conversation() {
        Peer::User(receiver) => [sender.min(receiver).as_str(), "_user_", sender.max(receiver).as_str()].concat(),
        group => ["group_", group.id()].concat(),
    }
}

/// A page of history as the cloud sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What is to be seen, in the cloud's order: ascending.
    pub messages: Vec<Message>,
    /// How many entries the page had, shown or not: fewer than asked for means that the list has ended.
    pub entries: usize,
    pub first: Option<MessageId>,
    pub last: Option<MessageId>,
}

impl Listed {
    /// Leaves out bookkeeping and what is malformed; it still counts as an entry.
    pub fn new(entries: &[Json]) -> Self {
        let ids = || entries.iter().filter_map(id);
        let shown = entries.iter().filter(|entry| !is_bookkeeping(entry));
        Self {
            messages: shown.filter_map(|entry| message(entry).ok()).collect(),
            entries: entries.len(),
            first: ids().min(),
            last: ids().max(),
        }
    }
}

/// A row of the conversation list as the bridge takes it.
pub fn conversation(json: &Json) -> Result<Conversation, Malformed> {
    let last_message = message(json.get("lastMessage")).ok();
    Ok(Conversation {
        id: json.get("conversationId").text().ok_or(Malformed("a conversation id"))?,
        with: counterpart(json.get("with"))?,
        unread: json.get("unreadMessageCount").count(),
        last_read_message_id: MessageId::from_json(json.get("lastReadMessageId")).ok(),
        updated_at: last_message.as_ref().map(|message| message.sent_at),
        last_message,
        pinned_at: json.get("pinnedAt").time(),
        tags: json.get("tags").list().unwrap_or_default().iter().filter_map(Json::text).collect(),
    })
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
