//! Who may control the emulator: who knows its token. Where it has none, whoever reaches it, but no web page: a browser
//! says in `Origin` on whose behalf it calls, and pages of any site can call this machine.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::header::{AUTHORIZATION, ORIGIN},
    middleware::Next,
    response::{IntoResponse, Response},
};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use crate::{config::Control, error::ApiError};

/// Lets the call through, or refuses it.
pub(super) async fn admit(State(control): State<Arc<Control>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let admitted = match &control.token {
        None => !headers.contains_key(ORIGIN),
        Some(token) => {
            let named = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let named = named.strip_prefix("Bearer ").unwrap_or_default();
            bool::from(named.as_bytes().ct_eq(token.expose_secret().as_bytes()))
        }
    };
    if admitted { next.run(request).await } else { ApiError::ControlRefused.into_response() }
}
