//! What stands around messages, for one viewer and several messages at once: reactions, mentions, replies, saves.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use super::entities::Entities;
use crate::{
    store::{
        interactions::{self, InteractionRow},
        mentions, pins,
        reactions::{self, ReactionCount},
        threads::{self, ThreadRow},
    },
    uid::Uid,
};

/// Around whichever messages it was loaded for.
pub(crate) struct Extras {
    reactions: Vec<ReactionCount>,
    mentions: Vec<(i64, String)>,
    threads: HashMap<i64, ThreadRow>,
    followed: HashSet<i64>,
    saved: HashMap<i64, i64>,
    interactions: Vec<InteractionRow>,
}

/// One interaction on the wire.
pub(crate) fn interaction(row: &InteractionRow) -> Value {
    json!({ "elementId": row.element_id, "interactedAt": row.interacted_at })
}

impl Extras {
    pub(crate) async fn load(
        connection: &mut SqliteConnection,
        viewer: &Uid,
        message_ids: &[i64],
    ) -> Result<Self, sqlx::Error> {
        let threads = threads::of_messages(connection, viewer, message_ids).await?;
        Ok(Self {
            reactions: reactions::counts(connection, viewer, message_ids).await?,
            mentions: mentions::of_messages(connection, viewer, message_ids).await?,
            threads: threads.into_iter().map(|row| (row.parent_id, row)).collect(),
            followed: threads::followed(connection, viewer, message_ids).await?.into_iter().collect(),
            saved: pins::saved(connection, viewer, message_ids).await?.into_iter().collect(),
            interactions: interactions::of_messages(connection, viewer, message_ids).await?,
        })
    }

    /// Who is mentioned anywhere.
    pub(crate) fn mentioned(&self) -> impl Iterator<Item = &str> {
        self.mentions.iter().map(|(_, uid)| uid.as_str())
    }

    /// Completes the `data` of a message.
    pub(crate) fn complete_data(&self, id: i64, data: &mut Map<String, Value>, entities: &Entities) {
        let reactions: Vec<Value> = self
            .reactions
            .iter()
            .filter(|count| count.message_id == id)
            .map(|count| json!({ "reaction": count.reaction, "count": count.count, "reactedByMe": count.mine }))
            .collect();
        if !reactions.is_empty() {
            data.insert("reactions".into(), Value::Array(reactions));
        }
        let mentions: Map<String, Value> = self
            .mentions
            .iter()
            .filter(|(message_id, _)| *message_id == id)
            .map(|(_, uid)| (uid.clone(), entities.user(uid)))
            .collect();
        if !mentions.is_empty() {
            data.insert("mentions".into(), Value::Object(mentions));
        }
        let used: Vec<Value> = self.interactions.iter().filter(|row| row.message_id == id).map(interaction).collect();
        if !used.is_empty() {
            data.insert("interactions".into(), Value::Array(used));
        }
    }

    /// Completes the message itself.
    pub(crate) fn complete(&self, id: i64, message: &mut Map<String, Value>) {
        if let Some(thread) = self.threads.get(&id) {
            message.insert("replyCount".into(), json!(thread.replies));
            message.insert("unreadRepliesCount".into(), json!(thread.unread));
        }
        message.insert("threadSubscribed".into(), json!(self.followed.contains(&id)));
        if let Some(second) = self.saved.get(&id) {
            message.insert("savedAt".into(), json!(second));
        }
    }
}
