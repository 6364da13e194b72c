//! What every answer of the site keeps to.

use std::net::SocketAddr;

use axum::{extract::ConnectInfo, routing::get};

use super::*;
use crate::{
    model::demo::DEMO_ACCOUNTS,
    server::{accounts::demo, layers},
};

#[tokio::test]
async fn an_unknown_address_is_a_404_page() {
    let site = TestSite::start().await;
    let page = site.browser().open("/nowhere").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("chat-widget"));
    assert_eq!(site.browser().call("/api/nowhere", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_carries_a_policy_with_its_own_nonce_and_no_foreign_cache_keeps_it() {
    let site = TestSite::start().await;
    let (first, second) = (site.browser().open("/").await, site.browser().open("/").await);
    let policy = first.header("content-security-policy");
    assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"));
    assert_ne!(policy, second.header("content-security-policy"));
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    let scripts = first.text.matches("<script").count();
    assert_eq!(first.text.matches(&format!("nonce=\"{nonce}\"")).count(), scripts + 1, "every script, and its preload");
    assert_eq!(first.header("x-content-type-options"), "nosniff");
    assert_eq!(first.header("referrer-policy"), "strict-origin-when-cross-origin");
    assert!(first.header("cache-control").contains("private"));
    assert_eq!(first.header("vary"), "Cookie, Accept-Language");
    let mut ada = site.signed_in("ada@example.com").await;
    assert_eq!(ada.open("/").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_page_says_which_session_it_belongs_to_and_carries_nothing_to_hydrate() {
    let site = TestSite::start().await;
    assert!(site.browser().open("/").await.text.contains("data-session=\"\""));
    let page = site.signed_in("ada@example.com").await.open("/").await;
    let session = page.text.split("data-session=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(
        !session.is_empty() && page.text.contains(&format!("session_tag&quot;:&quot;{session}&quot;")),
        "{}",
        page.text
    );
    assert!(!page.text.contains("__RESOLVED_RESOURCES"));
    let other = site.signed_in("bob@example.com").await.open("/").await;
    assert!(!other.text.contains(session));
}

#[tokio::test]
async fn another_site_can_post_nothing() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    for headers in [&[("origin", "https://evil.example")][..], &[("sec-fetch-site", "cross-site")], &[]] {
        for path in ["/api/logout", "/login", "/api/session", "/api/language"] {
            assert_eq!(ada.send(Method::POST, path, headers, "").await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    assert!(ada.is_signed_in().await);
}

#[tokio::test]
async fn the_language_is_the_browsers_until_another_is_chosen() {
    let site = TestSite::start().await;
    let mut visitor = site.browser();
    let french = visitor.send(Method::GET, "/", &[("accept-language", "fr-CA,en;q=0.5")], "").await;
    assert!(french.text.contains("<html lang=\"fr\""));
    let chosen = visitor.submit("/api/language", &[("language", "fr"), ("next", "/login?next=/x")]).await;
    assert_eq!((chosen.status, chosen.header("location")), (StatusCode::SEE_OTHER, "/login?next=/x"));
    let cookie = chosen.header("set-cookie").to_owned();
    assert!(cookie.starts_with("lang=fr;") && cookie.contains("Path=/;"), "{cookie}");
    let remembered = [("accept-language", "en"), ("cookie", cookie.split(';').next().unwrap())];
    for path in ["/", "/account/profile", "/nowhere"] {
        let page = visitor.send(Method::GET, path, &remembered, "").await;
        assert!(page.text.contains("<html lang=\"fr\""), "{path}");
    }
    let away = visitor.submit("/api/language", &[("language", "fr"), ("next", "//evil.example")]).await;
    assert_eq!(away.header("location"), "/");
    let unknown = visitor.submit("/api/language", &[("language", "tlh"), ("next", "/")]).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}

/// A handler that fails, behind all that a request passes through.
#[tokio::test]
async fn a_panic_is_a_500_page_with_every_header_and_the_site_goes_on() {
    let site = TestSite::start().await;
    let failing = Router::new().route("/", get(async || -> String { panic!("a mistake, with a secret in it") }));
    let failing = layers::around(failing, &site.state);
    let request = Request::get("/").body(Body::empty()).unwrap();
    let response = failing.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    for header in ["content-security-policy", "x-content-type-options", "referrer-policy", "x-request-id"] {
        assert!(response.headers().contains_key(header), "{header}");
    }
    let text = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let text = String::from_utf8_lossy(&text);
    assert!(text.contains("Something went wrong") && text.contains("Une erreur s’est produite"), "{text}");
    assert!(!text.contains("secret"));
    assert_eq!(site.browser().open("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn demo_accounts_are_shown_only_where_they_were_made() {
    let site = TestSite::start().await;
    assert!(!site.browser().open("/").await.text.contains(DEMO_ACCOUNTS[0].email));
    assert!(site.state.store.user_to_log_in(DEMO_ACCOUNTS[0].email).await.unwrap().is_none());
    let mut state = site.state.clone();
    state.has_demo_accounts = demo::seed(&state).await.unwrap();
    let site = TestSite { router: router(state.clone()), state, folder: site.folder };
    let page = site.browser().open("/").await;
    for account in DEMO_ACCOUNTS {
        assert!(page.text.contains(account.email) && page.text.contains(account.password));
        let fields = [("email", account.email), ("password", account.password)];
        assert_eq!(site.browser().submit("/login", &fields).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_second_start_makes_no_demo_account_again_and_changes_none() {
    let site = TestSite::start().await;
    assert!(demo::seed(&site.state).await.unwrap());
    let of = async || site.state.store.user_to_log_in(DEMO_ACCOUNTS[0].email).await.unwrap().unwrap();
    let (ada, hash) = of().await;
    site.state.store.change_profile(ada.id, "Countess", None).await.unwrap();
    assert!(demo::seed(&site.state).await.unwrap());
    let (again, same) = of().await;
    assert_eq!((again.id, again.name.as_str(), same), (ada.id, "Countess", hash));
    let (accounts,): (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM users").fetch_one(site.state.store.readers()).await.unwrap();
    assert_eq!(accounts, 2);
    // A password that is shown nowhere any more: nobody is sent to it.
    let other = site.state.passwords.hash("vixen-otter-plum".into()).await.unwrap();
    sqlx::query("UPDATE users SET password_hash = $1").bind(&other.0).execute(site.state.store.writer()).await.unwrap();
    assert!(!demo::seed(&site.state).await.unwrap());
    assert_eq!(of().await.1, other);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let site = TestSite::start().await;
    let large = "x".repeat(70_000);
    let answer = site.browser().submit("/login", &[("email", &large)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn operators_see_health_and_strangers_no_metrics() {
    let site = TestSite::start().await;
    assert_eq!(site.browser().open("/healthz").await.text, "ok");
    assert_eq!(site.browser().open("/readyz").await.status, StatusCode::OK);
    assert_eq!(site.browser().open("/metrics").await.status, StatusCode::NOT_FOUND);
    site.state.store.close().await;
    assert_eq!(site.browser().open("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn metrics_are_for_this_machine_and_not_for_whom_a_proxy_on_it_passes_on() {
    let site = TestSite::start().await;
    let status = async |forwarded: Option<&str>| {
        let mut request = Request::get("/metrics");
        if let Some(address) = forwarded {
            request = request.header("x-forwarded-for", address);
        }
        let here = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000)));
        let request = request.extension(here).body(Body::empty()).unwrap();
        site.router.clone().oneshot(request).await.unwrap().status()
    };
    assert_eq!(status(None).await, StatusCode::OK);
    assert_eq!(status(Some("203.0.113.5")).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_503_with_retry_after() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    site.state.store.close().await;
    for answer in [ada.open("/").await, ada.call("/api/cometchat/auth-token", &[]).await] {
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
    }
}

/// What only SQLite has: left out where the tests run on PostgreSQL (`scripts/test.sh`).
mod on_sqlite {
    use super::*;

    /// The disk is full or not writable any more, as far as SQLite is concerned.
    #[tokio::test]
    async fn while_nothing_can_be_written_the_site_says_so_and_who_is_signed_in_stays_so() {
        let site = TestSite::start().await;
        let mut ada = site.signed_in("ada@example.com").await;
        let bob = [("name", "Bob"), ("email", "bob@example.com"), ("password", PASSWORD)];
        let writer = site.state.store.writer();
        sqlx::query("PRAGMA query_only = ON").execute(writer).await.unwrap();
        let answer = site.browser().submit("/register", &bob).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
        assert!(ada.is_signed_in().await);
        sqlx::query("PRAGMA query_only = OFF").execute(writer).await.unwrap();
        assert_eq!(site.browser().submit("/register", &bob).await.status, StatusCode::SEE_OTHER);
    }
}
