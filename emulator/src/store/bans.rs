//! Who may not come back into a group.

use sqlx::SqliteConnection;

use crate::{guid::Guid, uid::Uid};

#[derive(Debug, sqlx::FromRow)]
pub(crate) struct BanRow {
    pub uid: String,
    pub banned_at: i64,
}

pub(crate) async fn exists(connection: &mut SqliteConnection, guid: &Guid, uid: &Uid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM banned_members WHERE guid = ? AND uid = ?)")
        .bind(guid.as_str())
        .bind(uid.as_str())
        .fetch_one(connection)
        .await
}

pub(crate) async fn add(
    connection: &mut SqliteConnection,
    guid: &Guid,
    uid: &Uid,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO banned_members (guid, uid, banned_at) VALUES (?, ?, ?)")
        .bind(guid.as_str())
        .bind(uid.as_str())
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) async fn remove(connection: &mut SqliteConnection, guid: &Guid, uid: &Uid) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM banned_members WHERE guid = ? AND uid = ?")
        .bind(guid.as_str())
        .bind(uid.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// By name, those whose name or uid holds `search`; and how many there are in all.
pub(crate) async fn list(
    connection: &mut SqliteConnection,
    guid: &Guid,
    search: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<BanRow>, i64), sqlx::Error> {
    let search = search.unwrap_or_default().to_lowercase();
    let rows = sqlx::query_as(
        "SELECT b.uid, b.banned_at FROM banned_members b JOIN users u USING (uid)
         WHERE b.guid = ?1 AND (instr(u.search_name, ?2) > 0 OR instr(u.uid, ?2) > 0)
         ORDER BY u.search_name, b.uid LIMIT ?3 OFFSET ?4",
    )
    .bind(guid.as_str())
    .bind(&search)
    .bind(limit)
    .bind(offset)
    .fetch_all(&mut *connection)
    .await?;
    let total = sqlx::query_scalar(
        "SELECT COUNT(*) FROM banned_members b JOIN users u USING (uid)
         WHERE b.guid = ?1 AND (instr(u.search_name, ?2) > 0 OR instr(u.uid, ?2) > 0)",
    )
    .bind(guid.as_str())
    .bind(&search)
    .fetch_one(connection)
    .await?;
    Ok((rows, total))
}
