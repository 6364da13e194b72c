//! One's own data: to download and to delete, without JavaScript.

use axum::http::StatusCode;
use serde_json::Value;

use super::{PASSWORD, TestSite};

const CREDENTIALS: [(&str, &str); 2] = [("email", "ada@example.com"), ("password", PASSWORD)];

#[tokio::test]
async fn an_account_is_deleted_with_its_sessions_by_whoever_knows_the_password() {
    let site = TestSite::start().await;
    let mut here = site.signed_in("ada@example.com").await;
    let mut there = site.browser();
    there.submit("/login", &CREDENTIALS).await;
    for (password, status) in [("", StatusCode::UNPROCESSABLE_ENTITY), ("wrong", StatusCode::UNPROCESSABLE_ENTITY)] {
        let page = here.submit("/account/delete", &[("password", password)]).await;
        assert_eq!(page.status, status);
        assert!(page.input("password").contains("aria-invalid=\"true\""));
        let details = page.text.split("<details").skip(1).filter_map(|rest| rest.split('>').next());
        assert!(details.last().unwrap().contains(" open"), "the form is in sight");
    }
    assert!(there.is_signed_in().await);

    let answer = here.submit("/account/delete", &[("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"));
    assert_eq!(here.cookie, None);
    assert!(!there.is_signed_in().await);
    assert_eq!(site.browser().submit("/login", &CREDENTIALS).await.status, StatusCode::UNAUTHORIZED);
    let (removals,): (i64,) =
        sqlx::query_as("SELECT user_id FROM chat_removals").fetch_one(site.state.store.readers()).await.unwrap();
    assert_eq!(removals, 1);
    // The address is free, and whoever takes it is somebody else to the chat.
    let mut again = site.signed_in("ada@example.com").await;
    assert!(again.call("/api/session", &[]).await.text.contains("user_2"));
}

#[tokio::test]
async fn guesses_at_the_password_of_a_deletion_count_as_failed_log_ins() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    for _ in 0..10 {
        ada.submit("/account/delete", &[("password", "wrong")]).await;
    }
    let page = ada.submit("/account/delete", &[("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(ada.is_signed_in().await);
}

#[tokio::test]
async fn nobody_deletes_without_a_session() {
    let site = TestSite::start().await;
    let answer = site.browser().submit("/account/delete", &[("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/login?next=/account"));
}

#[tokio::test]
async fn ones_own_data_is_a_file_without_secrets_and_nobody_elses() {
    let site = TestSite::start().await;
    site.signed_in("bob@example.com").await;
    let mut ada = site.signed_in("ada@example.com").await;
    site.browser().submit("/login", &CREDENTIALS).await;
    let answer = ada.open("/account/data").await;
    assert!(answer.header("content-disposition").contains("attachment"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let data: Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!((&data["email"], &data["chat_uid"]), (&"ada@example.com".into(), &"user_2".into()));
    let sessions = data["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    assert_eq!(sessions.iter().filter(|session| session["is_this_one"] == true).count(), 1);
    assert!(sessions[0]["signed_in_at"].as_str().unwrap().ends_with('Z'));
    let id = ada.cookie.as_ref().unwrap().split_once('=').unwrap().1;
    for secret in ["argon2", "bob", id, "key"] {
        assert!(!answer.text.contains(secret), "{secret}");
    }
    assert_eq!(site.browser().open("/account/data").await.status, StatusCode::SEE_OTHER);
}
