//! What a request is for is a path of this site. The other forms that HTTP knows, an authority (CONNECT) and an asterisk
//! (OPTIONS), are for proxies and for nobody here; no handler has to expect them.

use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};

pub async fn check(request: Request, next: Next) -> Response {
    if request.uri().path().starts_with('/') {
        next.run(request).await
    } else {
        StatusCode::BAD_REQUEST.into_response()
    }
}
