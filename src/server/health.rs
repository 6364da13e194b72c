//! What operators ask: is it alive, is it ready, what does it count.

use std::sync::atomic::Ordering;

use axum::{
    Json,
    extract::{Extension, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{layers::client_address::ClientAddress, state::AppState};

/// The process answers.
pub async fn alive() -> &'static str {
    "ok"
}

/// It can do its work: the database answers. Whether the chat cloud did lately is told beside it and decides nothing:
/// without chat the site goes on. A server that was told to end says no before it closes.
pub async fn ready(State(state): State<AppState>) -> Response {
    if state.is_ending.load(Ordering::Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "server": "ending" }))).into_response();
    }
    match state.store.ping().await {
        Ok(()) => Json(json!({ "database": "ok", "chat": chat(&state) })).into_response(),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "database": "unavailable" }))).into_response()
        }
    }
}

fn chat(state: &AppState) -> &'static str {
    match state.chat.upstream_answers() {
        Some(true) => "ok",
        Some(false) => "unavailable",
        None => "not asked",
    }
}

/// Prometheus' text, for this machine only unless configured otherwise. What a proxy on this machine passes on does not
/// come from this machine, whether the proxy is configured or not.
pub async fn metrics(
    State(state): State<AppState>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
) -> Response {
    let is_passed_on = ["x-forwarded-for", "forwarded", "via"].iter().any(|name| headers.contains_key(*name));
    if client.0.is_loopback() && !is_passed_on || state.config.http.metrics_public {
        ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], state.metrics.render()).into_response()
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}
