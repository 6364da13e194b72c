//! Who is in a group, and in which scope.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{one_of, users::Presence};
use crate::{guid::Guid, uid::Uid};

/// A membership; whose it is stands in the row of the user.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct MemberRow {
    pub uid: String,
    pub scope: String,
    pub joined_at: i64,
}

/// Which members are asked for. Default: all who are not deactivated.
#[derive(Debug, Default)]
pub(crate) struct MemberFilter {
    pub scopes: Vec<String>,
    pub search: Option<String>,
    pub presence: Option<Presence>,
}

pub(crate) async fn find(
    connection: &mut SqliteConnection,
    guid: &Guid,
    uid: &Uid,
) -> Result<Option<MemberRow>, sqlx::Error> {
    sqlx::query_as("SELECT uid, scope, joined_at FROM members WHERE guid = ? AND uid = ?")
        .bind(guid.as_str())
        .bind(uid.as_str())
        .fetch_optional(connection)
        .await
}

/// Brings the person in, or changes its scope.
pub(crate) async fn save(
    connection: &mut SqliteConnection,
    guid: &Guid,
    member: &MemberRow,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO members (guid, uid, scope, joined_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (guid, uid) DO UPDATE SET scope = excluded.scope",
    )
    .bind(guid.as_str())
    .bind(&member.uid)
    .bind(&member.scope)
    .bind(member.joined_at)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn remove(connection: &mut SqliteConnection, guid: &Guid, uid: &Uid) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM members WHERE guid = ? AND uid = ?")
        .bind(guid.as_str())
        .bind(uid.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Everybody who is in the group.
pub(crate) async fn uids(connection: &mut SqliteConnection, guid: &Guid) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT uid FROM members WHERE guid = ? ORDER BY uid")
        .bind(guid.as_str())
        .fetch_all(connection)
        .await
}

/// How many groups the person is in.
pub(crate) async fn groups_of(connection: &mut SqliteConnection, uid: &Uid) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT COUNT(*) FROM members WHERE uid = ?").bind(uid.as_str()).fetch_one(connection).await
}

/// Admins first, then moderators, each by name.
pub(crate) async fn list(
    connection: &mut SqliteConnection,
    guid: &Guid,
    filter: &MemberFilter,
    limit: i64,
    offset: i64,
) -> Result<Vec<MemberRow>, sqlx::Error> {
    let mut query = QueryBuilder::new("SELECT m.uid, m.scope, m.joined_at");
    restrict(&mut query, guid, filter);
    query.push(
        " ORDER BY CASE m.scope WHEN 'admin' THEN 0 WHEN 'moderator' THEN 1 ELSE 2 END, u.search_name, m.uid LIMIT ",
    );
    query.push_bind(limit).push(" OFFSET ").push_bind(offset);
    query.build_query_as().fetch_all(connection).await
}

pub(crate) async fn count(
    connection: &mut SqliteConnection,
    guid: &Guid,
    filter: &MemberFilter,
) -> Result<i64, sqlx::Error> {
    let mut query = QueryBuilder::new("SELECT COUNT(*)");
    restrict(&mut query, guid, filter);
    query.build_query_scalar().fetch_one(connection).await
}

fn restrict(query: &mut QueryBuilder<Sqlite>, guid: &Guid, filter: &MemberFilter) {
    query.push(" FROM members m JOIN users u USING (uid) WHERE u.deactivated_at IS NULL AND m.guid = ");
    query.push_bind(guid.as_str().to_owned());
    one_of(query, "m.scope", &filter.scopes);
    if let Some(search) = &filter.search {
        let search = search.to_lowercase();
        query.push(" AND (instr(u.search_name, ").push_bind(search.clone()).push(") > 0");
        query.push(" OR instr(u.uid, ").push_bind(search).push(") > 0)");
    }
    if let Some(presence) = &filter.presence {
        query.push(if presence.online { " AND u.uid IN" } else { " AND u.uid NOT IN" });
        query.push(" (SELECT value FROM json_each(");
        query.push_bind(serde_json::to_string(&presence.uids_online).unwrap_or_default()).push("))");
    }
}
