//! Who is whose friend. Friendships go both ways.

use sqlx::SqliteConnection;

use crate::uid::Uid;

/// Makes them friends; what was so already stays.
pub(crate) async fn add(
    connection: &mut SqliteConnection,
    uid: &Uid,
    friend: &Uid,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT OR IGNORE INTO friends (uid, friend_uid, since) VALUES (?1, ?2, ?3), (?2, ?1, ?3)")
        .bind(uid.as_str())
        .bind(friend.as_str())
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends their friendship.
pub(crate) async fn remove(connection: &mut SqliteConnection, uid: &Uid, friend: &Uid) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM friends WHERE (uid = ?1 AND friend_uid = ?2) OR (uid = ?2 AND friend_uid = ?1)")
        .bind(uid.as_str())
        .bind(friend.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// The friends of `uid`.
pub(crate) async fn of(connection: &mut SqliteConnection, uid: &Uid) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT friend_uid FROM friends WHERE uid = ?").bind(uid.as_str()).fetch_all(connection).await
}
