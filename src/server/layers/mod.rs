//! Everything that every request passes through, in order.

pub mod client_address;
pub mod content_security;
pub mod content_type;
pub mod fetch_metadata;
pub mod origin;
pub mod request_id;
pub mod request_log;
pub mod security_headers;
pub mod target;

use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    limit::RequestBodyLimitLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
};

use super::{
    sessions::{cookie, current, store::DatabaseSessions},
    state::AppState,
};

/// The largest body that the site's own routes take.
const BODY_BYTES: usize = 64 * 1024;
/// The longest that a request may take.
const REQUEST_TIME: Duration = Duration::from_secs(30);

/// What pages, forms and server functions have: a session, and who is signed in.
pub fn with_session(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let sessions = DatabaseSessions(state.store.clone());
    router.layer(
        ServiceBuilder::new()
            .layer(from_fn_with_state(state.clone(), cookie::secure_removal))
            .layer(cookie::layer(sessions, &state.config.http, state.config.session))
            .layer(from_fn_with_state(state.clone(), current::read)),
    )
}

/// What everything has that this server sends, in the order in which a request meets it.
pub fn around(router: Router, state: &AppState) -> Router {
    let id = HeaderName::from_static(request_id::NAME);
    router.layer(
        ServiceBuilder::new()
            .layer(from_fn_with_state(state.clone(), request_id::keep_a_proxys))
            .layer(SetRequestIdLayer::new(id.clone(), MakeRequestUuid))
            .layer(PropagateRequestIdLayer::new(id))
            .layer(from_fn_with_state(state.clone(), client_address::find))
            .layer(from_fn(request_log::trace))
            // Outside of what may panic or time out, so that these answers carry the headers too.
            .layer(from_fn_with_state(state.clone(), security_headers::add))
            .layer(from_fn_with_state(state.clone(), content_security::add))
            .layer(CatchPanicLayer::custom(|_| error_page(StatusCode::INTERNAL_SERVER_ERROR)))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIME))
            .layer(from_fn(target::check))
            .layer(from_fn_with_state(state.clone(), origin::check))
            .layer(from_fn(fetch_metadata::check))
            .layer(DefaultBodyLimit::disable())
            .layer(RequestBodyLimitLayer::new(BODY_BYTES)),
    )
}

/// The answer to what another site's page asked for.
fn refused() -> Response {
    tracing::warn!("refused a request of another origin");
    error_page(StatusCode::FORBIDDEN)
}

/// A page for when nothing else can be shown: in both languages, since the visitor's may be unknown.
pub fn error_page(status: StatusCode) -> Response {
    let (english, french) = match status {
        StatusCode::FORBIDDEN => ("This request came from another site.", "Cette requête vient d’un autre site."),
        StatusCode::SERVICE_UNAVAILABLE => (
            "The site is busy. Please try again in a moment.",
            "Le site est occupé. Veuillez réessayer dans un instant.",
        ),
        _ => ("Something went wrong. Please try again.", "Une erreur s’est produite. Veuillez réessayer."),
    };
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{english}</title><body><h1>{english}</h1><p lang=\"fr\">{french}</p><p><a href=\"/\">← Home · Accueil</a></p>"
    );
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, page).into_response()
}
