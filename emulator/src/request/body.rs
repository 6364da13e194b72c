//! JSON bodies. SDK 4.2.0 sends `Content-Type: application/json` also without a body, and the admin API accepts calls
//! without one: nothing at all is an empty object.

use std::sync::Arc;

use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRef, FromRequest, Request},
};
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::{cloud::SharedCloud, error::ApiError};

/// CometChat's limit of a message's JSON, taken for all bodies.
pub(super) const CHARACTERS: usize = 65_536;
/// A character takes at most four bytes.
const BYTES: usize = CHARACTERS * 4;
/// CometChat's limit of what a backend says of a new user, in bytes.
const USER: usize = 10 * 1024;

/// A JSON object.
pub(crate) struct Body(pub Map<String, Value>);

/// A JSON object that describes a user.
pub(crate) struct UserBody(pub Map<String, Value>);

impl Body {
    pub(crate) fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

impl<S> FromRequest<S> for Body
where
    SharedCloud: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        read_object(request, &Arc::from_ref(state), BYTES).await.map(Self)
    }
}

impl<S> FromRequest<S> for UserBody
where
    SharedCloud: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = read(request, &Arc::from_ref(state), BYTES).await?;
        if bytes.len() > USER {
            return Err(ApiError::field("body", "The body may have up to 10 KB."));
        }
        parse(&bytes).map(Self)
    }
}

/// A JSON object of up to `largest` bytes.
pub(crate) async fn read_object(
    request: Request,
    cloud: &SharedCloud,
    largest: usize,
) -> Result<Map<String, Value>, ApiError> {
    parse(&read(request, cloud, largest).await?)
}

/// Whether the body is a form, as uploads are.
pub(super) fn is_form(request: &Request) -> bool {
    let kind = request.headers().get("content-type").and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/"))
}

/// The whole body, unless it takes its time or never ends.
async fn read(request: Request, cloud: &SharedCloud, largest: usize) -> Result<Bytes, ApiError> {
    if is_form(&request) {
        return Err(ApiError::field("body", "The body must be JSON here."));
    }
    match timeout(cloud.config.patience.body, to_bytes(request.into_body(), largest)).await {
        Ok(read) => read.map_err(|_| ApiError::TooLarge),
        Err(_) => Err(ApiError::TooSlow),
    }
}

fn parse(bytes: &Bytes) -> Result<Map<String, Value>, ApiError> {
    let text = std::str::from_utf8(bytes).map_err(|_| not_json())?;
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    if text.chars().count() > CHARACTERS {
        return Err(ApiError::TooLarge);
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        // PHP's way to write an empty object.
        Ok(Value::Array(list)) if list.is_empty() => Ok(Map::new()),
        _ => Err(not_json()),
    }
}

fn not_json() -> ApiError {
    ApiError::field("body", "The body must be a JSON object.")
}
