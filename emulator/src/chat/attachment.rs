//! Files of messages: what a message says of each, and which of them are ours.

use serde_json::{Map, Value, json};
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

/// Begins the address of a file of ours as messages are stored: each viewer has its own way there.
const STORED: &str = "files:/";

/// What a message says of a file (PROTOCOL.md 3.3), as it is stored.
pub(crate) fn describe(id: &str, name: &str, size: u64, mime_type: &str) -> Value {
    json!({
        "url": format!("{STORED}{id}/{}", names::encode(name)),
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

/// Everything in `data` that may be the address of a file.
fn addresses(data: &mut Map<String, Value>) -> Vec<&mut String> {
    let mut found = Vec::new();
    for (key, value) in data.iter_mut() {
        match value {
            Value::String(url) if key == "url" => found.push(url),
            Value::Array(attachments) if key == "attachments" => {
                let urls = attachments.iter_mut().filter_map(|attachment| attachment.get_mut("url"));
                found.extend(urls.filter_map(|url| if let Value::String(url) = url { Some(url) } else { None }));
            }
            _ => {}
        }
    }
    found
}

/// Turns stored addresses into those of a viewer who finds uploads below `base`.
pub(crate) fn address(data: &mut Map<String, Value>, base: &str) {
    for url in addresses(data) {
        if let Some(rest) = url.strip_prefix(STORED) {
            *url = format!("{base}/files/{rest}");
        }
    }
}

/// Turns the addresses of files that were uploaded here before into stored ones, and answers the ids of the files.
/// Refuses one that never arrived.
pub(super) async fn resolve(
    connection: &mut SqliteConnection,
    data: &mut Map<String, Value>,
) -> Result<Vec<String>, ApiError> {
    let mut ids = Vec::new();
    for url in addresses(data) {
        let Some((id, rest)) = parts(url) else { continue };
        let Some(row) = files::find(connection, id).await? else { continue };
        if row.uploaded_at.is_none() {
            return Err(ApiError::InvalidMessage {
                code: "ERR_INVALID_MEDIA_MESSAGE",
                field: "data.attachments",
                message: "An attachment has not been uploaded.",
            });
        }
        ids.push(row.id);
        *url = format!("{STORED}{rest}");
    }
    Ok(ids)
}

/// Notes that the message has these files.
pub(super) async fn attach(
    connection: &mut SqliteConnection,
    message_id: i64,
    ids: &[String],
) -> Result<(), sqlx::Error> {
    for id in ids {
        files::attach(connection, message_id, id).await?;
    }
    Ok(())
}

/// The id in the address of a file of ours, and the address from there on.
fn parts(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix(STORED).or_else(|| url.split_once("/files/").map(|(_, rest)| rest))?;
    let id = rest.split('/').next()?;
    is_id(id).then_some((id, rest))
}
