//! Threads: a message and its replies, counted; who follows them.

use sqlx::{QueryBuilder, SqliteConnection};

use super::{id_list, messages::NOT_WITHHELD};
use crate::uid::Uid;

/// A thread as one viewer has it. Deleted replies do not count.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ThreadRow {
    pub parent_id: i64,
    pub replies: i64,
    pub unread: i64,
    pub last_reply_id: i64,
    pub last_reply_at: i64,
}

const COUNTED: &str = "SELECT m.parent_id, COUNT(*) AS replies, COALESCE(SUM(r.unread), 0) AS unread,
  MAX(m.id) AS last_reply_id, MAX(m.sent_at) AS last_reply_at
  FROM messages m LEFT JOIN recipients r ON r.message_id = m.id AND r.uid = ";

/// The threads below those of `message_ids` that have any.
pub(crate) async fn of_messages(
    connection: &mut SqliteConnection,
    viewer: &Uid,
    message_ids: &[i64],
) -> Result<Vec<ThreadRow>, sqlx::Error> {
    let mut query = QueryBuilder::new(COUNTED);
    query.push_bind(viewer.as_str().to_owned());
    query.push(" WHERE m.category <> 'action' AND m.deleted_at IS NULL").push(NOT_WITHHELD);
    query.push_bind(viewer.as_str().to_owned()).push(") AND m.parent_id IN (SELECT value FROM json_each(");
    query.push_bind(id_list(message_ids)).push(")) GROUP BY m.parent_id");
    query.build_query_as().fetch_all(connection).await
}

/// Which threads are asked for.
#[derive(Debug)]
pub(crate) struct ThreadFilter {
    pub conversation_id: Option<String>,
    /// Only those that the viewer follows.
    pub followed: bool,
    /// The cursor, itself included as in the cloud: second of the last reply, id of the parent.
    pub before: Option<(i64, i64)>,
}

/// The viewer's threads, the one with the latest reply first.
pub(crate) async fn page(
    connection: &mut SqliteConnection,
    viewer: &Uid,
    filter: &ThreadFilter,
    limit: i64,
) -> Result<Vec<ThreadRow>, sqlx::Error> {
    let viewer = viewer.as_str().to_owned();
    let mut query = QueryBuilder::new("SELECT * FROM (");
    query.push(COUNTED).push_bind(viewer.clone());
    query.push(" WHERE m.category <> 'action' AND m.deleted_at IS NULL AND m.parent_id IS NOT NULL AND (");
    query.push_bind(viewer.clone()).push(" IN (m.sender, m.receiver) AND m.receiver_type = 'user'");
    query.push(
        " OR m.receiver_type = 'group' AND EXISTS (SELECT 1 FROM members g WHERE g.guid = m.receiver AND g.uid = ",
    );
    query.push_bind(viewer.clone()).push("))").push(NOT_WITHHELD).push_bind(viewer.clone()).push(")");
    if let Some(conversation_id) = &filter.conversation_id {
        query.push(" AND m.conversation_id = ").push_bind(conversation_id.clone());
    }
    query.push(" GROUP BY m.parent_id) t WHERE 1");
    if filter.followed {
        query.push(
            " AND EXISTS (SELECT 1 FROM thread_subscriptions s WHERE s.parent_id = t.parent_id AND s.subscribed = 1
              AND s.uid = ",
        );
        query.push_bind(viewer).push(")");
    }
    if let Some((second, id)) = filter.before {
        query.push(" AND (t.last_reply_at, t.parent_id) <= (").push_bind(second).push(", ").push_bind(id).push(")");
    }
    query.push(" ORDER BY t.last_reply_at DESC, t.parent_id DESC LIMIT ").push_bind(limit);
    query.build_query_as().fetch_all(connection).await
}

/// Which of the messages' threads the viewer follows.
pub(crate) async fn followed(
    connection: &mut SqliteConnection,
    viewer: &Uid,
    message_ids: &[i64],
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT parent_id FROM thread_subscriptions
         WHERE uid = ? AND subscribed = 1 AND parent_id IN (SELECT value FROM json_each(?))",
    )
    .bind(viewer.as_str())
    .bind(id_list(message_ids))
    .fetch_all(connection)
    .await
}

/// Follows the thread, or stops following it.
pub(crate) async fn follow(
    connection: &mut SqliteConnection,
    uid: &Uid,
    parent_id: i64,
    subscribed: bool,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO thread_subscriptions (uid, parent_id, subscribed) VALUES (?, ?, ?)
         ON CONFLICT (uid, parent_id) DO UPDATE SET subscribed = excluded.subscribed",
    )
    .bind(uid.as_str())
    .bind(parent_id)
    .bind(subscribed)
    .execute(connection)
    .await?;
    Ok(())
}

/// The author of the parent and those whom `reply_id` mentions by name follow the thread, unless they stopped following it.
pub(crate) async fn involve(
    connection: &mut SqliteConnection,
    parent_id: i64,
    reply_id: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT OR IGNORE INTO thread_subscriptions (uid, parent_id, subscribed)
         SELECT u.uid, ?1, 1 FROM users u WHERE u.uid = (SELECT sender FROM messages WHERE id = ?1)
         OR u.uid IN (SELECT uid FROM mentions WHERE message_id = ?2 AND whole_group = 0)",
    )
    .bind(parent_id)
    .bind(reply_id)
    .execute(connection)
    .await?;
    Ok(())
}
