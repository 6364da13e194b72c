//! Conversations on the wire.

use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::{entities::Entities, message, view::View};
use crate::{
    peer::Peer,
    store::{conversations::ConversationRow, messages, parse_tags},
};

/// Renders the viewer's conversations, each with its last message and its peer.
pub(crate) async fn conversations(
    connection: &mut SqliteConnection,
    view: View<'_>,
    rows: &[ConversationRow],
) -> Result<Vec<Value>, sqlx::Error> {
    let ids: Vec<i64> = rows.iter().map(|row| row.latest_message_id).collect();
    let latest = messages::find_all_for(connection, view.uid, &ids).await?;
    let rendered = message::messages(connection, view, &latest).await?;
    let peers = rows.iter().map(|row| Peer::of(&row.kind, &row.with_id));
    let entities = Entities::load(connection, view.hub, view.uid, peers).await?;
    Ok(rows
        .iter()
        .map(|row| {
            let position = latest.iter().position(|message| message.id == row.latest_message_id);
            conversation(row, position.and_then(|index| rendered.get(index).cloned()), &entities)
        })
        .collect())
}

fn conversation(row: &ConversationRow, last_message: Option<Value>, entities: &Entities) -> Value {
    let mut conversation = json!({
        "conversationId": row.conversation_id,
        "conversationType": row.kind,
        // The cloud sends this one as text.
        "unreadMessageCount": row.unread.to_string(),
        "unreadMentionsCount": row.unread_mentions,
        "latestMessageId": row.latest_message_id.to_string(),
        "createdAt": row.created_at,
        "updatedAt": row.updated_at,
        "lastMessage": last_message.unwrap_or_else(|| json!({})),
        "conversationWith": entities.peer(&row.kind, &row.with_id),
    });
    if let Some(id) = row.last_read_id {
        conversation["lastReadMessageId"] = json!(id.to_string());
    }
    if let Some(second) = row.pinned_at {
        conversation["pinnedAt"] = json!(second);
        conversation["pinnedBy"] = json!("me");
    }
    let tags = parse_tags(&row.tags);
    if !tags.is_empty() {
        conversation["tags"] = json!(tags);
    }
    conversation
}
