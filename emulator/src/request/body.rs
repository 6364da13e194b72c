//! JSON bodies. SDK 4.2.0 sends `Content-Type: application/json` also without a body, and the admin API accepts calls
//! without one: nothing at all is an empty object.

use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, Request},
};
use serde_json::{Map, Value};

use crate::error::ApiError;

/// CometChat's limit of a message's JSON, taken for all bodies.
const CHARACTERS: usize = 65_536;
/// A character takes at most four bytes.
const BYTES: usize = CHARACTERS * 4;

/// A JSON object.
pub(crate) struct Body(pub Map<String, Value>);

impl Body {
    pub(crate) fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = ApiError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, ApiError> {
        let is_form = request
            .headers()
            .get("content-type")
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with("multipart/"));
        if is_form {
            return Err(ApiError::field("files", "Uploads are not emulated."));
        }
        let bytes = to_bytes(request.into_body(), BYTES).await.map_err(|_| ApiError::TooLarge)?;
        parse(&bytes)
    }
}

fn parse(bytes: &Bytes) -> Result<Body, ApiError> {
    let text = std::str::from_utf8(bytes).map_err(|_| not_json())?;
    if text.trim().is_empty() {
        return Ok(Body(Map::new()));
    }
    if text.chars().count() > CHARACTERS {
        return Err(ApiError::TooLarge);
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(Body(object)),
        // PHP's way to write an empty object.
        Ok(Value::Array(list)) if list.is_empty() => Ok(Body(Map::new())),
        _ => Err(not_json()),
    }
}

fn not_json() -> ApiError {
    ApiError::field("body", "The body must be a JSON object.")
}
