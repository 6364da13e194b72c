//! What can fail inside the server. Causes are logged here, where they become an answer, and never sent.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::store::StoreError;
use crate::api::ApiError;

/// How long a visitor waits before trying again when the database is in trouble.
const RETRY_SECONDS: u32 = 5;

#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("session: {0}")]
    Session(#[from] tower_sessions::session::Error),
    /// Too many wait already.
    #[error("too many requests wait for their turn")]
    Busy,
    #[error("password hashing: {0}")]
    Hash(String),
}

impl ServerError {
    /// What the browser hears of it. The cause goes to the log.
    pub fn into_api_error(self) -> ApiError {
        tracing::error!(error = %self, "request failed");
        match self {
            Self::Store(_) | Self::Session(_) | Self::Busy => {
                ApiError::Unavailable { retry_after_seconds: RETRY_SECONDS }
            }
            Self::Hash(_) => ApiError::Internal,
        }
    }
}

impl IntoResponse for ServerError {
    fn into_response(self) -> Response {
        let status = match self.into_api_error() {
            ApiError::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        super::layers::error_page(status)
    }
}
