//! The address that the client used: the emulator names itself by it, so that it works on any port and behind a proxy
//! that keeps the Host header. `X-Forwarded-Host` is not read: anybody can send one.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::header::HOST, http::request::Parts};

/// Host and port, as the client wrote them.
pub(crate) struct Address(pub String);

impl<S: Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let header = parts.headers.get(HOST).and_then(|host| host.to_str().ok()).map(ToOwned::to_owned);
        // HTTP/2 has an authority in place of the header.
        let address = header.or_else(|| parts.uri.authority().map(ToString::to_string));
        Ok(Self(address.unwrap_or_else(|| "localhost".to_owned())))
    }
}
