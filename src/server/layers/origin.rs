//! Requests that change something come from this site's own pages, or are refused: no other site can act in a
//! visitor's name (CSRF).

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, Uri, header, uri::Authority},
    middleware::Next,
    response::Response,
};

use super::refused;
use crate::server::{config::HttpConfig, state::AppState};

pub async fn check(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || comes_from_here(request.headers(), request.uri(), &state.config.http) {
        next.run(request).await
    } else {
        refused()
    }
}

/// Every browser sends `Origin` with a POST; a request without it is believed only where `Sec-Fetch-Site`, which no
/// page can set, says where it comes from. One that has neither is no browser's.
fn comes_from_here(headers: &HeaderMap, uri: &Uri, http: &HttpConfig) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site");
    if site.is_some_and(|site| site != "same-origin") {
        return false;
    }
    match (text(header::ORIGIN.as_str()), &http.public_origin) {
        (Some(origin), Some(public)) => origin.eq_ignore_ascii_case(public),
        (Some(origin), None) => {
            let host = text(header::HOST.as_str()).or_else(|| uri.authority().map(Authority::as_str));
            let own = origin.split_once("://").map(|(_, host)| host);
            own.is_some() && own == host
        }
        (None, _) => site.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(public: &str, headers: &[(&'static str, &str)]) -> bool {
        let http = HttpConfig {
            most_connections: 1,
            shutdown_delay: std::time::Duration::ZERO,
            listen: ([127, 0, 0, 1], 3000).into(),
            public_origin: (!public.is_empty()).then(|| public.to_owned()),
            trusted_proxies: Vec::new(),
            metrics_public: false,
            is_watched: false,
        };
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        comes_from_here(&headers, &Uri::from_static("/login"), &http)
    }

    #[test]
    fn a_page_of_this_host_may_post() {
        assert!(allowed("", &[("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:3000")]));
        assert!(allowed(
            "https://chat.example",
            &[("host", "app:3000"), ("origin", "https://chat.example"), ("sec-fetch-site", "same-origin")]
        ));
        assert!(allowed("", &[("host", "a.example"), ("sec-fetch-site", "same-origin")]));
    }

    #[test]
    fn nobody_else_may() {
        assert!(!allowed("", &[("host", "127.0.0.1:3000")]));
        assert!(!allowed("", &[("host", "a.example"), ("origin", "https://evil.example")]));
        assert!(!allowed("", &[("host", "a.example"), ("origin", "null")]));
        assert!(!allowed(
            "",
            &[("host", "a.example"), ("origin", "http://a.example"), ("sec-fetch-site", "cross-site")]
        ));
        assert!(!allowed("", &[("host", "a.example"), ("sec-fetch-site", "same-site")]));
        assert!(!allowed("https://chat.example", &[("host", "chat.example"), ("origin", "http://chat.example")]));
    }
}
