//! The address that the client used: the emulator names itself by it, so that it works on any port and behind a proxy
//! that keeps the Host header. `X-Forwarded-Host` is not read: anybody can send one.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::header::HOST, http::request::Parts};

/// Marks requests that came by TLS to the emulator itself.
#[derive(Clone, Copy)]
pub(crate) struct Secure;

/// Where the client reached the emulator.
pub(crate) struct Address {
    /// Host and port, as the client wrote them.
    pub host: String,
    /// Whether it came by TLS, which our own TLS server or a proxy in front says: addresses that are handed out have to
    /// do the same.
    secure: bool,
}

impl Address {
    pub(crate) const fn scheme(&self) -> &'static str {
        if self.secure { "https" } else { "http" }
    }
}

impl<S: Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let header = parts.headers.get(HOST).and_then(|host| host.to_str().ok()).map(ToOwned::to_owned);
        // HTTP/2 has an authority in place of the header.
        let address = header.or_else(|| parts.uri.authority().map(ToString::to_string));
        let proxied = parts.headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
        let secure = proxied || parts.extensions.get::<Secure>().is_some();
        Ok(Self { host: address.unwrap_or_else(|| "localhost".to_owned()), secure })
    }
}
