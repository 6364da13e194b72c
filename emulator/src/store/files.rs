//! The rows of uploaded files, and which messages have them.

use std::collections::HashSet;

use sqlx::SqliteConnection;

#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub(crate) struct FileRow {
    pub id: String,
    pub name: String,
    pub mime_type: String,
    /// In bytes; what was announced, until it is uploaded.
    pub size: i64,
    pub uid: String,
    pub upload_key: Option<String>,
    pub expires_at: Option<i64>,
    pub uploaded_at: Option<i64>,
    pub created_at: i64,
}

pub(crate) async fn find(connection: &mut SqliteConnection, id: &str) -> Result<Option<FileRow>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM files WHERE id = ?").bind(id).fetch_optional(connection).await
}

/// Writes a new row, or how an announced file arrived.
pub(crate) async fn save(connection: &mut SqliteConnection, row: &FileRow) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO files (id, name, mime_type, size, uid, upload_key, expires_at, uploaded_at, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET size = excluded.size, uploaded_at = excluded.uploaded_at",
    )
    .bind(&row.id)
    .bind(&row.name)
    .bind(&row.mime_type)
    .bind(row.size)
    .bind(&row.uid)
    .bind(&row.upload_key)
    .bind(row.expires_at)
    .bind(row.uploaded_at)
    .bind(row.created_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether any message has the file.
pub(crate) async fn is_attached(connection: &mut SqliteConnection, id: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM message_files WHERE file_id = ?)")
        .bind(id)
        .fetch_one(connection)
        .await
}

/// Notes that the message has the file.
pub(crate) async fn attach(
    connection: &mut SqliteConnection,
    message_id: i64,
    file_id: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT OR IGNORE INTO message_files (message_id, file_id) VALUES (?, ?)")
        .bind(message_id)
        .bind(file_id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes the message's files from it, and answers which of them no other message has: their rows are gone.
pub(crate) async fn detach(connection: &mut SqliteConnection, message_id: i64) -> Result<Vec<String>, sqlx::Error> {
    let ids: Vec<String> = sqlx::query_scalar("DELETE FROM message_files WHERE message_id = ? RETURNING file_id")
        .bind(message_id)
        .fetch_all(&mut *connection)
        .await?;
    sqlx::query_scalar(
        "DELETE FROM files WHERE id IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM message_files m WHERE m.file_id = files.id) RETURNING id",
    )
    .bind(serde_json::to_string(&ids).unwrap_or_default())
    .fetch_all(connection)
    .await
}

/// Forgets what no message has had since `before`, and answers the ids that are left.
pub(crate) async fn forget_orphans(
    connection: &mut SqliteConnection,
    before: i64,
) -> Result<HashSet<String>, sqlx::Error> {
    sqlx::query(
        "DELETE FROM files WHERE created_at < ?
         AND NOT EXISTS (SELECT 1 FROM message_files m WHERE m.file_id = files.id)",
    )
    .bind(before)
    .execute(&mut *connection)
    .await?;
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM files").fetch_all(connection).await?;
    Ok(ids.into_iter().collect())
}
