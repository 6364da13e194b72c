//! Who asks. One router serves both APIs: the `apiKey` header makes a call an admin's, the `authToken` header a user's.

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use crate::{
    chat::actor::{Actor, Initiator, Right, active},
    cloud::{Cloud, SharedCloud},
    error::ApiError,
    hosts::Hosts,
    request::address::Address,
    store::{tokens, tokens::TokenRow},
    uid::Uid,
};

/// A call with the REST API key.
pub(crate) struct Admin;

/// A call with a user's auth token.
pub(crate) struct Login {
    pub uid: Uid,
    pub token: TokenRow,
}

/// Either side, for endpoints that both have.
pub(crate) enum Caller {
    Admin,
    /// A user with an auth token, or an admin who names a user in `onBehalfOf`.
    Viewer(Actor),
}

impl From<Caller> for Initiator {
    fn from(caller: Caller) -> Self {
        match caller {
            Caller::Admin => Self::App,
            Caller::Viewer(actor) => Self::Person(actor),
        }
    }
}

impl<S> FromRequestParts<S> for Admin
where
    SharedCloud: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let cloud = Arc::from_ref(state);
        check_app_id(&parts.headers, &cloud, false)?;
        check_api_key(&parts.headers, &cloud)?;
        Ok(Self)
    }
}

impl<S> FromRequestParts<S> for Login
where
    SharedCloud: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let cloud: SharedCloud = Arc::from_ref(state);
        check_app_id(&parts.headers, &cloud, true)?;
        let token = header(&parts.headers, "authtoken").ok_or(ApiError::EmptyAuthToken)?;
        let mut connection = cloud.store.read().await?;
        let token = tokens::find_live(&mut connection, token).await?.ok_or(ApiError::LoginGone)?;
        Ok(Self { uid: Uid::named(&token.uid), token })
    }
}

/// What a call acts as: the device is the `resource` header, the SDK's session.
impl<S> FromRequestParts<S> for Actor
where
    SharedCloud: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Caller::from_request_parts(parts, state).await? {
            Caller::Viewer(viewer) => Ok(viewer),
            Caller::Admin => Err(ApiError::field("onBehalfOf", "The onBehalfOf header is required.")),
        }
    }
}

impl<S> FromRequestParts<S> for Caller
where
    SharedCloud: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let files = files(parts, state).await;
        if header(&parts.headers, "apikey").is_none() {
            let login = Login::from_request_parts(parts, state).await?;
            let device = header(&parts.headers, "resource").unwrap_or_default().to_owned();
            return Ok(Self::Viewer(Actor { uid: login.uid, device, right: Right::Token(login.token.token), files }));
        }
        Admin::from_request_parts(parts, state).await?;
        let Some(uid) = header(&parts.headers, "onbehalfof").map(Uid::named) else { return Ok(Self::Admin) };
        let cloud: SharedCloud = Arc::from_ref(state);
        let mut connection = cloud.store.read().await?;
        active(&mut connection, &uid).await?;
        Ok(Self::Viewer(Actor { uid, device: "rest-api".into(), right: Right::Trusted, files }))
    }
}

/// The address below which the caller finds uploads.
async fn files<S>(parts: &mut Parts, state: &S) -> String
where
    SharedCloud: FromRef<S>,
    S: Send + Sync,
{
    let cloud: SharedCloud = Arc::from_ref(state);
    match Address::from_request_parts(parts, state).await {
        Ok(address) => Hosts::of(&cloud.config, &address).files,
        Err(never) => match never {},
    }
}

/// The SDK names its app in a header; a backend names it in the host, so its header may be missing, but not wrong.
fn check_app_id(headers: &HeaderMap, cloud: &Cloud, required: bool) -> Result<(), ApiError> {
    match header(headers, "appid") {
        Some(app_id) if app_id == cloud.config.app_id => Ok(()),
        Some(app_id) => Err(ApiError::InvalidAppId(app_id.chars().take(100).collect())),
        None if required => Err(ApiError::EmptyAppId),
        None => Ok(()),
    }
}

fn check_api_key(headers: &HeaderMap, cloud: &Cloud) -> Result<(), ApiError> {
    let key = header(headers, "apikey").ok_or(ApiError::EmptyApiKey)?;
    let right = cloud.config.rest_api_key.expose_secret();
    if bool::from(key.as_bytes().ct_eq(right.as_bytes())) { Ok(()) } else { Err(ApiError::ApiKeyNotFound) }
}

/// A header that is not empty.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim).filter(|value| !value.is_empty())
}
