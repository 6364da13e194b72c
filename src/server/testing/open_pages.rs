//! What an open page hears of its session.

use std::time::{Duration, Instant};

use axum::{
    body::BodyDataStream,
    http::{Method, StatusCode},
};
use futures_util::StreamExt;

use super::{Browser, PASSWORD, TestSite};
use crate::server::{
    clock,
    commands::{Action, Command, run_on},
    start,
    store::sessions::Ending,
};

const CREDENTIALS: [(&str, &str); 2] = [("email", "ada@example.com"), ("password", PASSWORD)];

/// A page's stream of events.
struct Page(BodyDataStream);

impl Page {
    /// Of this browser's page, as its script asks for it.
    async fn open(browser: &mut Browser<'_>) -> Self {
        let html = browser.open("/").await.text;
        let tag = html.split("data-session=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        Self::asking(browser, &tag).await
    }

    async fn asking(browser: &mut Browser<'_>, tag: &str) -> Self {
        let response = browser.answer(Method::GET, &format!("/api/session/events?session={tag}"), &[], "").await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Self(response.into_body().into_data_stream())
    }

    /// The next word; none at the end. It has to come within two seconds.
    async fn hears(&mut self) -> Option<String> {
        let chunk = tokio::time::timeout(Duration::from_secs(2), self.0.next()).await.expect("nothing was said");
        let text = String::from_utf8(chunk?.unwrap().to_vec()).unwrap();
        Some(text.trim().strip_prefix("data: ").unwrap().to_owned())
    }

    async fn hears_the_end(&mut self) {
        assert_eq!(self.hears().await.as_deref(), Some("ended"));
        assert_eq!(self.hears().await, None);
    }
}

#[tokio::test]
async fn every_page_of_a_session_hears_at_once_that_it_has_ended_and_no_other_does() {
    let site = TestSite::start().await;
    let mut here = site.signed_in("ada@example.com").await;
    let mut there = site.browser();
    there.submit("/login", &CREDENTIALS).await;
    let (mut one, mut two, mut other) =
        (Page::open(&mut here).await, Page::open(&mut here).await, Page::open(&mut there).await);
    here.submit("/api/logout", &[]).await;
    one.hears_the_end().await;
    two.hears_the_end().await;
    there.submit("/api/sign-out-everywhere", &[]).await;
    other.hears_the_end().await;
}

#[tokio::test]
async fn what_an_administrator_or_another_server_ends_is_heard_within_two_seconds() {
    let site = TestSite::start().await;
    let _background = start::background(&site.state);
    for user in ["ADA@example.com", "1", "user_1"] {
        let mut ada = site.browser();
        if !ada.submit("/login", &CREDENTIALS).await.status.is_redirection() {
            ada = site.signed_in("ada@example.com").await;
        }
        let mut page = Page::open(&mut ada).await;
        let started = Instant::now();
        let sign_out = Command::Admin { action: Action::SignOut { user: user.into() } };
        assert!(run_on(&site.state.store, sign_out).await.unwrap().contains("1 sessions ended"), "{user}");
        page.hears_the_end().await;
        assert!(started.elapsed() < Duration::from_secs(2));
        assert!(!ada.is_signed_in().await);
    }
    let nobody = Command::Admin { action: Action::SignOut { user: "eve@example.com".into() } };
    assert!(run_on(&site.state.store, nobody).await.unwrap_err().to_string().contains("eve@example.com"));
}

#[tokio::test]
async fn a_session_whose_time_is_over_is_over_for_its_open_pages_too() {
    let site = TestSite::start().await;
    let _background = start::background(&site.state);
    let mut ada = site.signed_in("ada@example.com").await;
    let mut page = Page::open(&mut ada).await;
    let past = clock::seconds() - 1;
    sqlx::query("UPDATE sessions SET expires_at = $1").bind(past).execute(site.state.store.writer()).await.unwrap();
    page.hears_the_end().await;
}

#[tokio::test]
async fn a_page_that_asks_late_or_with_another_sessions_cookie_is_told_at_once() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    Page::asking(&mut ada, "0123456789abcdef").await.hears_the_end().await;
    Page::asking(&mut site.browser(), "0123456789abcdef").await.hears_the_end().await;
}

#[tokio::test]
async fn a_token_of_half_its_age_is_to_be_renewed_which_is_said_once() {
    let site = TestSite::start().await;
    let _background = start::background(&site.state);
    let mut ada = site.signed_in("ada@example.com").await;
    let mut page = Page::open(&mut ada).await;
    let half_a_day_ago = clock::seconds() - 12 * 60 * 60 - 1;
    sqlx::query(
        "INSERT INTO chat_tokens (id, user_id, session_key, digest, minted_at, state) \
         SELECT 'old', user_id, key, '00000000000000000000000000000000', $1, 'live' FROM sessions",
    )
    .bind(half_a_day_ago)
    .execute(site.state.store.writer())
    .await
    .unwrap();
    assert_eq!(page.hears().await.as_deref(), Some("renew"));
    // A page that opens meanwhile is told too, and the first one is not told again: what it hears next is the end.
    assert_eq!(Page::open(&mut ada).await.hears().await.as_deref(), Some("renew"));
    site.state.sessions.end(&Ending::ExpiredAt(i64::MAX)).await.unwrap();
    page.hears_the_end().await;
}

#[tokio::test]
async fn a_server_that_goes_down_ends_the_streams_without_a_word() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    let mut page = Page::open(&mut ada).await;
    site.state.open_pages.close();
    assert_eq!(page.hears().await, None);
    let tag = "0123456789abcdef";
    let path = format!("/api/session/events?session={tag}");
    assert_eq!(ada.open(&path).await.text.trim(), "data: ended", "it is another session's");
}

#[tokio::test]
async fn only_pages_of_somebody_who_is_signed_in_listen() {
    let site = TestSite::start().await;
    assert!(!site.browser().open("/").await.text.contains("EventSource"));
    assert!(site.signed_in("ada@example.com").await.open("/").await.text.contains("EventSource"));
}
