//! Whom a message mentions.

use sqlx::SqliteConnection;

use super::id_list;
use crate::uid::Uid;

/// Replaces whom the message mentions by those of `uids` who exist.
pub(crate) async fn replace(
    connection: &mut SqliteConnection,
    message_id: i64,
    uids: &[String],
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM mentions WHERE message_id = ?").bind(message_id).execute(&mut *connection).await?;
    sqlx::query(
        "INSERT INTO mentions (message_id, uid) SELECT ?, uid FROM users
         WHERE deactivated_at IS NULL AND uid IN (SELECT value FROM json_each(?))",
    )
    .bind(message_id)
    .bind(serde_json::to_string(uids).unwrap_or_default())
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds those who are mentioned with their whole group.
pub(crate) async fn add_group(
    connection: &mut SqliteConnection,
    message_id: i64,
    uids: &[String],
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT OR IGNORE INTO mentions (message_id, uid, whole_group) SELECT ?, value, 1 FROM json_each(?)")
        .bind(message_id)
        .bind(serde_json::to_string(uids).unwrap_or_default())
        .execute(connection)
        .await?;
    Ok(())
}

/// Message and uid, for several messages. Of a whole group `viewer` learns of itself alone.
pub(crate) async fn of_messages(
    connection: &mut SqliteConnection,
    viewer: &Uid,
    message_ids: &[i64],
) -> Result<Vec<(i64, String)>, sqlx::Error> {
    sqlx::query_as(
        "SELECT message_id, uid FROM mentions
         WHERE (whole_group = 0 OR uid = ?) AND message_id IN (SELECT value FROM json_each(?))",
    )
    .bind(viewer.as_str())
    .bind(id_list(message_ids))
    .fetch_all(connection)
    .await
}
