//! Away from the site: by where a log-in leads, by the host that a request names, by where it says that it comes from.

use axum::http::{Method, StatusCode};

use super::*;

const AWAY: [&str; 14] = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "@evil.example",
    ".evil.example",
];

#[tokio::test]
async fn no_form_leads_to_another_site() {
    let site = TestSite::with(&["--registration-rate-limit", "1000/h"]).await;
    site.signed_in("ada@example.com").await;
    for (number, next) in AWAY.into_iter().enumerate() {
        let email = format!("user{number}@example.com");
        let person = [("name", "Eve"), ("email", email.as_str()), ("password", PASSWORD), ("next", next)];
        let log_in = [ADA[0], ADA[1], ("next", next)];
        let language = [("language", "fr"), ("next", next)];
        for (form, fields) in [("/login", &log_in[..]), ("/register", &person[..]), ("/api/language", &language[..])] {
            let answer = site.browser().submit(form, fields).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"), "{form} {next:?}");
        }
        let escaped: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let page = site.browser().open(&format!("/login?next={escaped}")).await;
        assert!(!page.text.contains("href=\"//") && !page.text.contains("href=\"https://evil"), "{next:?}");
        assert!(page.text.contains("href=\"/register?next=/\""), "{next:?}");
    }
}

#[tokio::test]
async fn no_host_of_a_request_stands_in_an_answer() {
    let site = TestSite::with(&["--public-origin", "http://site.test"]).await;
    let mut ada = site.signed_in("ada@example.com").await;
    let told = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-server", "evil.example"),
        ("x-host", "evil.example"),
        ("x-forwarded-proto", "gopher"),
        ("x-forwarded-prefix", "/evil.example"),
        ("x-original-url", "/account"),
        ("x-rewrite-url", "/account"),
        ("forwarded", "host=evil.example;proto=gopher"),
        ("origin", "http://site.test"),
        ("accept", "text/html"),
    ];
    for (method, path) in [
        (Method::GET, "/"),
        (Method::GET, "/account"),
        (Method::GET, "/nowhere"),
        (Method::GET, "http://evil.example/login"),
        (Method::GET, "/favicon.svg"),
        (Method::POST, "/api/language"),
        (Method::POST, "/login"),
        (Method::POST, "/api/logout"),
    ] {
        let body = if path == "/api/language" { "language=fr" } else { "" };
        let answer = ada.send(method, path, &told, body).await;
        assert!(!answer.text.contains("evil.example") && !answer.text.contains("gopher"), "{path}");
        for (name, value) in &answer.headers {
            assert!(!String::from_utf8_lossy(value.as_bytes()).contains("evil.example"), "{name} of {path}");
        }
    }
    let mut stranger = site.browser();
    let page = stranger.send(Method::GET, "/", &told, "").await;
    assert!(page.text.contains("href=\"/login"), "no header leads to another page");
}

/// Leptos would lead back there whoever asks for HTML.
#[tokio::test]
async fn where_a_request_says_that_it_comes_from_leads_nowhere() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    let told = [("origin", "http://site.test"), ("accept", "text/html"), ("referer", "https://evil.example/x")];
    for path in
        ["/api/session", "/api/cometchat/auth-token", "/api/cometchat/create-user", "/account/profile", "/api/logout"]
    {
        let answer = ada.send(Method::POST, path, &told, "").await;
        assert!(!answer.header("location").contains("evil"), "{path}: {}", answer.header("location"));
        assert_ne!(answer.status, StatusCode::FOUND, "{path}");
    }
}
