//! The rows of people.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{groups, one_of, parse_tags};
use crate::uid::Uid;

#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct UserRow {
    pub uid: String,
    pub name: String,
    pub avatar: Option<String>,
    pub link: Option<String>,
    pub role: String,
    pub status_message: Option<String>,
    pub metadata: Option<String>,
    pub tags: String,
    pub created_at: i64,
    pub updated_at: Option<i64>,
    pub last_active_at: Option<i64>,
    pub deactivated_at: Option<i64>,
}

impl UserRow {
    pub(crate) fn tags(&self) -> Vec<String> {
        parse_tags(&self.tags)
    }
}

/// Also a deactivated one.
pub(crate) async fn find(connection: &mut SqliteConnection, uid: &Uid) -> Result<Option<UserRow>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM users WHERE uid = ?").bind(uid.as_str()).fetch_optional(connection).await
}

pub(crate) async fn find_active(connection: &mut SqliteConnection, uid: &Uid) -> Result<Option<UserRow>, sqlx::Error> {
    Ok(find(connection, uid).await?.filter(|user| user.deactivated_at.is_none()))
}

/// Those of `uids` that exist, the deactivated among them.
pub(crate) async fn find_all<'a>(
    connection: &mut SqliteConnection,
    uids: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<UserRow>, sqlx::Error> {
    let uids: Vec<&str> = uids.into_iter().collect();
    let list = serde_json::to_string(&uids).unwrap_or_default();
    sqlx::query_as("SELECT * FROM users WHERE uid IN (SELECT value FROM json_each(?))")
        .bind(list)
        .fetch_all(connection)
        .await
}

/// Writes a new row, or the changed fields of an old one.
pub(crate) async fn save(connection: &mut SqliteConnection, user: &UserRow) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO users (uid, name, search_name, avatar, link, role, status_message, metadata, tags, created_at,
                            updated_at, last_active_at, deactivated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (uid) DO UPDATE SET
           name = excluded.name, search_name = excluded.search_name, avatar = excluded.avatar, link = excluded.link,
           role = excluded.role, status_message = excluded.status_message, metadata = excluded.metadata,
           tags = excluded.tags, updated_at = excluded.updated_at, deactivated_at = excluded.deactivated_at",
    )
    .bind(&user.uid)
    .bind(&user.name)
    .bind(user.name.to_lowercase())
    .bind(&user.avatar)
    .bind(&user.link)
    .bind(&user.role)
    .bind(&user.status_message)
    .bind(&user.metadata)
    .bind(&user.tags)
    .bind(user.created_at)
    .bind(user.updated_at)
    .bind(user.last_active_at)
    .bind(user.deactivated_at)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn was_active(connection: &mut SqliteConnection, uid: &Uid, at: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE users SET last_active_at = ? WHERE uid = ?")
        .bind(at)
        .bind(uid.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes the person with everything that names them: tokens, messages, conversations on both sides.
pub(crate) async fn erase(connection: &mut SqliteConnection, uid: &Uid) -> Result<(), sqlx::Error> {
    groups::disown(connection, uid).await?;
    for statement in [
        "DELETE FROM messages WHERE sender = ?1 OR (receiver_type = 'user' AND receiver = ?1)",
        "DELETE FROM conversations WHERE uid = ?1 OR (type = 'user' AND with_id = ?1)",
        "DELETE FROM recipients WHERE uid = ?1",
        "DELETE FROM users WHERE uid = ?1",
        "UPDATE conversations SET latest_message_id = COALESCE((SELECT MAX(m.id) FROM messages m
           WHERE m.conversation_id = conversations.conversation_id), 0)
         WHERE type = 'group' AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.id = conversations.latest_message_id)",
    ] {
        sqlx::query(statement).bind(uid.as_str()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Who is asked for by `GET /users`. Default: all active people.
#[derive(Debug, Default)]
pub(crate) struct UserFilter {
    pub except: Option<Uid>,
    pub search: Option<String>,
    pub search_uid: bool,
    pub search_name: bool,
    pub uids: Vec<String>,
    pub roles: Vec<String>,
    pub tags: Vec<String>,
    /// Some: only these people, the ones online now (or all but them, where `online` is false).
    pub presence: Option<Presence>,
    pub deactivated: Deactivated,
    /// Nobody who blocked this person, or whom it blocked.
    pub unblocked_for: Option<Uid>,
    pub friends_of: Option<Uid>,
    pub sort: Sort,
    pub descending: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    #[default]
    Name,
    Created,
    LastActive,
}

#[derive(Debug)]
pub(crate) struct Presence {
    pub online: bool,
    pub uids_online: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Deactivated {
    #[default]
    Without,
    With,
    Only,
}

pub(crate) async fn count(connection: &mut SqliteConnection, filter: &UserFilter) -> Result<i64, sqlx::Error> {
    let mut query = QueryBuilder::new("SELECT COUNT(*) FROM users WHERE 1");
    restrict(&mut query, filter);
    query.build_query_scalar().fetch_one(connection).await
}

pub(crate) async fn list(
    connection: &mut SqliteConnection,
    filter: &UserFilter,
    limit: i64,
    offset: i64,
) -> Result<Vec<UserRow>, sqlx::Error> {
    let mut query = QueryBuilder::new("SELECT * FROM users WHERE 1");
    restrict(&mut query, filter);
    query.push(match filter.sort {
        Sort::Name => " ORDER BY search_name",
        Sort::Created => " ORDER BY created_at",
        Sort::LastActive => " ORDER BY COALESCE(last_active_at, 0)",
    });
    query.push(if filter.descending { " DESC, uid" } else { ", uid" });
    query.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
    query.build_query_as().fetch_all(connection).await
}

fn restrict(query: &mut QueryBuilder<Sqlite>, filter: &UserFilter) {
    match filter.deactivated {
        Deactivated::Without => query.push(" AND deactivated_at IS NULL"),
        Deactivated::Only => query.push(" AND deactivated_at IS NOT NULL"),
        Deactivated::With => query,
    };
    if let Some(uid) = &filter.friends_of {
        query.push(" AND EXISTS (SELECT 1 FROM friends f WHERE f.friend_uid = users.uid AND f.uid = ");
        query.push_bind(uid.as_str().to_owned()).push(")");
    }
    if let Some(uid) = &filter.unblocked_for {
        query.push(" AND NOT EXISTS (SELECT 1 FROM blocks b WHERE (b.blocked_uid = users.uid AND b.uid = ");
        query.push_bind(uid.as_str().to_owned()).push(") OR (b.uid = users.uid AND b.blocked_uid = ");
        query.push_bind(uid.as_str().to_owned()).push("))");
    }
    if let Some(uid) = &filter.except {
        query.push(" AND uid <> ").push_bind(uid.as_str().to_owned());
    }
    if let Some(search) = &filter.search {
        query.push(" AND (0");
        if filter.search_name {
            query.push(" OR instr(search_name, ").push_bind(search.to_lowercase()).push(") > 0");
        }
        if filter.search_uid {
            query.push(" OR instr(uid, ").push_bind(search.to_lowercase()).push(") > 0");
        }
        query.push(")");
    }
    one_of(query, "uid", &filter.uids);
    one_of(query, "role", &filter.roles);
    if !filter.tags.is_empty() {
        query.push(" AND EXISTS (SELECT 1 FROM json_each(users.tags) t WHERE t.value IN (SELECT value FROM json_each(");
        query.push_bind(serde_json::to_string(&filter.tags).unwrap_or_default()).push(")))");
    }
    if let Some(presence) = &filter.presence {
        query.push(if presence.online { " AND uid IN" } else { " AND uid NOT IN" });
        query.push(" (SELECT value FROM json_each(");
        query.push_bind(serde_json::to_string(&presence.uids_online).unwrap_or_default()).push("))");
    }
}
