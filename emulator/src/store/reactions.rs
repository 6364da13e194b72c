//! The rows of reactions: one for each person, message and reaction.

use sqlx::{QueryBuilder, SqliteConnection};

use super::{id_list, message_query::Affix};
use crate::uid::Uid;

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ReactionRow {
    pub id: i64,
    pub message_id: i64,
    pub uid: String,
    pub reaction: String,
    pub reacted_at: i64,
}

/// How often a reaction stands at a message, and whether one of them is the viewer's.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct ReactionCount {
    pub message_id: i64,
    pub reaction: String,
    pub count: i64,
    pub mine: bool,
}

/// The new row; none where the person had reacted so before.
pub(crate) async fn add(
    connection: &mut SqliteConnection,
    message_id: i64,
    uid: &Uid,
    reaction: &str,
    now: i64,
) -> Result<Option<ReactionRow>, sqlx::Error> {
    sqlx::query_as(
        "INSERT INTO reactions (message_id, uid, reaction, reacted_at) VALUES (?, ?, ?, ?)
         ON CONFLICT DO NOTHING RETURNING *",
    )
    .bind(message_id)
    .bind(uid.as_str())
    .bind(reaction)
    .bind(now)
    .fetch_optional(connection)
    .await
}

/// The row that is gone; none where there was none.
pub(crate) async fn remove(
    connection: &mut SqliteConnection,
    message_id: i64,
    uid: &Uid,
    reaction: &str,
) -> Result<Option<ReactionRow>, sqlx::Error> {
    sqlx::query_as("DELETE FROM reactions WHERE message_id = ? AND uid = ? AND reaction = ? RETURNING *")
        .bind(message_id)
        .bind(uid.as_str())
        .bind(reaction)
        .fetch_optional(connection)
        .await
}

/// The counts of several messages, each message's first reaction first.
pub(crate) async fn counts(
    connection: &mut SqliteConnection,
    viewer: &Uid,
    message_ids: &[i64],
) -> Result<Vec<ReactionCount>, sqlx::Error> {
    sqlx::query_as(
        "SELECT message_id, reaction, COUNT(*) AS count, MAX(uid = ?) AS mine FROM reactions
         WHERE message_id IN (SELECT value FROM json_each(?)) GROUP BY message_id, reaction ORDER BY MIN(id)",
    )
    .bind(viewer.as_str())
    .bind(id_list(message_ids))
    .fetch_all(connection)
    .await
}

/// Up to `limit` reactions next to the cursor, oldest first; of one kind where `reaction` names it.
pub(crate) async fn page(
    connection: &mut SqliteConnection,
    message_id: i64,
    reaction: Option<&str>,
    (affix, cursor): (Affix, Option<i64>),
    limit: i64,
) -> Result<Vec<ReactionRow>, sqlx::Error> {
    let mut query = QueryBuilder::new("SELECT * FROM reactions WHERE message_id = ");
    query.push_bind(message_id);
    if let Some(reaction) = reaction {
        query.push(" AND reaction = ").push_bind(reaction.to_owned());
    }
    if let Some(id) = cursor {
        query.push(if affix == Affix::Append { " AND id > " } else { " AND id < " }).push_bind(id);
    }
    query.push(if affix == Affix::Append { " ORDER BY id LIMIT " } else { " ORDER BY id DESC LIMIT " });
    query.push_bind(limit);
    let mut rows: Vec<ReactionRow> = query.build_query_as().fetch_all(connection).await?;
    if affix == Affix::Prepend {
        rows.reverse();
    }
    Ok(rows)
}
