//! A cache between a visitor and the site: it keeps nothing that is somebody's, and gives nobody another one's page.

use axum::http::{Method, StatusCode};

use super::*;

/// The static files have their own names by their content (`assets/caching`), and are the only exception.
#[tokio::test]
async fn no_cache_keeps_an_answer_that_is_not_a_static_file() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    for (what, answer) in one_of_each(&mut ada).await {
        let control = answer.header("cache-control");
        let is_file = what.contains("/favicon.svg") || what.contains("/pkg/");
        let expected = if is_file { "no-cache" } else { "no-store" };
        assert_eq!(control, expected, "{what}");
    }
    for (what, answer) in one_of_each(&mut site.browser()).await {
        let control = answer.header("cache-control");
        assert!(["no-store", "no-cache", "private, no-cache"].contains(&control), "{what}: {control}");
    }
}

#[tokio::test]
async fn a_page_says_what_it_depends_on() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    for path in ["/", "/login", "/account", "/nowhere"] {
        for answer in [ada.open(path).await, site.browser().open(path).await] {
            assert_eq!(answer.header("vary"), "Cookie, Accept-Language", "{path}");
        }
    }
    let file = site.browser().open("/favicon.svg").await;
    assert_eq!(file.header("vary"), "accept-encoding");
}

/// Cache deception: a private page under an address that a cache takes for a file.
#[tokio::test]
async fn a_private_page_under_a_files_address_is_not_that_page() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    for path in [
        "/account/x.css",
        "/account.css",
        "/account%2f..%2ffavicon.svg",
        "/account;.js",
        "/account/data/x.js",
        "/account/data%0a.css",
        "/account/data%3f.css",
        "/pkg/..%2faccount",
        "/account/..%2fpkg/app.0123456789abcdef.js",
    ] {
        let answer = ada.open(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text.contains("ada@example.com"), "{path}");
        assert!(["no-store", "no-cache"].contains(&answer.header("cache-control")), "{path}");
    }
}

/// Cache poisoning: what no cache counts as part of the address changes nothing in the answer.
#[tokio::test]
async fn a_header_that_no_cache_looks_at_changes_no_page() {
    let site = TestSite::with(&["--public-origin", "http://site.test"]).await;
    let ask = async |headers: &[(&str, &str)]| {
        let answer = site.browser().send(Method::GET, "/login", headers, "").await;
        let nonce = answer.header("content-security-policy").split("'nonce-").nth(1).unwrap().to_owned();
        answer.text.replace(nonce.split('\'').next().unwrap(), "…")
    };
    let plain = ask(&[]).await;
    for name in [
        "host",
        "origin",
        "referer",
        "user-agent",
        "x-forwarded-host",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-original-url",
        "x-rewrite-url",
        "x-http-method-override",
        "accept",
        "range",
        "if-none-match",
        "x-request-id",
        "via",
    ] {
        assert_eq!(ask(&[(name, "evil.example/\"><script>")]).await, plain, "{name}");
    }
}
