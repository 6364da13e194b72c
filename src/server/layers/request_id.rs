//! The id under which a request stands in the log: a trusted proxy's, else one of our own. Whoever could choose it would
//! write into the log, or hide behind the id of somebody else's request.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};

use super::client_address::is_proxy;
use crate::server::state::AppState;

/// The header's name.
pub const NAME: &str = "x-request-id";
/// In bytes; a UUID has 36.
const LONGEST: usize = 64;

/// Takes away what is not to be kept; what is missing then, the next layer makes.
pub async fn keep_a_proxys(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let is_proxys = peer.is_some_and(|peer| is_proxy(&peer, &state.config.http.trusted_proxies));
    if !is_proxys || !request.headers().get(NAME).is_some_and(is_plain) {
        request.headers_mut().remove(NAME);
    }
    next.run(request).await
}

fn is_plain(id: &HeaderValue) -> bool {
    let id = id.as_bytes();
    (1..=LONGEST).contains(&id.len()) && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_and_plain() {
        let plain = |id: &'static str| is_plain(&HeaderValue::from_static(id));
        assert!(plain("0b5c6b2e-6f0e-4a0e-9a3a-1f2e3d4c5b6a") && plain("a_b.1"));
        assert!(
            !plain("")
                && !plain("a b")
                && !plain("a\"b")
                && !plain(concat!(
                    "0123456789",
                    "0123456789",
                    "0123456789",
                    "0123456789",
                    "0123456789",
                    "0123456789",
                    "01234"
                ))
        );
    }
}
