//! The one mapping of an [`ApiError`] to HTTP, for every server function.

use axum::{
    body::to_bytes,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::api::ApiError;

/// No error of ours is longer, in bytes.
const LONGEST_ERROR: usize = 4 * 1024;

/// The status that an error is answered with.
pub fn status_of(error: &ApiError) -> StatusCode {
    match error {
        ApiError::Unauthenticated => StatusCode::UNAUTHORIZED,
        ApiError::Forbidden => StatusCode::FORBIDDEN,
        ApiError::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        ApiError::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        ApiError::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::Offline | ApiError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// When it is worth trying again, for `Retry-After`, in seconds.
pub fn retry_after_of(error: &ApiError) -> Option<u32> {
    match error {
        ApiError::RateLimited { retry_after_seconds } | ApiError::Unavailable { retry_after_seconds } => {
            Some(*retry_after_seconds)
        }
        _ => None,
    }
}

/// Answers a server function's result under its status (Leptos alone would answer every error with 500), to be kept by
/// no cache.
pub fn answer<T>(result: Result<T, ApiError>) -> Result<T, ApiError> {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Err(error) = &result {
            response.set_status(status_of(error));
            if let Some(seconds) = retry_after_of(error) {
                response.insert_header(header::RETRY_AFTER, seconds.into());
            }
        }
    }
    result
}

/// Gives a server function's answer its status where the function itself was not reached, since its arguments could not
/// be read: Leptos answers 500 with the error as JSON.
pub async fn with_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LONGEST_ERROR).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Ok(error) = serde_json::from_slice(&body) {
        parts.status = status_of(&error);
    }
    Response::from_parts(parts, body.into())
}
