//! The rows of messages, each as one viewer may see it.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::id_list;
use crate::uid::Uid;

/// A message, with the receipts that its viewer may see.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub(crate) struct MessageRow {
    pub id: i64,
    pub muid: Option<String>,
    pub conversation_id: String,
    pub sender: String,
    pub receiver_type: String,
    pub receiver: String,
    pub category: String,
    #[sqlx(rename = "type")]
    pub kind: String,
    pub data: String,
    pub search_text: String,
    pub tags: String,
    pub parent_id: Option<i64>,
    pub target_id: Option<i64>,
    pub quoted_id: Option<i64>,
    pub pinned_at: Option<i64>,
    pub pinned_by: Option<String>,
    pub sent_at: i64,
    pub updated_at: i64,
    pub edited_at: Option<i64>,
    pub edited_by: Option<String>,
    pub deleted_at: Option<i64>,
    pub deleted_by: Option<String>,
    /// What moderation makes of it; none where nobody looked at it.
    pub moderation: Option<String>,
    /// For the sender: since when all whom the message is meant for have it.
    pub delivered_at: Option<i64>,
    pub read_at: Option<i64>,
    /// The viewer's own receipt, for a message meant for it.
    pub my_delivered_at: Option<i64>,
    pub my_read_at: Option<i64>,
}

/// The columns of a message, with the receipts as `viewer` may see them: one's own, and for what one sent oneself when
/// all whom it is meant for had it. `FROM messages m` and a condition follow.
fn columns(viewer: &Uid) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT m.*, mine.delivered_at AS my_delivered_at, mine.read_at AS my_read_at");
    for column in ["delivered_at", "read_at"] {
        query.push(", CASE WHEN m.sender = ").push_bind(viewer.as_str().to_owned());
        query.push(" THEN (SELECT CASE WHEN COUNT(*) = COUNT(r.").push(column).push(") THEN MAX(r.").push(column);
        query.push(") END FROM recipients r WHERE r.message_id = m.id) END AS ").push(column);
    }
    query
}

/// `SELECT` of the messages that `viewer` may see; a `WHERE` condition on `m` follows with `AND`.
pub(crate) fn select(viewer: &Uid) -> QueryBuilder<Sqlite> {
    let mut query = columns(viewer);
    from(&mut query, viewer);
    query
}

/// The tables behind `select`: `m` the message, `mine` the viewer's own receipt.
pub(crate) fn from(query: &mut QueryBuilder<Sqlite>, viewer: &Uid) {
    join(query, viewer);
    let viewer = viewer.as_str().to_owned();
    query.push(" WHERE ((m.receiver_type = 'user' AND ").push_bind(viewer.clone());
    query.push(" IN (m.sender, m.receiver)) OR (m.receiver_type = 'group' AND EXISTS");
    query
        .push(" (SELECT 1 FROM members g WHERE g.guid = m.receiver AND g.uid = ")
        .push_bind(viewer.clone())
        .push(")))");
    query.push(NOT_WITHHELD).push_bind(viewer).push(")");
}

/// A message that moderation withholds is its sender's alone. The viewer and a closing bracket follow.
pub(super) const NOT_WITHHELD: &str = " AND (COALESCE(m.moderation, 'approved') = 'approved' OR m.sender = ";

fn join(query: &mut QueryBuilder<Sqlite>, viewer: &Uid) {
    query.push(" FROM messages m LEFT JOIN recipients mine ON mine.message_id = m.id AND mine.uid = ");
    query.push_bind(viewer.as_str().to_owned());
}

/// The message, whoever may see it.
pub(crate) async fn find(connection: &mut SqliteConnection, id: i64) -> Result<Option<MessageRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT m.*, NULL AS delivered_at, NULL AS read_at, NULL AS my_delivered_at, NULL AS my_read_at
         FROM messages m WHERE m.id = ?",
    )
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// The message as `viewer` sees it, also where it may not: to tell somebody of its own removal.
pub(crate) async fn find_as(
    connection: &mut SqliteConnection,
    viewer: &Uid,
    id: i64,
) -> Result<Option<MessageRow>, sqlx::Error> {
    let mut query = columns(viewer);
    join(&mut query, viewer);
    query.push(" WHERE m.id = ").push_bind(id);
    query.build_query_as().fetch_optional(connection).await
}

/// The message as `viewer` sees it; none where it may not.
pub(crate) async fn find_for(
    connection: &mut SqliteConnection,
    viewer: &Uid,
    id: i64,
) -> Result<Option<MessageRow>, sqlx::Error> {
    let mut query = select(viewer);
    query.push(" AND m.id = ").push_bind(id);
    query.build_query_as().fetch_optional(connection).await
}

pub(crate) async fn find_all_for(
    connection: &mut SqliteConnection,
    viewer: &Uid,
    ids: &[i64],
) -> Result<Vec<MessageRow>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = select(viewer);
    query.push(" AND m.id IN (SELECT value FROM json_each(");
    query.push_bind(id_list(ids)).push("))");
    query.build_query_as().fetch_all(connection).await
}

/// The id of the message that `sender` already sent into the conversation under this client id.
pub(crate) async fn find_by_muid(
    connection: &mut SqliteConnection,
    sender: &str,
    conversation_id: &str,
    muid: &str,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar("SELECT id FROM messages WHERE sender = ? AND conversation_id = ? AND muid = ?")
        .bind(sender)
        .bind(conversation_id)
        .bind(muid)
        .fetch_optional(connection)
        .await
}

/// Stores a message or an action; the row's id is ignored, the new one returned.
pub(crate) async fn insert(connection: &mut SqliteConnection, row: &MessageRow) -> Result<i64, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO messages (muid, conversation_id, sender, receiver_type, receiver, category, type, data, search_text,
                               tags, parent_id, target_id, quoted_id, sent_at, updated_at, moderation)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&row.muid)
    .bind(&row.conversation_id)
    .bind(&row.sender)
    .bind(&row.receiver_type)
    .bind(&row.receiver)
    .bind(&row.category)
    .bind(&row.kind)
    .bind(&row.data)
    .bind(&row.search_text)
    .bind(&row.tags)
    .bind(row.parent_id)
    .bind(row.target_id)
    .bind(row.quoted_id)
    .bind(row.sent_at)
    .bind(row.updated_at)
    .bind(&row.moderation)
    .execute(connection)
    .await?;
    Ok(done.last_insert_rowid())
}

/// Writes what an edit or a deletion changed.
pub(crate) async fn update(connection: &mut SqliteConnection, row: &MessageRow) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE messages SET data = ?, search_text = ?, tags = ?, updated_at = ?, touched = 1, edited_at = ?, edited_by = ?,
                             deleted_at = ?, deleted_by = ? WHERE id = ?",
    )
    .bind(&row.data)
    .bind(&row.search_text)
    .bind(&row.tags)
    .bind(row.updated_at)
    .bind(row.edited_at)
    .bind(&row.edited_by)
    .bind(row.deleted_at)
    .bind(&row.deleted_by)
    .bind(row.id)
    .execute(connection)
    .await?;
    Ok(())
}

/// Something about the message changed that is not in its row: catching up brings it again.
pub(crate) async fn touch(connection: &mut SqliteConnection, id: i64, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE messages SET updated_at = ?, touched = 1 WHERE id = ?")
        .bind(now)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes what moderation decided of the message, and with it of its edits and deletions.
pub(crate) async fn moderate(
    connection: &mut SqliteConnection,
    id: i64,
    status: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE messages SET moderation = ?1, updated_at = ?2, touched = 1 WHERE id = ?3 OR target_id = ?3")
        .bind(status)
        .bind(now)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// The ids of those that wait for moderation, oldest first.
pub(crate) async fn pending(connection: &mut SqliteConnection) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT id FROM messages WHERE moderation = 'pending' AND category <> 'action' AND deleted_at IS NULL ORDER BY id",
    )
    .fetch_all(connection)
    .await
}
