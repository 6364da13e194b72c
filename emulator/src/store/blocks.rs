//! Who has blocked whom.

use sqlx::SqliteConnection;

use super::users::UserRow;
use crate::uid::Uid;

pub(crate) async fn add(
    connection: &mut SqliteConnection,
    uid: &Uid,
    blocked: &Uid,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT OR IGNORE INTO blocks (uid, blocked_uid, blocked_at) VALUES (?, ?, ?)")
        .bind(uid.as_str())
        .bind(blocked.as_str())
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) async fn remove(connection: &mut SqliteConnection, uid: &Uid, blocked: &Uid) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM blocks WHERE uid = ? AND blocked_uid = ?")
        .bind(uid.as_str())
        .bind(blocked.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether `uid` has blocked `other`.
pub(crate) async fn exists(connection: &mut SqliteConnection, uid: &Uid, other: &Uid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM blocks WHERE uid = ? AND blocked_uid = ?)")
        .bind(uid.as_str())
        .bind(other.as_str())
        .fetch_one(connection)
        .await
}

/// Whom `uid` has blocked, and by whom it is blocked.
pub(crate) async fn around(
    connection: &mut SqliteConnection,
    uid: &Uid,
) -> Result<(Vec<String>, Vec<String>), sqlx::Error> {
    let blocked = sqlx::query_scalar("SELECT blocked_uid FROM blocks WHERE uid = ?")
        .bind(uid.as_str())
        .fetch_all(&mut *connection)
        .await?;
    let by = sqlx::query_scalar("SELECT uid FROM blocks WHERE blocked_uid = ?")
        .bind(uid.as_str())
        .fetch_all(connection)
        .await?;
    Ok((blocked, by))
}

/// Which side of the blocks is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Direction {
    pub by_me: bool,
    pub by_them: bool,
}

/// The people, by name, and how many there are.
pub(crate) async fn list(
    connection: &mut SqliteConnection,
    uid: &Uid,
    direction: Direction,
    search: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<UserRow>, i64), sqlx::Error> {
    const AMONG: &str = " FROM users u WHERE u.deactivated_at IS NULL AND (
        (?2 AND EXISTS (SELECT 1 FROM blocks b WHERE b.uid = ?1 AND b.blocked_uid = u.uid))
     OR (?3 AND EXISTS (SELECT 1 FROM blocks b WHERE b.blocked_uid = ?1 AND b.uid = u.uid)))
        AND (instr(u.search_name, ?4) > 0 OR instr(u.uid, ?4) > 0)";
    const PAGE: &str = " ORDER BY u.search_name, u.uid LIMIT ?5 OFFSET ?6";
    let search = search.unwrap_or_default().to_lowercase();
    let rows = sqlx::query_as(sqlx::AssertSqlSafe(format!("SELECT u.*{AMONG}{PAGE}")))
        .bind(uid.as_str())
        .bind(direction.by_me)
        .bind(direction.by_them)
        .bind(&search)
        .bind(limit)
        .bind(offset)
        .fetch_all(&mut *connection)
        .await?;
    let total = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT COUNT(*){AMONG}")))
        .bind(uid.as_str())
        .bind(direction.by_me)
        .bind(direction.by_them)
        .bind(&search)
        .fetch_one(connection)
        .await?;
    Ok((rows, total))
}
