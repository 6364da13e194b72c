//! Pages and counts of messages: every filter of the SDK's `MessagesRequest` that has a meaning here.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{
    messages::{self, MessageRow},
    one_of,
};
use crate::uid::Uid;

/// Which way a page reads from its cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Affix {
    /// Older messages.
    #[default]
    Prepend,
    /// Newer messages.
    Append,
}

impl Affix {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Prepend => "prepend",
            Self::Append => "append",
        }
    }
}

/// What is asked for. Default: everything that the viewer may see.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of a query string")]
pub(crate) struct MessageFilter {
    pub conversation_id: Option<String>,
    pub receiver_type: Option<String>,
    pub affix: Affix,
    /// The cursor: messages before or after this id.
    pub id: Option<i64>,
    /// Only where there is no id: messages up to, or from, this second.
    pub sent_at: Option<i64>,
    /// Changed at or after this second.
    pub updated_at: Option<i64>,
    /// Only messages that changed since they were sent.
    pub only_updates: bool,
    pub unread: bool,
    pub hide_deleted: bool,
    pub hide_replies: bool,
    pub categories: Vec<String>,
    pub types: Vec<String>,
    pub tags: Vec<String>,
    pub mentioned: Vec<String>,
    pub search: Option<String>,
    pub has_attachments: bool,
    pub has_links: bool,
    pub has_mentions: bool,
    pub has_reactions: bool,
    pub pinned: bool,
    /// Saved by the viewer.
    pub saved: bool,
    pub hide_quoted: bool,
    pub hide_blocked: bool,
    /// Only replies to this message.
    pub parent_id: Option<i64>,
}

/// Up to `limit` messages next to the cursor, oldest first.
pub(crate) async fn page(
    connection: &mut SqliteConnection,
    viewer: &Uid,
    filter: &MessageFilter,
    limit: i64,
) -> Result<Vec<MessageRow>, sqlx::Error> {
    let mut query = messages::select(viewer);
    restrict(&mut query, viewer, filter);
    query.push(match filter.affix {
        Affix::Prepend => " ORDER BY m.id DESC LIMIT ",
        Affix::Append => " ORDER BY m.id LIMIT ",
    });
    query.push_bind(limit);
    let mut rows: Vec<MessageRow> = query.build_query_as().fetch_all(connection).await?;
    if filter.affix == Affix::Prepend {
        rows.reverse();
    }
    Ok(rows)
}

/// How many there are with each peer.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct PeerCount {
    pub entity_type: String,
    pub entity_id: String,
    pub count: i64,
}

pub(crate) async fn count_by_peer(
    connection: &mut SqliteConnection,
    viewer: &Uid,
    filter: &MessageFilter,
) -> Result<Vec<PeerCount>, sqlx::Error> {
    let mut query = QueryBuilder::new(
        "SELECT m.receiver_type AS entity_type, COUNT(*) AS count,
           CASE WHEN m.receiver_type = 'group' OR m.sender = ",
    );
    query.push_bind(viewer.as_str().to_owned()).push(" THEN m.receiver ELSE m.sender END AS entity_id");
    messages::from(&mut query, viewer);
    restrict(&mut query, viewer, filter);
    query.push(" GROUP BY entity_type, entity_id ORDER BY MAX(m.id) DESC");
    query.build_query_as().fetch_all(connection).await
}

fn restrict(query: &mut QueryBuilder<Sqlite>, viewer: &Uid, filter: &MessageFilter) {
    query.push(
        " AND m.id > COALESCE((SELECT c.cleared_id FROM conversations c WHERE c.conversation_id = m.conversation_id
          AND c.uid = ",
    );
    query.push_bind(viewer.as_str().to_owned()).push("), 0)");
    if let Some(conversation_id) = &filter.conversation_id {
        query.push(" AND m.conversation_id = ").push_bind(conversation_id.clone());
    }
    if let Some(receiver_type) = &filter.receiver_type {
        query.push(" AND m.receiver_type = ").push_bind(receiver_type.clone());
    }
    match (filter.id, filter.sent_at, filter.affix) {
        (Some(id), _, Affix::Prepend) => query.push(" AND m.id < ").push_bind(id),
        (Some(id), _, Affix::Append) => query.push(" AND m.id > ").push_bind(id),
        (None, Some(second), Affix::Prepend) => query.push(" AND m.sent_at <= ").push_bind(second),
        (None, Some(second), Affix::Append) => query.push(" AND m.sent_at >= ").push_bind(second),
        (None, None, _) => query,
    };
    if let Some(second) = filter.updated_at {
        query.push(" AND m.updated_at >= ").push_bind(second);
    }
    one_of(query, "m.category", &filter.categories);
    one_of(query, "m.type", &filter.types);
    if !filter.tags.is_empty() {
        query.push(" AND EXISTS (SELECT 1 FROM json_each(m.tags) t WHERE t.value IN (SELECT value FROM json_each(");
        query.push_bind(serde_json::to_string(&filter.tags).unwrap_or_default()).push(")))");
    }
    if !filter.mentioned.is_empty() {
        query.push(" AND m.deleted_at IS NULL AND EXISTS (SELECT 1 FROM mentions n WHERE n.message_id = m.id");
        one_of(query, "n.uid", &filter.mentioned);
        query.push(")");
    }
    if let Some(parent_id) = filter.parent_id {
        query.push(" AND m.parent_id = ").push_bind(parent_id);
    }
    if filter.saved {
        query.push(" AND EXISTS (SELECT 1 FROM saves s WHERE s.message_id = m.id AND s.uid = ");
        query.push_bind(viewer.as_str().to_owned()).push(")");
    }
    if filter.hide_blocked {
        query.push(" AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocked_uid = m.sender AND b.uid = ");
        query.push_bind(viewer.as_str().to_owned()).push(")");
    }
    if let Some(search) = &filter.search {
        query
            .push(" AND m.deleted_at IS NULL AND instr(m.search_text, ")
            .push_bind(search.to_lowercase())
            .push(") > 0");
    }
    for (wanted, condition) in [
        (filter.only_updates, " AND m.touched = 1"),
        (filter.unread, " AND mine.unread = 1"),
        (filter.hide_deleted, " AND m.deleted_at IS NULL"),
        (filter.hide_replies, " AND m.parent_id IS NULL"),
        (filter.has_attachments, " AND m.deleted_at IS NULL AND json_type(m.data, '$.attachments') IS NOT NULL"),
        (
            filter.has_links,
            " AND m.deleted_at IS NULL AND (instr(m.search_text, 'http://') > 0 OR instr(m.search_text, 'https://') > 0)",
        ),
        (
            filter.has_mentions,
            " AND m.deleted_at IS NULL AND EXISTS (SELECT 1 FROM mentions n WHERE n.message_id = m.id)",
        ),
        (filter.has_reactions, " AND EXISTS (SELECT 1 FROM reactions n WHERE n.message_id = m.id)"),
        (filter.pinned, " AND m.pinned_at IS NOT NULL"),
        (filter.hide_quoted, " AND m.quoted_id IS NULL"),
    ] {
        if wanted {
            query.push(condition);
        }
    }
}
