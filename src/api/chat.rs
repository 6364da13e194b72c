//! The token road: `/api/cometchat/…`.

use leptos::server;

use super::{ApiError, codec::OptionalJson};
use crate::model::{
    token_digest::TokenDigest,
    viewer::{ChatCredentials, ChatUser},
};
use crate::server::chat::endpoint;

/// This session's chat token. The user is taken from the session only.
///
/// `rejected` names a token that the cloud has just refused (`AUTH_ERR_AUTH_TOKEN_NOT_FOUND`), by
/// [`TokenDigest::of`]: the same one is not handed out again. Without it a cached token is as good as a new one.
#[server(endpoint = "/cometchat/auth-token", prefix = "/api", input = OptionalJson, output = OptionalJson)]
pub async fn auth_token(#[server(default)] rejected: Option<TokenDigest>) -> Result<ChatCredentials, ApiError> {
    endpoint::auth_token(rejected).await
}

/// Makes sure that the session's own user exists in the cloud, as the site knows them.
#[server(endpoint = "/cometchat/create-user", prefix = "/api", input = OptionalJson, output = OptionalJson)]
pub async fn create_user() -> Result<ChatUser, ApiError> {
    endpoint::create_user().await
}
