//! What the SDK tells about itself: sessions, and the analytics ping that is switched off in the settings.

use axum::{extract::State, http::HeaderMap};
use serde_json::json;

use crate::{
    cloud::SharedCloud,
    error::ApiError,
    render::list::Data,
    request::{
        body::Body,
        caller::{Login, header},
    },
    store::tokens,
};

/// `POST /user_sessions`: echoing the session id keeps SDK 4.2.0 from asking again.
pub(crate) async fn create(_login: Login, Body(body): Body) -> Result<Data, ApiError> {
    let id = body.get("sessionId").ok_or_else(|| ApiError::field("sessionId", "The sessionId field is required."))?;
    Ok(Data(json!({ "sessionId": id })))
}

/// `POST /v1/ping`: whether the log-in still lives.
pub(crate) async fn ping(State(cloud): State<SharedCloud>, headers: HeaderMap) -> Result<Data, ApiError> {
    let jwt = header(&headers, "authorization").map(|text| text.trim_start_matches("Bearer ")).unwrap_or_default();
    let mut connection = cloud.store.read().await?;
    match tokens::find_live_by_jwt(&mut connection, jwt).await? {
        Some(_) => Ok(Data(json!({ "success": true }))),
        None => Err(ApiError::NoAuth),
    }
}
