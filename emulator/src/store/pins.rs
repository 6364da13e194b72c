//! Messages pinned for a conversation, messages saved for oneself, and reports of messages.

use sqlx::SqliteConnection;

use super::id_list;
use crate::uid::Uid;

/// Pins by `pinner`, or takes the pin away where there is none.
pub(crate) async fn set(
    connection: &mut SqliteConnection,
    message_id: i64,
    pinner: Option<&str>,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE messages SET pinned_by = ?1, pinned_at = ?2, updated_at = ?3, touched = 1 WHERE id = ?4")
        .bind(pinner)
        .bind(pinner.map(|_| now))
        .bind(now)
        .bind(message_id)
        .execute(connection)
        .await?;
    Ok(())
}

/// How many messages of the conversation are pinned.
pub(crate) async fn count(connection: &mut SqliteConnection, conversation_id: &str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT COUNT(*) FROM messages WHERE conversation_id = ? AND pinned_at IS NOT NULL")
        .bind(conversation_id)
        .fetch_one(connection)
        .await
}

/// Saves the message for `uid` alone. Saved before, it keeps its time.
pub(crate) async fn save(
    connection: &mut SqliteConnection,
    uid: &Uid,
    message_id: i64,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT OR IGNORE INTO saves (uid, message_id, saved_at) VALUES (?, ?, ?)")
        .bind(uid.as_str())
        .bind(message_id)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) async fn forget(connection: &mut SqliteConnection, uid: &Uid, message_id: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM saves WHERE uid = ? AND message_id = ?")
        .bind(uid.as_str())
        .bind(message_id)
        .execute(connection)
        .await?;
    Ok(())
}

/// How many messages `uid` has saved.
pub(crate) async fn saved_count(connection: &mut SqliteConnection, uid: &Uid) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT COUNT(*) FROM saves WHERE uid = ?").bind(uid.as_str()).fetch_one(connection).await
}

/// Which of the messages `uid` has saved, and when.
pub(crate) async fn saved(
    connection: &mut SqliteConnection,
    uid: &Uid,
    message_ids: &[i64],
) -> Result<Vec<(i64, i64)>, sqlx::Error> {
    sqlx::query_as(
        "SELECT message_id, saved_at FROM saves WHERE uid = ? AND message_id IN (SELECT value FROM json_each(?))",
    )
    .bind(uid.as_str())
    .bind(id_list(message_ids))
    .fetch_all(connection)
    .await
}

/// Keeps a report of a message; a person's later report of the same message replaces the earlier.
pub(crate) async fn flag(
    connection: &mut SqliteConnection,
    uid: &Uid,
    message_id: i64,
    (reason, remark): (&str, Option<&str>),
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO flags (message_id, uid, reason, remark, flagged_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (message_id, uid) DO UPDATE SET reason = excluded.reason, remark = excluded.remark,
                                                     flagged_at = excluded.flagged_at",
    )
    .bind(message_id)
    .bind(uid.as_str())
    .bind(reason)
    .bind(remark)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}
