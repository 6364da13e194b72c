//! The rows of groups, each as one viewer has it.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::one_of;
use crate::{guid::Guid, uid::Uid};

#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct GroupRow {
    pub guid: String,
    pub name: String,
    #[sqlx(rename = "type")]
    pub kind: String,
    pub password: Option<String>,
    pub icon: Option<String>,
    pub description: Option<String>,
    pub metadata: Option<String>,
    pub tags: String,
    pub owner: Option<String>,
    pub created_at: i64,
    pub updated_at: i64,
    pub members_count: i64,
    /// The viewer's own membership; none for who is not in it.
    pub scope: Option<String>,
    pub joined_at: Option<i64>,
    pub is_banned: bool,
}

/// Which groups are asked for.
#[derive(Debug, Default)]
pub(crate) struct GroupFilter {
    /// Hides private groups that the viewer is not in.
    pub visible_only: bool,
    pub joined_only: bool,
    pub search: Option<String>,
    pub tags: Vec<String>,
    pub types: Vec<String>,
    pub guids: Vec<String>,
}

/// `viewer` is empty for the app itself, which is in no group.
pub(crate) async fn find(
    connection: &mut SqliteConnection,
    viewer: &str,
    guid: &Guid,
) -> Result<Option<GroupRow>, sqlx::Error> {
    let filter = GroupFilter { guids: vec![guid.as_str().to_owned()], ..GroupFilter::default() };
    Ok(list(connection, viewer, &filter, 1, 0).await?.pop())
}

/// By name.
pub(crate) async fn list(
    connection: &mut SqliteConnection,
    viewer: &str,
    filter: &GroupFilter,
    limit: i64,
    offset: i64,
) -> Result<Vec<GroupRow>, sqlx::Error> {
    let mut query = QueryBuilder::new(
        "SELECT g.*, (SELECT COUNT(*) FROM members m WHERE m.guid = g.guid) AS members_count,
           mine.scope, mine.joined_at,
           EXISTS (SELECT 1 FROM banned_members b WHERE b.guid = g.guid AND b.uid = ",
    );
    query.push_bind(viewer.to_owned()).push(") AS is_banned");
    restrict(&mut query, viewer, filter);
    query.push(" ORDER BY g.search_name, g.guid LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
    query.build_query_as().fetch_all(connection).await
}

pub(crate) async fn count(
    connection: &mut SqliteConnection,
    viewer: &str,
    filter: &GroupFilter,
) -> Result<i64, sqlx::Error> {
    let mut query = QueryBuilder::new("SELECT COUNT(*)");
    restrict(&mut query, viewer, filter);
    query.build_query_scalar().fetch_one(connection).await
}

fn restrict(query: &mut QueryBuilder<Sqlite>, viewer: &str, filter: &GroupFilter) {
    query.push(" FROM chat_groups g LEFT JOIN members mine ON mine.guid = g.guid AND mine.uid = ");
    query.push_bind(viewer.to_owned()).push(" WHERE 1");
    if filter.visible_only {
        query.push(" AND (g.type <> 'private' OR mine.uid IS NOT NULL)");
    }
    if filter.joined_only {
        query.push(" AND mine.uid IS NOT NULL");
    }
    if let Some(search) = &filter.search {
        let search = search.to_lowercase();
        query.push(" AND (instr(g.search_name, ").push_bind(search.clone()).push(") > 0");
        query.push(" OR instr(g.guid, ").push_bind(search).push(") > 0)");
    }
    if !filter.tags.is_empty() {
        query.push(" AND EXISTS (SELECT 1 FROM json_each(g.tags) t WHERE t.value IN (SELECT value FROM json_each(");
        query.push_bind(serde_json::to_string(&filter.tags).unwrap_or_default()).push(")))");
    }
    one_of(query, "g.type", &filter.types);
    one_of(query, "g.guid", &filter.guids);
}

/// Writes a new group, or the changed fields of an old one.
pub(crate) async fn save(connection: &mut SqliteConnection, group: &GroupRow) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO chat_groups (guid, name, search_name, type, password, icon, description, metadata, tags, owner,
                                  created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (guid) DO UPDATE SET
           name = excluded.name, search_name = excluded.search_name, type = excluded.type, password = excluded.password,
           icon = excluded.icon, description = excluded.description, metadata = excluded.metadata, tags = excluded.tags,
           owner = excluded.owner, updated_at = excluded.updated_at",
    )
    .bind(&group.guid)
    .bind(&group.name)
    .bind(group.name.to_lowercase())
    .bind(&group.kind)
    .bind(&group.password)
    .bind(&group.icon)
    .bind(&group.description)
    .bind(&group.metadata)
    .bind(&group.tags)
    .bind(&group.owner)
    .bind(group.created_at)
    .bind(group.updated_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes the group with all that was said in it.
pub(crate) async fn erase(connection: &mut SqliteConnection, guid: &Guid) -> Result<(), sqlx::Error> {
    for statement in [
        "DELETE FROM messages WHERE receiver_type = 'group' AND receiver = ?1",
        "DELETE FROM conversations WHERE type = 'group' AND with_id = ?1",
        "DELETE FROM chat_groups WHERE guid = ?1",
    ] {
        sqlx::query(statement).bind(guid.as_str()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Hands the groups of a user who is about to be erased to their oldest admin, else to their oldest member.
pub(crate) async fn disown(connection: &mut SqliteConnection, uid: &Uid) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE chat_groups SET owner = (SELECT m.uid FROM members m WHERE m.guid = chat_groups.guid AND m.uid <> ?1
           ORDER BY m.scope <> 'admin', m.joined_at, m.uid LIMIT 1) WHERE owner = ?1",
    )
    .bind(uid.as_str())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE members SET scope = 'admin' WHERE EXISTS
           (SELECT 1 FROM chat_groups g WHERE g.guid = members.guid AND g.owner = members.uid)",
    )
    .execute(connection)
    .await?;
    Ok(())
}
