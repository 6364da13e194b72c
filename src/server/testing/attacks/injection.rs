//! What people type becomes a line of a log, a header, or markup. It stays text.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode},
};
use tower::ServiceExt;

use super::*;
use crate::server::testing::log::Log;

/// On one thread, so that the log holds everything.
#[tokio::test]
async fn no_name_writes_a_line_of_the_log() {
    let log = Log::listen();
    let site = TestSite::start().await;
    let forged = "2026-01-01T00:00:00Z  INFO audit: signed in uid=user_1";
    for name in [format!("Ada\r\n{forged}"), format!("Ada\n{forged}"), format!("\u{1b}[2K\r{forged}")] {
        let fields = [("name", name.as_str()), ("email", "ada@example.com"), ("password", PASSWORD)];
        let page = site.browser().submit("/register", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let wrong = [("email", name.as_str()), ("password", "wrong-wrong")];
        assert_eq!(site.browser().submit("/login", &wrong).await.status, StatusCode::UNAUTHORIZED);
    }
    for path in ["/%0d%0a2026-01-01T00:00:00Z%20%20INFO%20audit:%20signed%20in", "/%1b%5b2K"] {
        site.browser().open(path).await;
    }
    let text = log.text();
    assert!(text.contains("answered"));
    let line = text.lines().find(|line| line.trim_start_matches('\r').starts_with("2026-01-01T00:00:00Z"));
    assert_eq!(line, None);
    assert!(!text.contains('\u{1b}') && !text.contains('\r'));
}

#[tokio::test]
async fn the_id_in_the_log_is_a_trusted_proxys_or_our_own() {
    let site = TestSite::with(&["--trusted-proxies", "10.0.0.0/8"]).await;
    let id = async |peer: [u8; 4], id: &str| {
        let request = Request::get("/healthz").header("x-request-id", id);
        let request = request.extension(ConnectInfo(SocketAddr::from((peer, 40_000)))).body(Body::empty()).unwrap();
        let response = site.router.clone().oneshot(request).await.unwrap();
        response.headers()["x-request-id"].to_str().unwrap().to_owned()
    };
    assert_eq!(id([10, 0, 0, 1], "trace-1").await, "trace-1");
    assert_ne!(id([192, 0, 2, 9], "trace-1").await, "trace-1");
    let long = "x".repeat(65);
    for hostile in ["a b", "a\" uid=\"user_1", "{}", &long] {
        assert_ne!(id([10, 0, 0, 1], hostile).await, hostile);
    }
}

#[tokio::test]
async fn nothing_that_is_typed_becomes_a_header() {
    let site = TestSite::start().await;
    site.signed_in("ada@example.com").await;
    let evil = "/\r\nSet-Cookie: session=planted\r\n\r\n<script>alert(1)</script>";
    let log_in = [ADA[0], ADA[1], ("next", evil)];
    for (form, fields) in
        [("/login", &log_in[..]), ("/api/language", &[("language", "fr\r\nX-Evil: 1"), ("next", evil)][..])]
    {
        let answer = site.browser().submit(form, fields).await;
        for value in answer.headers.values() {
            assert!(!String::from_utf8_lossy(value.as_bytes()).contains("planted"), "{form}");
        }
        assert!(!answer.headers.contains_key("x-evil") && !answer.text.contains("<script>alert"), "{form}");
    }
}

const MARKUP: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></textarea></template><svg onload=alert(1)>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
];

/// The tags of a page that come from what was typed: an `<` that is ours is never followed by these.
fn has_markup(page: &str) -> bool {
    ["<script>alert", "<img src=x", "<svg onload", "</template><svg"].iter().any(|markup| page.contains(markup))
}

#[tokio::test]
async fn markup_in_a_name_or_a_form_stays_text_on_every_page() {
    let site = TestSite::with(&["--registration-rate-limit", "1000/h"]).await;
    for (number, markup) in MARKUP.into_iter().enumerate() {
        let email = format!("user{number}@example.com");
        let mut eve = site.browser();
        let fields = [("name", markup), ("email", email.as_str()), ("password", PASSWORD)];
        assert_eq!(eve.submit("/register", &fields).await.status, StatusCode::SEE_OTHER, "{markup}");
        for path in ["/", "/account", "/nowhere"] {
            let page = eve.open(path).await;
            assert!(!has_markup(&page.text), "{markup} on {path}");
            // What the widget is told is data in an attribute.
            assert!(page.text.contains("session_tag&quot;"), "{path}");
        }
        // Escaped once: shown as it was typed.
        let shown = eve.open("/account").await.input("name").to_owned();
        let escaped = markup.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let value = escaped.split('>').next().unwrap().to_owned();
        assert!(shown.contains(&value), "{shown}");
        let refused = [("email", markup), ("password", "x"), ("next", markup)];
        for form in ["/login", "/register"] {
            assert!(!has_markup(&site.browser().submit(form, &refused).await.text), "{markup} in {form}");
        }
    }
}

#[tokio::test]
async fn a_picture_is_an_https_address_and_nothing_that_runs() {
    let site = TestSite::start().await;
    let mut eve = site.signed_in("eve@example.com").await;
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:image/svg+xml,<svg onload=alert(1)>",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "blob:https://site.test/x",
        "//evil.example/x.png",
        "/account/data",
        "https://user:password@evil.example/",
        "https://",
        "http://evil.example/x.png",
        "\tjavascript:alert(1)",
    ] {
        let page = eve.submit("/account/profile", &[("name", "Eve"), ("avatar", address)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
    }
    let quoted = "https://example.com/\"onerror=alert(1)\u{a0}<x>.png";
    assert_eq!(
        eve.submit("/account/profile", &[("name", "Eve"), ("avatar", quoted)]).await.status,
        StatusCode::SEE_OTHER
    );
    let input = eve.open("/account").await.input("avatar").to_owned();
    assert!(input.contains("https://example.com/%22onerror"), "{input}");
}

/// Bound as values, whatever they are.
#[tokio::test]
async fn quotes_and_comments_of_sql_are_values() {
    let site = TestSite::with(&["--registration-rate-limit", "1000/h"]).await;
    site.signed_in("ada@example.com").await;
    let statement = "'); DROP TABLE users; --";
    let mut eve = site.browser();
    let fields = [("name", statement), ("email", "o'or'1@example.com"), ("password", PASSWORD)];
    assert_eq!(eve.submit("/register", &fields).await.status, StatusCode::SEE_OTHER);
    assert!(eve.open("/account").await.input("name").contains("DROP TABLE"));
    for email in ["' OR '1'='1", "ada@example.com' --", "ada@example.com'/*", "%", "_"] {
        let answer = site.browser().submit("/login", &[("email", email), ("password", "x")]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{email}");
    }
    let (people,): (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM users").fetch_one(site.state.store.readers()).await.unwrap();
    assert_eq!(people, 2);
}
