//! A body is what its type says, or it is refused: what was written for one reader is read by no other. A form of
//! another site can send three types without asking first, and JSON is none of them.

use axum::{
    body::HttpBody,
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Lets forms pass, as browsers send them without JavaScript and with it.
pub async fn form(request: Request, next: Next) -> Response {
    check(request, next, "application/x-www-form-urlencoded").await
}

/// Lets JSON pass.
pub async fn json(request: Request, next: Next) -> Response {
    check(request, next, "application/json").await
}

/// No body needs no type.
async fn check(request: Request, next: Next, expected: &str) -> Response {
    let given = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if request.body().is_end_stream() || essence.eq_ignore_ascii_case(expected) {
        next.run(request).await
    } else {
        StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response()
    }
}
