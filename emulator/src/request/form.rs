//! A message with files in it, as SDK 4.2.0 sends one: a form whose fields are those of the JSON body, with the files
//! beside them in `files[]`. The files go to disk as they come.

use std::sync::Arc;

use axum::{
    extract::{
        FromRef, FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::body::{Body, CHARACTERS, is_form};
use crate::{
    chat::attachment::{self, NewFile},
    cloud::{Cloud, SharedCloud},
    error::ApiError,
    files::{incoming::Incoming, names},
};

/// A message as it was sent, with the files that came along.
pub(crate) struct MessageBody {
    pub body: Value,
    pub files: Vec<NewFile>,
}

impl<S> FromRequest<S> for MessageBody
where
    SharedCloud: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_form(&request) {
            let body = Body::from_request(request, state).await?.into_value();
            return Ok(Self { body, files: Vec::new() });
        }
        let cloud: SharedCloud = Arc::from_ref(state);
        let form = Multipart::from_request(request, state).await.map_err(|_| unreadable())?;
        read(&cloud, form).await
    }
}

async fn read(cloud: &Cloud, mut form: Multipart) -> Result<MessageBody, ApiError> {
    let mut body = Map::new();
    let mut files = Vec::new();
    let mut room = Room { characters: CHARACTERS, bytes: cloud.config.limits.upload_bytes };
    while let Some(field) = next(cloud, form.next_field()).await? {
        let name = field.name().unwrap_or_default().trim_end_matches("[]").to_owned();
        if name == "files" || field.file_name().is_some() {
            if files.len() >= cloud.config.limits.files_per_message {
                return Err(ApiError::FileCount(cloud.config.limits.files_per_message));
            }
            files.push(file(cloud, field, &mut room.bytes).await?);
            continue;
        }
        let value = text(cloud, field, &mut room.characters).await?;
        match name.as_str() {
            "tags" => {
                if let Value::Array(tags) = body.entry("tags").or_insert_with(|| Value::Array(Vec::new())) {
                    tags.push(value.into());
                }
            }
            "data" => {
                let data =
                    serde_json::from_str(&value).map_err(|_| ApiError::field("data", "The data must be JSON."))?;
                body.insert(name, data);
            }
            // What a script did not set.
            _ if value == "undefined" || value == "null" => {}
            _ => {
                body.insert(name, value.into());
            }
        }
    }
    Ok(MessageBody { body: complete(body, &files), files })
}

/// Puts the files and the caption where a JSON body has them.
fn complete(mut body: Map<String, Value>, files: &[NewFile]) -> Value {
    let caption = body.remove("caption");
    let data = body.entry("data").or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(data) = data {
        if let Some(caption) = caption {
            data.entry("text").or_insert(caption);
        }
        let attachments: Vec<Value> = files
            .iter()
            .map(|file| attachment::describe(&file.arrived.id, &file.name, file.arrived.size, &file.mime_type))
            .collect();
        if !attachments.is_empty() {
            // Its first attachment stands there instead.
            data.remove("url");
            data.insert("attachments".into(), Value::Array(attachments));
        }
    }
    Value::Object(body)
}

/// What may still come.
struct Room {
    characters: usize,
    bytes: u64,
}

async fn text(cloud: &Cloud, mut field: Field<'_>, room: &mut usize) -> Result<String, ApiError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = next(cloud, field.chunk()).await? {
        *room = room.checked_sub(chunk.len()).ok_or(ApiError::TooLarge)?;
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| unreadable())
}

async fn file(cloud: &Cloud, mut field: Field<'_>, room: &mut u64) -> Result<NewFile, ApiError> {
    let name = names::clean(field.file_name().unwrap_or_default());
    let mime_type = names::mime_type(field.content_type().unwrap_or_default());
    let failed = |error: std::io::Error| ApiError::Internal(error.to_string());
    let mut incoming = Incoming::create(&cloud.files).await.map_err(failed)?;
    while let Some(chunk) = next(cloud, field.chunk()).await? {
        let size = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        *room = room.checked_sub(size).ok_or(ApiError::FileSize(cloud.config.limits.upload_bytes))?;
        incoming.write(&chunk).await.map_err(failed)?;
    }
    Ok(NewFile { name, mime_type, arrived: incoming.finish().await.map_err(failed)? })
}

/// The next piece of a form, unless it takes its time.
pub(crate) async fn next<T>(
    cloud: &Cloud,
    piece: impl Future<Output = Result<T, MultipartError>>,
) -> Result<T, ApiError> {
    match timeout(cloud.config.patience.body, piece).await {
        Ok(Ok(piece)) => Ok(piece),
        Ok(Err(error)) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(ApiError::TooLarge),
        Ok(Err(_)) => Err(unreadable()),
        Err(_) => Err(ApiError::TooSlow),
    }
}

pub(crate) fn unreadable() -> ApiError {
    ApiError::field("body", "The form cannot be read.")
}
