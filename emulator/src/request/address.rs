//! The address that the client used: the emulator names itself by it, so that it works on any port and behind a proxy
//! that keeps the Host header. `X-Forwarded-Host` is not read: anybody can send one.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::header::HOST, http::request::Parts};

/// Where the client reached the emulator.
pub(crate) struct Address {
    /// Host and port, as the client wrote them.
    pub host: String,
    /// Whether it came by TLS, which a proxy in front says: addresses that are handed out have to do the same.
    secure: bool,
}

impl Address {
    /// The address below which everything lies, with the path under which the emulator is mounted.
    pub(crate) fn base(&self, mount_path: &str) -> String {
        format!("{}://{}{mount_path}", if self.secure { "https" } else { "http" }, self.host)
    }
}

impl<S: Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let header = parts.headers.get(HOST).and_then(|host| host.to_str().ok()).map(ToOwned::to_owned);
        // HTTP/2 has an authority in place of the header.
        let address = header.or_else(|| parts.uri.authority().map(ToString::to_string));
        let secure = parts.headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
        Ok(Self { host: address.unwrap_or_else(|| "localhost".to_owned()), secure })
    }
}
