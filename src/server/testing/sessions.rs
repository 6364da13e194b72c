//! Sessions: their cookie, their life and their end.

use axum::http::{Method, StatusCode};

use super::{PASSWORD, TestSite};
use crate::server::{clock, store::sessions::Ending};

const CREDENTIALS: [(&str, &str); 2] = [("email", "ada@example.com"), ("password", PASSWORD)];

#[tokio::test]
async fn the_cookie_is_secure_behind_https_and_its_id_is_not_in_the_database() {
    let site = TestSite::with(&["--public-origin", "https://chat.example"]).await;
    let headers = [("origin", "https://chat.example"), ("accept", "text/html")];
    let body = "name=Ada&email=ada%40example.com&password=vixen-otter-plum";
    let mut browser = site.browser();
    let answer = browser.send(Method::POST, "/register", &headers, body).await;
    let cookie = answer.header("set-cookie");
    for part in ["__Host-session=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(answer.header("strict-transport-security").contains("max-age"));
    let id = browser.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    let keys: Vec<(String,)> =
        sqlx::query_as("SELECT key FROM sessions").fetch_all(site.state.store.readers()).await.unwrap();
    assert_eq!(keys.len(), 1);
    assert!(!keys[0].0.contains(&id) && keys[0].0.len() == 64);
}

#[tokio::test]
async fn logging_out_behind_https_removes_the_cookie_as_it_was_set() {
    let site = TestSite::with(&["--public-origin", "https://chat.example"]).await;
    let headers = [("origin", "https://chat.example"), ("accept", "text/html")];
    let body = "name=Ada&email=ada%40example.com&password=vixen-otter-plum";
    let mut browser = site.browser();
    browser.send(Method::POST, "/register", &headers, body).await;
    let answer = browser.send(Method::POST, "/api/logout", &headers, "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let removals: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert_eq!(removals.len(), 1, "{removals:?}");
    // RFC 6265bis, section 4.1.3.2: a `__Host-` cookie has `Secure`, `Path=/` and no `Domain`.
    for part in ["__Host-session=;", "Secure", "Path=/", "Max-Age=0"] {
        assert!(removals[0].contains(part), "{part} in {}", removals[0]);
    }
    assert!(!removals[0].contains("Domain"));
}

#[tokio::test]
async fn a_visitor_who_does_not_sign_in_gets_no_session() {
    let site = TestSite::start().await;
    let mut visitor = site.browser();
    assert_eq!(visitor.open("/").await.header("set-cookie"), "");
    visitor.submit("/login", &[("email", "a@example.com"), ("password", "wrong-wrong")]).await;
    assert_eq!(visitor.cookie, None);
}

#[tokio::test]
async fn signing_in_again_is_another_session_and_ends_the_old_one() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    let old = ada.cookie.clone();
    ada.submit("/login", &CREDENTIALS).await;
    assert_ne!(ada.cookie, old);
    assert!(ada.is_signed_in().await);
    ada.cookie = old;
    assert!(!ada.is_signed_in().await);
}

#[tokio::test]
async fn logging_out_ends_this_session_and_no_other() {
    let site = TestSite::start().await;
    let mut here = site.signed_in("ada@example.com").await;
    let mut there = site.browser();
    there.submit("/login", &CREDENTIALS).await;
    let cookie = here.cookie.clone();
    let answer = here.submit("/api/logout", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"));
    assert_eq!(here.cookie, None);
    here.cookie = cookie;
    assert!(!here.is_signed_in().await);
    assert!(there.is_signed_in().await);
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_of_them() {
    let site = TestSite::start().await;
    let mut here = site.signed_in("ada@example.com").await;
    let mut there = site.browser();
    there.submit("/login", &CREDENTIALS).await;
    here.submit("/api/sign-out-everywhere", &[]).await;
    assert!(!here.is_signed_in().await && !there.is_signed_in().await);
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_needs_the_old_one() {
    let site = TestSite::start().await;
    let mut here = site.signed_in("ada@example.com").await;
    let mut there = site.browser();
    there.submit("/login", &CREDENTIALS).await;
    let wrong =
        here.submit("/account/password", &[("current_password", "x"), ("new_password", "maple-quartz-9")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(there.is_signed_in().await);
    let fields = [("current_password", PASSWORD), ("new_password", "maple-quartz-9")];
    assert_eq!(here.submit("/account/password", &fields).await.status, StatusCode::SEE_OTHER);
    assert!(here.is_signed_in().await);
    assert!(!there.is_signed_in().await);
    assert_eq!(there.submit("/login", &CREDENTIALS).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_expired_session_is_none() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    let past = clock::seconds() - 1;
    sqlx::query("UPDATE sessions SET expires_at = $1").bind(past).execute(site.state.store.writer()).await.unwrap();
    assert!(!ada.is_signed_in().await);
    assert_eq!(site.state.sessions.end(&Ending::ExpiredAt(clock::seconds())).await.unwrap(), 1);
}

#[tokio::test]
async fn a_session_is_prolonged_only_when_a_good_part_of_its_idle_time_is_gone() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    assert_eq!(ada.open("/").await.header("set-cookie"), "");
    let day = 24 * 60 * 60;
    let soon = clock::seconds() + day;
    sqlx::query("UPDATE sessions SET expires_at = $1").bind(soon).execute(site.state.store.writer()).await.unwrap();
    assert!(ada.open("/").await.header("set-cookie").starts_with("session="));
    let (expires,): (i64,) =
        sqlx::query_as("SELECT expires_at FROM sessions").fetch_one(site.state.store.readers()).await.unwrap();
    assert!(expires > soon + 5 * day);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_that_a_password_change_overtakes_begins_no_session() {
    let site = TestSite::start().await;
    site.signed_in("ada@example.com").await;
    let store = &site.state.store;
    // A hash like any other: the log-in may come to verify the new one.
    let changed = site.state.passwords.hash("quince-heron-slate".to_owned().into()).await.unwrap();
    let log_in = async { site.browser().submit("/login", &CREDENTIALS).await };
    let change = async {
        // The attempt is counted; the password is being verified.
        while sqlx::query("SELECT 1 FROM rate_events WHERE bucket LIKE 'login account %'")
            .fetch_optional(store.readers())
            .await
            .unwrap()
            .is_none()
        {
            tokio::task::yield_now().await;
        }
        let mut transaction = store.writer().begin().await.unwrap();
        let update = sqlx::query("UPDATE users SET password_hash = $1").bind(&changed.0);
        update.execute(&mut *transaction).await.unwrap();
        sqlx::query("DELETE FROM sessions").execute(&mut *transaction).await.unwrap();
        transaction.commit().await.unwrap();
    };
    let (answer, ()) = tokio::join!(log_in, change);
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let sessions: Option<(String,)> =
        sqlx::query_as("SELECT key FROM sessions").fetch_optional(store.readers()).await.unwrap();
    assert_eq!(sessions, None);
}
