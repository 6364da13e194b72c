//! Who a message is meant for, and what became of it there: delivered, read, unread again.

use sqlx::SqliteConnection;

use super::id_list;
use crate::uid::Uid;

/// How far a receipt goes. Reading includes delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Receipt {
    Delivered,
    Read,
}

impl Receipt {
    /// The word of the wire.
    pub(crate) const fn action(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Read => "read",
        }
    }

    /// The word for a group all of whose members have it.
    pub(crate) const fn by_all(self) -> &'static str {
        match self {
            Self::Delivered => "deliveredToAll",
            Self::Read => "readByAll",
        }
    }
}

pub(crate) async fn add(
    connection: &mut SqliteConnection,
    message_id: i64,
    conversation_id: &str,
    uid: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO recipients (message_id, uid, conversation_id) VALUES (?, ?, ?)")
        .bind(message_id)
        .bind(uid)
        .bind(conversation_id)
        .execute(connection)
        .await?;
    Ok(())
}

/// The ids of messages for which a receipt was news.
#[derive(Debug, Default)]
pub(crate) struct News {
    pub delivered: Vec<i64>,
    pub read: Vec<i64>,
}

/// Marks everything in the conversation up to `message_id` that `uid` received.
pub(crate) async fn mark(
    connection: &mut SqliteConnection,
    uid: &Uid,
    conversation_id: &str,
    message_id: i64,
    receipt: Receipt,
    now: i64,
) -> Result<News, sqlx::Error> {
    let mut news = News {
        delivered: mark_one(
            connection,
            "UPDATE recipients SET delivered_at = ?4 WHERE uid = ?1 AND conversation_id = ?2 AND message_id <= ?3
             AND delivered_at IS NULL RETURNING message_id",
            (uid, conversation_id, message_id, now),
        )
        .await?,
        read: Vec::new(),
    };
    if receipt == Receipt::Read {
        news.read = mark_one(
            connection,
            "UPDATE recipients SET read_at = ?4, unread = 0 WHERE uid = ?1 AND conversation_id = ?2
             AND message_id <= ?3 AND read_at IS NULL RETURNING message_id",
            (uid, conversation_id, message_id, now),
        )
        .await?;
        // Those that were read before and marked as unread since: read again, no news for their sender.
        sqlx::query(
            "UPDATE recipients SET unread = 0 WHERE uid = ? AND conversation_id = ? AND unread = 1 AND message_id <= ?",
        )
        .bind(uid.as_str())
        .bind(conversation_id)
        .bind(message_id)
        .execute(&mut *connection)
        .await?;
    }
    let touched = if receipt == Receipt::Read { &news.read } else { &news.delivered };
    sqlx::query("UPDATE messages SET updated_at = ?, touched = 1 WHERE id IN (SELECT value FROM json_each(?))")
        .bind(now)
        .bind(id_list(touched))
        .execute(connection)
        .await?;
    Ok(news)
}

async fn mark_one(
    connection: &mut SqliteConnection,
    statement: &'static str,
    (uid, conversation_id, message_id, now): (&Uid, &str, i64, i64),
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar(statement)
        .bind(uid.as_str())
        .bind(conversation_id)
        .bind(message_id)
        .bind(now)
        .fetch_all(connection)
        .await
}

/// The newest of these messages of each sender.
pub(crate) async fn newest_by_sender(
    connection: &mut SqliteConnection,
    news: &[i64],
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    sqlx::query_as("SELECT sender, MAX(id) FROM messages WHERE id IN (SELECT value FROM json_each(?)) GROUP BY sender")
        .bind(id_list(news))
        .fetch_all(connection)
        .await
}

/// As `newest_by_sender`, of those that now everybody has acknowledged so far.
pub(crate) async fn complete_by_sender(
    connection: &mut SqliteConnection,
    news: &[i64],
    receipt: Receipt,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let statement = match receipt {
        Receipt::Delivered => {
            "SELECT m.sender, MAX(m.id) FROM messages m WHERE m.id IN (SELECT value FROM json_each(?)) AND NOT EXISTS
               (SELECT 1 FROM recipients r WHERE r.message_id = m.id AND r.delivered_at IS NULL) GROUP BY m.sender"
        }
        Receipt::Read => {
            "SELECT m.sender, MAX(m.id) FROM messages m WHERE m.id IN (SELECT value FROM json_each(?)) AND NOT EXISTS
               (SELECT 1 FROM recipients r WHERE r.message_id = m.id AND r.read_at IS NULL) GROUP BY m.sender"
        }
    };
    sqlx::query_as(statement).bind(id_list(news)).fetch_all(connection).await
}

/// The newest message of the conversation that is meant for `uid`.
pub(crate) async fn newest(
    connection: &mut SqliteConnection,
    uid: &Uid,
    conversation_id: &str,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar("SELECT MAX(message_id) FROM recipients WHERE uid = ? AND conversation_id = ?")
        .bind(uid.as_str())
        .bind(conversation_id)
        .fetch_one(connection)
        .await
}

/// The message and everything received after it count as unread again, as far as there is something left to read.
pub(crate) async fn mark_unread_from(
    connection: &mut SqliteConnection,
    uid: &Uid,
    conversation_id: &str,
    message_id: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE recipients SET unread = 1 WHERE uid = ?1 AND conversation_id = ?2 AND message_id >= ?3
         AND message_id > COALESCE((SELECT cleared_id FROM conversations WHERE uid = ?1 AND conversation_id = ?2), 0)
         AND EXISTS (SELECT 1 FROM messages m WHERE m.id = recipients.message_id AND m.deleted_at IS NULL)",
    )
    .bind(uid.as_str())
    .bind(conversation_id)
    .bind(message_id)
    .execute(connection)
    .await?;
    Ok(())
}

/// Nothing in the conversation counts as unread any more, without telling anybody that it was read.
pub(crate) async fn forget_unread(
    connection: &mut SqliteConnection,
    uid: &Uid,
    conversation_id: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE recipients SET unread = 0 WHERE uid = ? AND conversation_id = ?")
        .bind(uid.as_str())
        .bind(conversation_id)
        .execute(connection)
        .await?;
    Ok(())
}

/// One person's receipt of one message.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct RecipientRow {
    pub uid: String,
    pub delivered_at: Option<i64>,
    pub read_at: Option<i64>,
}

pub(crate) async fn of_message(
    connection: &mut SqliteConnection,
    message_id: i64,
) -> Result<Vec<RecipientRow>, sqlx::Error> {
    sqlx::query_as("SELECT uid, delivered_at, read_at FROM recipients WHERE message_id = ? ORDER BY uid")
        .bind(message_id)
        .fetch_all(connection)
        .await
}

/// Whether the message is one of those that `uid` received in the conversation and still has in its own view.
pub(crate) async fn is_one(
    connection: &mut SqliteConnection,
    message_id: i64,
    uid: &Uid,
    conversation_id: &str,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM recipients WHERE message_id = ?1 AND uid = ?2 AND conversation_id = ?3
           AND message_id > COALESCE((SELECT cleared_id FROM conversations WHERE uid = ?2 AND conversation_id = ?3), 0))",
    )
    .bind(message_id)
    .bind(uid.as_str())
    .bind(conversation_id)
    .fetch_one(connection)
    .await
}

/// A deleted message counts as unread for nobody.
pub(crate) async fn withdraw(connection: &mut SqliteConnection, message_id: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE recipients SET unread = 0 WHERE message_id = ?").bind(message_id).execute(connection).await?;
    Ok(())
}

/// What `uid` had not read in the conversation is meant for it no more, and nothing there counts as unread.
pub(crate) async fn withdraw_from(
    connection: &mut SqliteConnection,
    uid: &Uid,
    conversation_id: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM recipients WHERE uid = ? AND conversation_id = ? AND read_at IS NULL")
        .bind(uid.as_str())
        .bind(conversation_id)
        .execute(&mut *connection)
        .await?;
    forget_unread(connection, uid, conversation_id).await
}
