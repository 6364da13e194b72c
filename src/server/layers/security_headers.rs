//! The headers that hold for every answer, and the one that every "not now" has.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::server::state::AppState;

const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    // No other origin, a sibling sub-domain neither, loads anything of this site into a page of its own.
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        // The microphone is for voice messages, and for this site alone.
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(self), payment=(), usb=()"),
    ),
];

/// In seconds, where whoever answered did not say.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

pub async fn add(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_unavailable = response.status() == StatusCode::SERVICE_UNAVAILABLE;
    let headers = response.headers_mut();
    if is_unavailable {
        headers.entry(header::RETRY_AFTER).or_insert(RETRY_AFTER);
    }
    for (name, value) in HEADERS {
        headers.insert(name, value);
    }
    // A cache may keep some errors (404, 405, 414) by its own judgement where nobody says.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if state.config.http.is_https() {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}
