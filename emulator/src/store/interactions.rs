//! What people did with the elements of interactive messages.

use sqlx::SqliteConnection;

use super::id_list;
use crate::uid::Uid;

/// One element that somebody used, and when first.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct InteractionRow {
    pub message_id: i64,
    pub element_id: String,
    pub interacted_at: i64,
}

/// Whether it is news.
pub(crate) async fn add(
    connection: &mut SqliteConnection,
    message_id: i64,
    uid: &Uid,
    element_id: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "INSERT OR IGNORE INTO interactions (message_id, uid, element_id, interacted_at) VALUES (?, ?, ?, ?)",
    )
    .bind(message_id)
    .bind(uid.as_str())
    .bind(element_id)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What `uid` did with these messages.
pub(crate) async fn of_messages(
    connection: &mut SqliteConnection,
    uid: &Uid,
    message_ids: &[i64],
) -> Result<Vec<InteractionRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT message_id, element_id, interacted_at FROM interactions
         WHERE uid = ? AND message_id IN (SELECT value FROM json_each(?)) ORDER BY interacted_at, element_id",
    )
    .bind(uid.as_str())
    .bind(id_list(message_ids))
    .fetch_all(connection)
    .await
}
