//! The visitor's network address: the peer's, or what a trusted proxy says.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};
use ipnet::IpNet;

use crate::server::state::AppState;

/// Beside every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

pub async fn find(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let address = client(peer, request.headers(), &state.config.http.trusted_proxies);
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}

/// The last address on the way that is no proxy of ours: what stands before it may be made up by the visitor.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut client = peer.to_canonical();
    // What is no text in it the visitor sent, and the proxy's own words stand behind: nothing is left out whole.
    let forwarded = headers.get_all("x-forwarded-for").iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let hops = forwarded.collect::<Vec<_>>().join(",");
    for hop in hops.rsplit(',') {
        if !is_proxy(&client, trusted) {
            break;
        }
        let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
        client = address.to_canonical();
    }
    client
}

/// Whether this is a proxy of ours.
pub fn is_proxy(address: &IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(&address.to_canonical()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(peer: &str, forwarded: &str, trusted: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let trusted: Vec<IpNet> =
            trusted.split(',').filter(|net| !net.is_empty()).map(|net| net.parse().unwrap()).collect();
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(find("192.0.2.9", "203.0.113.5", ""), "192.0.2.9");
        assert_eq!(find("10.0.0.1", "203.0.113.5", "10.0.0.0/8"), "203.0.113.5");
        assert_eq!(find("10.0.0.1", "6.6.6.6, 203.0.113.5, 10.0.0.2", "10.0.0.0/8"), "203.0.113.5");
        assert_eq!(find("10.0.0.1", "nonsense", "10.0.0.0/8"), "10.0.0.1");
    }
}
