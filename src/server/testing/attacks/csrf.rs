//! Another site acts in a visitor's name: by a form, by a script, from a sibling sub-domain. The cookie is sent in all of
//! these tests, as if the browser had no `SameSite`.

use axum::http::{Method, StatusCode};

use super::*;

const CHANGES: [&str; 11] = [
    "/register",
    "/login",
    "/account/profile",
    "/account/password",
    "/account/delete",
    "/api/logout",
    "/api/sign-out-everywhere",
    "/api/language",
    "/api/session",
    "/api/cometchat/auth-token",
    "/api/cometchat/create-user",
];

async fn refused(site: &TestSite, headers: &[(&str, &str)]) {
    let mut ada = site.signed_in(&format!("{}@example.com", rand::random::<u32>())).await;
    for path in CHANGES {
        for (kind, body) in [
            ("application/x-www-form-urlencoded", "name=Eve&avatar="),
            ("text/plain", "{\"a\":\"=\"}"),
            ("multipart/form-data; boundary=x", "--x--"),
            ("application/json", "{}"),
        ] {
            let headers = [headers, &[("content-type", kind), ("accept", "text/html")]].concat();
            let answer = ada.send(Method::POST, path, &headers, body).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} as {kind} with {headers:?}");
            assert_eq!(answer.header("set-cookie"), "", "{path}");
        }
    }
    assert!(ada.is_signed_in().await);
    assert!(ada.open("/account").await.input("name").contains("value=\"Ada\""));
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let site = TestSite::start().await;
    refused(&site, &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")]).await;
    refused(&site, &[("origin", "https://evil.example")]).await;
    // A sandboxed frame, or a redirect on the way.
    refused(&site, &[("origin", "null")]).await;
}

#[tokio::test]
async fn a_script_of_another_site_changes_nothing() {
    let site = TestSite::start().await;
    for mode in ["cors", "no-cors"] {
        let fetch = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", mode)];
        refused(&site, &fetch).await;
    }
}

#[tokio::test]
async fn a_sibling_sub_domain_changes_nothing() {
    let site = TestSite::start().await;
    for origin in ["http://evil.site.test", "http://test", "http://site.test:8080", "http://site.test.evil.example"] {
        refused(&site, &[("origin", origin)]).await;
    }
    // What belongs to the same registrable domain is still another origin.
    refused(&site, &[("sec-fetch-site", "same-site")]).await;
    refused(&site, &[("origin", "http://site.test"), ("sec-fetch-site", "same-site")]).await;
}

#[tokio::test]
async fn a_sibling_sub_domain_cannot_plant_a_cookie_behind_https() {
    let site = TestSite::with(&["--public-origin", "https://chat.example"]).await;
    let mut browser = site.browser();
    let headers = [("origin", "https://chat.example"), ("accept", "text/html")];
    let body = "name=Ada&email=ada%40example.com&password=vixen-otter-plum";
    let registered = browser.send(Method::POST, "/register", &headers, body).await;
    let language = browser.send(Method::POST, "/api/language", &headers, "language=fr").await;
    for answer in [registered, language] {
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            // RFC 6265bis, section 4.1.3.2: no other host can set it.
            assert!(
                cookie.starts_with("__Host-") && cookie.contains("Secure") && cookie.contains("HttpOnly"),
                "{cookie}"
            );
            assert!(cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
        }
        assert!(answer.headers.contains_key("set-cookie"));
    }
    // The plain names, which a sibling can set, mean nothing.
    let id = browser.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    browser.cookie = Some(format!("session={id}; lang=fr"));
    let page = browser.open("/account").await;
    assert!(!page.text.contains("ada@example.com") && page.text.contains("<html lang=\"en\""));
}

#[tokio::test]
async fn a_method_in_a_header_or_a_field_is_ignored() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    let overridden = [("x-http-method-override", "POST"), ("x-method-override", "POST"), ("x-http-method", "POST")];
    for path in CHANGES {
        ada.send(Method::GET, &format!("{path}?_method=POST&name=Eve"), &overridden, "").await;
    }
    assert!(ada.is_signed_in().await);
    assert!(ada.open("/account").await.input("name").contains("value=\"Ada\""));
}

#[tokio::test]
async fn no_other_origin_is_let_in_by_cors() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    for origin in ["https://evil.example", "null", "http://evil.site.test", "http://site.test"] {
        for path in CHANGES.iter().chain(&["/", "/account/data", "/favicon.svg", "/healthz"]) {
            let preflight = [
                ("origin", origin),
                ("access-control-request-method", "POST"),
                ("access-control-request-headers", "content-type"),
            ];
            for method in [Method::OPTIONS, Method::GET] {
                let answer = ada.send(method, path, &preflight, "").await;
                let allowed = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
                assert_eq!(allowed, None, "{path} for {origin}");
            }
        }
    }
}
