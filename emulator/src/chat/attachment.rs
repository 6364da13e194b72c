//! Files of messages: what a message says of each, and which of them are ours.

use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::{
    error::ApiError,
    files::{folder::is_id, incoming::Arrived, names},
    store::files::{self, FileRow},
    uid::Uid,
};

/// A file that came within a message.
#[derive(Debug)]
pub(crate) struct NewFile {
    pub name: String,
    pub mime_type: String,
    pub arrived: Arrived,
}

/// What a message says of a file (PROTOCOL.md 3.3), which lies below `base`.
pub(crate) fn describe(base: &str, id: &str, name: &str, size: u64, mime_type: &str) -> Value {
    json!({
        "url": format!("{base}/files/{id}/{}", names::encode(name)),
        "name": name,
        "size": size,
        "mimeType": mime_type,
        "extension": names::extension(name),
    })
}

/// Stores the files that came with the message.
pub(super) async fn store(
    connection: &mut SqliteConnection,
    sender: &Uid,
    message_id: i64,
    new: &[NewFile],
    now: i64,
) -> Result<(), ApiError> {
    for file in new {
        let row = FileRow {
            id: file.arrived.id.clone(),
            name: file.name.clone(),
            mime_type: file.mime_type.clone(),
            size: i64::try_from(file.arrived.size).unwrap_or(i64::MAX),
            uid: sender.to_string(),
            uploaded_at: Some(now),
            created_at: now,
            ..FileRow::default()
        };
        files::save(connection, &row).await?;
        files::attach(connection, message_id, &row.id).await?;
    }
    Ok(())
}

/// Attaches those of the message's files that were uploaded here before. Refuses one that never arrived.
pub(super) async fn link(connection: &mut SqliteConnection, message_id: i64, data: &Value) -> Result<(), ApiError> {
    let urls = data["attachments"].as_array().into_iter().flatten().map(|attachment| &attachment["url"]);
    for id in urls.chain([&data["url"]]).filter_map(Value::as_str).filter_map(id_in) {
        let Some(row) = files::find(connection, id).await? else { continue };
        if row.uploaded_at.is_none() {
            return Err(ApiError::InvalidMessage {
                code: "ERR_INVALID_MEDIA_MESSAGE",
                field: "data.attachments",
                message: "An attachment has not been uploaded.",
            });
        }
        files::attach(connection, message_id, id).await?;
    }
    Ok(())
}

/// The id in the address of a file of ours.
fn id_in(url: &str) -> Option<&str> {
    let id = url.split("/files/").nth(1)?.split('/').next()?;
    is_id(id).then_some(id)
}
