//! Whose conversation a path means: `/users/{uid}/…` or `/groups/{guid}/…`. The handlers behind both are the same.

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};

use crate::{error::ApiError, guid::Guid, peer::Peer, uid::Uid};

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let named = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::field("path", "The path must be UTF-8."))?;
        for (name, value) in &named {
            match name {
                "uid" => return Ok(Self::User(Uid::named(value))),
                "guid" => return Ok(Self::Group(Guid::named(value))),
                _ => {}
            }
        }
        Err(ApiError::UnknownEndpoint)
    }
}
