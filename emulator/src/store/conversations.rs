//! Conversations as each of their people has them.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::{peer::Peer, uid::Uid};

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ConversationRow {
    pub conversation_id: String,
    #[sqlx(rename = "type")]
    pub kind: String,
    pub with_id: String,
    pub latest_message_id: i64,
    pub tags: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub unread: i64,
    pub last_read_id: Option<i64>,
    pub unread_mentions: i64,
    pub pinned_at: Option<i64>,
}

/// Brings the conversation to the top of `uid`'s list, making it where it is new.
pub(crate) async fn advance(
    connection: &mut SqliteConnection,
    uid: &Uid,
    conversation_id: &str,
    peer: &Peer,
    latest_message_id: i64,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO conversations (uid, conversation_id, type, with_id, latest_message_id, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?6, ?6)
         ON CONFLICT (uid, conversation_id) DO UPDATE SET
           latest_message_id = MAX(conversations.latest_message_id, excluded.latest_message_id),
           updated_at = excluded.updated_at",
    )
    .bind(uid.as_str())
    .bind(conversation_id)
    .bind(peer.kind())
    .bind(peer.id())
    .bind(latest_message_id)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Which conversations are asked for. Default: all.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of a query string")]
pub(crate) struct ConversationFilter {
    pub conversation_id: Option<String>,
    pub kind: Option<String>,
    pub unread: bool,
    pub search: Option<String>,
    pub tags: Vec<String>,
    /// Tags of the person, or of the group, that the conversation is with; either will do.
    pub user_tags: Vec<String>,
    pub group_tags: Vec<String>,
    /// Pinned by the person.
    pub pinned: bool,
    pub include_blocked: bool,
    pub nobody: bool,
}

pub(crate) async fn find(
    connection: &mut SqliteConnection,
    uid: &Uid,
    conversation_id: &str,
) -> Result<Option<ConversationRow>, sqlx::Error> {
    let filter = ConversationFilter {
        conversation_id: Some(conversation_id.to_owned()),
        include_blocked: true,
        ..ConversationFilter::default()
    };
    Ok(list(connection, uid, &filter, 1, 0).await?.pop())
}

/// Those that the user pinned come first (SDK 4.2.0, `ConversationsRequestBuilder.setPinnedBy`), then the newest message.
pub(crate) async fn list(
    connection: &mut SqliteConnection,
    uid: &Uid,
    filter: &ConversationFilter,
    limit: i64,
    offset: i64,
) -> Result<Vec<ConversationRow>, sqlx::Error> {
    let mut query = QueryBuilder::new(
        "SELECT c.*,
           (SELECT COUNT(*) FROM recipients r WHERE r.uid = c.uid AND r.conversation_id = c.conversation_id AND r.unread = 1)
             AS unread,
           (SELECT COUNT(*) FROM recipients r JOIN mentions n ON n.message_id = r.message_id AND n.uid = r.uid
              WHERE r.uid = c.uid AND r.conversation_id = c.conversation_id AND r.unread = 1) AS unread_mentions,
           (SELECT MAX(m.id) FROM messages m WHERE m.conversation_id = c.conversation_id AND m.category <> 'action'
              AND (COALESCE(m.moderation, 'approved') = 'approved' OR m.sender = c.uid) AND m.id < COALESCE((SELECT MIN(r.message_id) FROM recipients r WHERE r.uid = c.uid
                AND r.conversation_id = c.conversation_id AND r.unread = 1), m.id + 1)) AS last_read_id",
    );
    restrict(&mut query, uid, filter);
    query
        .push(" ORDER BY c.pinned_at IS NULL, c.latest_message_id DESC LIMIT ")
        .push_bind(limit)
        .push(" OFFSET ")
        .push_bind(offset);
    query.build_query_as().fetch_all(connection).await
}

pub(crate) async fn count(
    connection: &mut SqliteConnection,
    uid: &Uid,
    filter: &ConversationFilter,
) -> Result<i64, sqlx::Error> {
    let mut query = QueryBuilder::new("SELECT COUNT(*)");
    restrict(&mut query, uid, filter);
    query.build_query_scalar().fetch_one(connection).await
}

fn restrict(query: &mut QueryBuilder<Sqlite>, uid: &Uid, filter: &ConversationFilter) {
    query.push(
        " FROM conversations c LEFT JOIN users u ON c.type = 'user' AND u.uid = c.with_id
          LEFT JOIN chat_groups g ON c.type = 'group' AND g.guid = c.with_id
          LEFT JOIN members own ON own.guid = g.guid AND own.uid = c.uid
          WHERE (u.uid IS NOT NULL OR own.uid IS NOT NULL)
          AND (c.latest_message_id > c.cleared_id OR c.pinned_at IS NOT NULL) AND c.uid = ",
    );
    query.push_bind(uid.as_str().to_owned());
    if let Some(id) = &filter.conversation_id {
        query.push(" AND c.conversation_id = ").push_bind(id.clone());
    }
    if let Some(kind) = &filter.kind {
        query.push(" AND c.type = ").push_bind(kind.clone());
    }
    if filter.unread {
        query.push(
            " AND EXISTS (SELECT 1 FROM recipients r WHERE r.uid = c.uid AND r.conversation_id = c.conversation_id
              AND r.unread = 1)",
        );
    }
    if let Some(search) = &filter.search {
        query
            .push(" AND instr(COALESCE(u.search_name, g.search_name), ")
            .push_bind(search.to_lowercase())
            .push(") > 0");
    }
    if !filter.tags.is_empty() {
        query.push(" AND ");
        tagged(query, "c.tags", &filter.tags);
    }
    if !filter.user_tags.is_empty() || !filter.group_tags.is_empty() {
        query.push(" AND (");
        tagged(query, "u.tags", &filter.user_tags);
        query.push(" OR ");
        tagged(query, "g.tags", &filter.group_tags);
        query.push(")");
    }
    if filter.pinned {
        query.push(" AND c.pinned_at IS NOT NULL");
    }
    if !filter.include_blocked {
        query.push(
            " AND (c.type <> 'user' OR NOT EXISTS
              (SELECT 1 FROM blocks b WHERE b.uid = c.uid AND b.blocked_uid = c.with_id))",
        );
    }
    if filter.nobody {
        query.push(" AND 0");
    }
}

/// Whether the column holds one of the tags.
fn tagged(query: &mut QueryBuilder<Sqlite>, column: &'static str, tags: &[String]) {
    query.push("EXISTS (SELECT 1 FROM json_each(").push(column);
    query.push(") t WHERE t.value IN (SELECT value FROM json_each(");
    query.push_bind(serde_json::to_string(tags).unwrap_or_default()).push(")))");
}

pub(crate) async fn set_tags(
    connection: &mut SqliteConnection,
    uid: &Uid,
    conversation_id: &str,
    tags: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE conversations SET tags = ? WHERE uid = ? AND conversation_id = ?")
        .bind(tags)
        .bind(uid.as_str())
        .bind(conversation_id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Hides all that was said so far from `uid` alone.
pub(crate) async fn clear(
    connection: &mut SqliteConnection,
    uid: &Uid,
    conversation_id: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE conversations SET cleared_id = COALESCE((SELECT MAX(id) FROM messages WHERE conversation_id = ?2), 0),
                                  pinned_at = NULL
         WHERE uid = ?1 AND conversation_id = ?2",
    )
    .bind(uid.as_str())
    .bind(conversation_id)
    .execute(connection)
    .await?;
    Ok(())
}

/// Pins the conversation for `uid` alone, or takes the pin away. One without any message is made.
pub(crate) async fn pin(
    connection: &mut SqliteConnection,
    uid: &Uid,
    conversation_id: &str,
    peer: &Peer,
    pinned_at: Option<i64>,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO conversations (uid, conversation_id, type, with_id, latest_message_id, created_at, updated_at, pinned_at)
         VALUES (?, ?, ?, ?, 0, ?5, ?5, ?6)
         ON CONFLICT (uid, conversation_id) DO UPDATE SET pinned_at =
           CASE WHEN excluded.pinned_at IS NULL THEN NULL ELSE COALESCE(conversations.pinned_at, excluded.pinned_at) END",
    )
    .bind(uid.as_str())
    .bind(conversation_id)
    .bind(peer.kind())
    .bind(peer.id())
    .bind(now)
    .bind(pinned_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// How many conversations `uid` has pinned.
pub(crate) async fn pinned(connection: &mut SqliteConnection, uid: &Uid) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT COUNT(*) FROM conversations WHERE uid = ? AND pinned_at IS NOT NULL")
        .bind(uid.as_str())
        .fetch_one(connection)
        .await
}
