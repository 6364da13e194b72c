//! The Content-Security-Policy: scripts run by this answer's nonce only.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{model::settings::Cloud, server::state::AppState};

/// The nonce of one answer, beside its request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageNonce(pub String);

pub async fn add(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let nonce = STANDARD.encode(rand::random::<[u8; 16]>());
    request.extensions_mut().insert(PageNonce(nonce.clone()));
    let mut response = next.run(request).await;
    let reload_port = state.config.http.is_watched.then_some(state.leptos.reload_port);
    if let Ok(policy) = HeaderValue::from_str(&policy(&nonce, &state.config.chat.cloud, reload_port)) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The policy, each directive with its reason.
fn policy(nonce: &str, cloud: &Cloud, reload_port: Option<u32>) -> String {
    let connect = connect_sources(cloud, reload_port);
    [
        // What is not named below is not needed.
        "default-src 'none'".to_owned(),
        // The page's own scripts by nonce, what they load (the SDK) by their trust, and WebAssembly.
        format!("script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"),
        "style-src 'self'".to_owned(),
        // Pictures of people stand at any https address.
        // What a visitor is about to send is shown from the page's own memory.
        "img-src 'self' https: data: blob:".to_owned(),
        media_sources(cloud),
        "font-src 'self'".to_owned(),
        connect,
        "manifest-src 'self'".to_owned(),
        "form-action 'self'".to_owned(),
        "base-uri 'none'".to_owned(),
        "frame-ancestors 'none'".to_owned(),
        "object-src 'none'".to_owned(),
        // Text becomes markup or the address of a script by two policies alone: that of the page's start
        // (`assets/trusted_types.js`), and the binding's for the SDK (`sdk/bridge.js`).
        "require-trusted-types-for 'script'".to_owned(),
        "trusted-types default leptos-cometchat".to_owned(),
    ]
    .join("; ")
}

/// Films and sounds come from the cloud's media hosts alone, and what is about to be sent from the page's own memory.
fn media_sources(cloud: &Cloud) -> String {
    let mut sources = vec!["media-src 'self' blob:".to_owned()];
    sources.extend(cloud.media_hosts());
    sources.join(" ")
}

/// Our own server, and the hosts of a real cloud: REST, socket and media as CometChat's network allowlist names them.
fn connect_sources(cloud: &Cloud, reload_port: Option<u32>) -> String {
    let mut sources = vec!["connect-src 'self'".to_owned()];
    let Cloud { app_id, region } = cloud;
    if !cloud.is_local() {
        // Host names are in lower case, whatever the dashboard shows.
        let app_id = app_id.to_ascii_lowercase();
        for family in ["cometchat.io", "cc-cluster-2.io", "cc-edge-2.io"] {
            sources
                .push(format!("https://{app_id}.apiclient-{region}.{family} https://{app_id}.api-{region}.{family}"));
            sources.push(format!("wss://{app_id}.websocket-{region}.{family} https://metrics-{region}.{family}"));
        }
        sources.extend(cloud.media_hosts());
    }
    // `cargo leptos watch` tells pages to reload over a socket of its own port.
    sources.extend(reload_port.map(|port| format!("ws://127.0.0.1:{port} ws://localhost:{port}")));
    sources.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unsafe_is_allowed() {
        let cloud = Cloud { app_id: "emuapp".into(), region: "local".into() };
        let policy = policy("abc", &cloud, None);
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert!(policy.contains("connect-src 'self';"), "{policy}");
        assert!(policy.contains("'nonce-abc'"));
    }

    #[test]
    fn a_real_cloud_is_reached_at_its_own_hosts_only() {
        let cloud = Cloud { app_id: "123ABC".into(), region: "eu".into() };
        let sources = connect_sources(&cloud, Some(3001));
        assert!(sources.contains("wss://123abc.websocket-eu.cometchat.io"));
        assert!(sources.contains("ws://127.0.0.1:3001"));
        assert!(!sources.contains('*'));
        assert_eq!(
            media_sources(&cloud),
            "media-src 'self' blob: https://media-eu.cometchat.io https://files-eu.cometchat.io https://data-eu.cometchat.io"
        );
    }
}
