//! Parts of a path. What cannot be read as text is refused as everything else is: axum's own refusal is plain text, which
//! the SDK takes for a broken network.

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::error::ApiError;

/// The parts of the path that the route names.
pub(crate) struct Path<T>(pub T);

impl<T, S> FromRequestParts<S> for Path<T>
where
    axum::extract::Path<T>: FromRequestParts<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(named)) => Ok(Self(named)),
            Err(_) => Err(ApiError::field("path", "The path must be UTF-8.")),
        }
    }
}
