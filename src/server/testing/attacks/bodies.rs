//! Bodies that are huge, deep, broken or of another type, and methods that mean nothing.

use axum::http::{Method, StatusCode};

use super::*;
use crate::server::chat::tests::upstream::Upstream;

const FUNCTIONS: [&str; 3] = ["/api/session", "/api/cometchat/auth-token", "/api/cometchat/create-user"];
const FORMS: [&str; 7] = [
    "/login",
    "/register",
    "/account/profile",
    "/account/password",
    "/account/delete",
    "/api/logout",
    "/api/sign-out-everywhere",
];

async fn post(browser: &mut Browser<'_>, path: &str, kind: &str, body: &str) -> Answer {
    let headers = [("origin", "http://site.test"), ("content-type", kind), ("accept", "application/json")];
    browser.send(Method::POST, path, &headers, body).await
}

#[tokio::test]
async fn huge_deep_and_broken_json_is_refused_and_reaches_nobody() {
    let cloud = Upstream::start().await;
    let site = TestSite::with_cloud(cloud.base_url().as_str(), &[]).await;
    let mut ada = site.signed_in("ada@example.com").await;
    let deep = format!("{}1{}", "[".repeat(30_000), "]".repeat(30_000));
    let deep_object = format!("{}1{}", "{\"rejected\":".repeat(5_000), "}".repeat(5_000));
    let long_number = format!("{{\"rejected\":{}}}", "9".repeat(60_000));
    let broken = [
        "{",
        "}",
        "[1]",
        "null",
        "\"",
        "{\"rejected\":\"\\ud800\"}",
        "{\"rejected\":1e999}",
        "{\"rejected\":{}}",
        "{\"rejected\":null,\"rejected\":null}",
        "{\"rejected\":\"x\"} {}",
        "\u{feff}{}",
        "{'rejected':null}",
        "\0",
        &deep,
        &deep_object,
        &long_number,
    ];
    for body in broken {
        let answer = post(&mut ada, "/api/cometchat/auth-token", "application/json", body).await;
        let shown: String = body.chars().take(40).collect();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{shown}");
        assert_eq!(answer.text, r#"{"code":"invalid","field":"request","problem":"malformed"}"#, "{shown}");
    }
    assert_eq!(cloud.state().minted, 0);
    let huge = format!("{{\"rejected\":\"{}\"}}", "x".repeat(65_536));
    for path in FUNCTIONS.iter().chain(&FORMS) {
        for kind in ["application/json", "application/x-www-form-urlencoded"] {
            assert_eq!(post(&mut ada, path, kind, &huge).await.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        }
    }
}

#[tokio::test]
async fn a_body_of_another_type_is_read_by_nobody() {
    let cloud = Upstream::start().await;
    let site = TestSite::with_cloud(cloud.base_url().as_str(), &[]).await;
    let mut ada = site.signed_in("ada@example.com").await;
    for kind in
        ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "", "json", "text/json"]
    {
        for path in FUNCTIONS {
            let answer = post(&mut ada, path, kind, "{}").await;
            assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path} as {kind}");
        }
    }
    for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x", "application/xml", ""] {
        for path in FORMS {
            let answer = post(&mut ada, path, kind, "name=Eve&avatar=&email=ada%40example.com&password=x").await;
            assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path} as {kind}");
        }
    }
    assert!(ada.is_signed_in().await);
    for kind in ["application/json", "application/json; charset=utf-8", "Application/JSON"] {
        assert_eq!(post(&mut ada, "/api/session", kind, "{}").await.status, StatusCode::OK, "{kind}");
    }
}

#[tokio::test]
async fn a_field_that_is_given_twice_nested_or_unknown_opens_nothing() {
    let site = TestSite::start().await;
    site.signed_in("ada@example.com").await;
    let form = "application/x-www-form-urlencoded";
    for body in [
        "email=ada%40example.com&password=wrong&password=vixen-otter-plum",
        "email=eve%40example.com&email=ada%40example.com&password=wrong",
        "email[]=ada%40example.com&password[]=vixen-otter-plum",
        "email[a][b][c][d][e][f][g]=ada%40example.com&password=x",
        "email[$ne]=x&password[$ne]=x",
        "email[99999999999]=x&password=x",
        "email=ada%40example.com&password=%ff%fe",
        "%&%%&=&==&&&",
        "email=ada%40example.com&admin=true&is_admin=1&password=wrong",
    ] {
        let mut browser = site.browser();
        let headers = [("origin", "http://site.test"), ("content-type", form), ("accept", "text/html")];
        let answer = browser.send(Method::POST, "/login", &headers, body).await;
        assert!(answer.status.is_client_error(), "{body}: {}", answer.status);
        assert!(browser.cookie.is_none(), "{body}");
    }
}

#[tokio::test]
async fn a_method_that_a_route_does_not_have_is_refused_and_changes_nothing() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    let made_up = Method::from_bytes(b"XYZZY").unwrap();
    let methods = [Method::PUT, Method::PATCH, Method::DELETE, Method::TRACE, Method::OPTIONS, made_up];
    for path in FUNCTIONS.iter().chain(&FORMS).chain(&["/", "/account", "/account/data", "/healthz", "/favicon.svg"]) {
        for method in &methods {
            let headers = [("origin", "http://site.test"), ("accept", "text/html"), ("x-secret", "echo")];
            let answer = ada.send(method.clone(), path, &headers, "").await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert!(!answer.text.contains("echo"), "{method} {path} says back what it was sent");
        }
    }
    for path in FUNCTIONS {
        assert_eq!(ada.open(path).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    assert!(ada.is_signed_in().await);
}
