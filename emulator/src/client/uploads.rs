//! Uploads by address: a client announces files, gets an address for each, and sends them there before the message.

use std::sync::Arc;

use axum::{
    extract::{FromRequest, Multipart, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};
use subtle::ConstantTimeEq;

use crate::{
    chat::{actor::Actor, attachment, send},
    cloud::{Cloud, SharedCloud},
    error::ApiError,
    files::{incoming::Incoming, names},
    hosts::Hosts,
    peer::Peer,
    render::list::Data,
    request::{address::Address, body::Body, form, path::Path},
    store::files::{self, FileRow},
};

/// How long an address is good for, in seconds (SDK 4.2.0 counts on a quarter of an hour).
const GOOD_FOR: i64 = 15 * 60;

/// `POST /files/upload-url`.
pub(crate) async fn announce(
    State(cloud): State<SharedCloud>,
    address: Address,
    viewer: Actor,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let receiver = match (body.get("receiverType").and_then(Value::as_str), body.get("receiver")) {
        (Some(kind @ ("user" | "group")), Some(Value::String(id))) if !id.is_empty() => Peer::of(kind, id),
        _ => return Err(ApiError::field("receiver", "The receiver and the receiverType are required.")),
    };
    let announced = body
        .get("files")
        .and_then(Value::as_object)
        .filter(|files| !files.is_empty())
        .ok_or_else(|| ApiError::field("files", "The files field must be an object of files."))?;
    let limits = cloud.config.limits;
    if announced.len() > limits.files_per_message {
        return Err(ApiError::FileCount(limits.files_per_message));
    }
    let base = Hosts::of(&cloud.config, &address).files;
    let mut turn = cloud.store.write().await?;
    viewer.check(turn.connection()).await?;
    send::reachable(turn.connection(), &viewer.uid, &receiver).await?;
    let mut answer = Map::new();
    for (file_id, file) in announced {
        let size = file["size"].as_u64().ok_or_else(|| ApiError::field("files", "Each file needs its size."))?;
        if size > limits.upload_bytes {
            answer.insert(file_id.clone(), json!({ "error": ApiError::FileSize(limits.upload_bytes).body() }));
            continue;
        }
        let now = cloud.clock.now();
        let row = FileRow {
            id: hex::encode(rand::random::<[u8; 16]>()),
            name: names::clean(file["name"].as_str().unwrap_or_default()),
            mime_type: names::mime_type(file["mimeType"].as_str().unwrap_or_default()),
            size: i64::try_from(size).unwrap_or(i64::MAX),
            uid: viewer.uid.to_string(),
            upload_key: Some(hex::encode(rand::random::<[u8; 16]>())),
            expires_at: Some(now + GOOD_FOR),
            created_at: now,
            ..FileRow::default()
        };
        files::save(turn.connection(), &row).await?;
        let mut attachment = attachment::describe(&row.id, &row.name, size, &row.mime_type);
        if let Some(attachment) = attachment.as_object_mut() {
            attachment::address(attachment, &base);
        }
        answer.insert(
            file_id.clone(),
            json!({
                "request": {
                    "method": "POST",
                    "url": format!("{base}/uploads/{}", row.id),
                    "body": { "key": row.upload_key },
                },
                "attachment": attachment,
                "expiresAt": row.expires_at,
            }),
        );
    }
    turn.commit().await?;
    Ok(Data(Value::Object(answer)))
}

/// `POST /uploads/{id}`: what the address takes, a form with the key and the file. It refuses in XML, as the storage
/// behind the cloud does: SDK 4.2.0 looks for `ExpiredToken` there. Once a message has the file, nobody replaces it.
pub(crate) async fn take(
    State(cloud): State<SharedCloud>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let (row, attached) = {
        let mut connection = cloud.store.read().await.map_err(ApiError::from)?;
        let row = files::find(&mut connection, &id).await.map_err(ApiError::from)?;
        (row, files::is_attached(&mut connection, &id).await.map_err(ApiError::from)?)
    };
    let mut row = row.filter(|row| row.upload_key.is_some() && !attached).ok_or(Refusal::Denied)?;
    if row.expires_at.is_none_or(|until| until < cloud.clock.now()) {
        return Err(Refusal::Expired);
    }
    let form = Multipart::from_request(request, &cloud).await.map_err(|_| form::unreadable())?;
    let incoming = receive(&cloud, form, &row).await?;
    row.size = i64::try_from(incoming.size()).unwrap_or(i64::MAX);
    row.uploaded_at = Some(cloud.clock.now());
    let cloud = Arc::clone(&cloud);
    let taken = crate::cloud::to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        // Asked again: the message may have come while the file did, and it names the file that lies there.
        if files::is_attached(turn.connection(), &row.id).await? {
            return Ok(false);
        }
        files::save(turn.connection(), &row).await?;
        let arrived = incoming.finish().await.map_err(storage)?;
        turn.commit().await?;
        arrived.keep();
        Ok(true)
    });
    if taken.await? { Ok(StatusCode::NO_CONTENT.into_response()) } else { Err(Refusal::Denied) }
}

/// The file of the form, whole and on the disk, but not in its place yet.
async fn receive(cloud: &Cloud, mut form: Multipart, row: &FileRow) -> Result<Incoming, Refusal> {
    let announced = u64::try_from(row.size).unwrap_or_default();
    let mut allowed = false;
    while let Some(mut field) = form::next(cloud, form.next_field()).await? {
        if field.name() == Some("key") {
            let key = form::next(cloud, field.text()).await?;
            let right = row.upload_key.as_deref().unwrap_or_default();
            allowed = bool::from(key.as_bytes().ct_eq(right.as_bytes()));
        } else if field.name() == Some("file") {
            if !allowed {
                return Err(Refusal::Denied);
            }
            let mut incoming = Incoming::create_as(&cloud.files, row.id.clone()).await.map_err(storage)?;
            while let Some(chunk) = form::next(cloud, field.chunk()).await? {
                incoming.write(&chunk).await.map_err(storage)?;
                if incoming.size() > announced {
                    return Err(Refusal::TooLarge);
                }
            }
            incoming.sync().await.map_err(storage)?;
            return Ok(incoming);
        }
    }
    Err(form::unreadable().into())
}

fn storage(error: std::io::Error) -> ApiError {
    ApiError::Internal(error.to_string())
}

/// Why an address does not take a file.
pub(crate) enum Refusal {
    Denied,
    Expired,
    TooLarge,
    Other(ApiError),
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Other(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code, message) = match self {
            Self::Denied => (StatusCode::FORBIDDEN, "AccessDenied", "Access denied."),
            Self::Expired => (StatusCode::BAD_REQUEST, "ExpiredToken", "The address has expired."),
            Self::TooLarge => (StatusCode::BAD_REQUEST, "EntityTooLarge", "The file is larger than was announced."),
            Self::Other(error) => return error.into_response(),
        };
        let body = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>");
        (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
    }
}
