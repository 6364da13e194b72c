//! Somebody else's session: planted before the log-in, stolen after the log-out, guessed, or made of a database row.

use axum::http::{Method, StatusCode};

use super::*;

#[tokio::test]
async fn a_session_id_that_was_planted_before_the_log_in_is_nobodys_after_it() {
    let site = TestSite::start().await;
    site.signed_in("ada@example.com").await;
    let mut eve = site.signed_in("eve@example.com").await;
    let planted = [eve.cookie.clone().unwrap(), "session=AAAAAAAAAAAAAAAAAAAAAA".to_owned()];
    for planted in planted {
        let mut victim = site.browser();
        victim.cookie = Some(planted.clone());
        assert_eq!(victim.submit("/login", &ADA).await.status, StatusCode::SEE_OTHER);
        assert_ne!(victim.cookie.as_ref(), Some(&planted));
        assert!(victim.is_signed_in().await);
        eve.cookie = Some(planted);
        assert!(!eve.is_signed_in().await, "neither as the victim nor as before");
    }
}

#[tokio::test]
async fn registering_gives_a_new_session_id_too() {
    let site = TestSite::start().await;
    let mut eve = site.signed_in("eve@example.com").await;
    let mut victim = site.browser();
    victim.cookie.clone_from(&eve.cookie);
    let fields = [("name", "Ada"), ("email", "ada@example.com"), ("password", PASSWORD)];
    assert_eq!(victim.submit("/register", &fields).await.status, StatusCode::SEE_OTHER);
    assert!(victim.is_signed_in().await && !eve.is_signed_in().await);
}

/// Everything that a session opens, with a cookie that was copied while it lived.
#[tokio::test]
async fn a_stolen_cookie_is_worth_nothing_after_the_log_out() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    let stolen = ada.cookie.clone();
    let mut eve = site.browser();
    eve.cookie.clone_from(&stolen);
    assert!(eve.is_signed_in().await, "as long as the session lives, its cookie is the session");
    ada.submit("/api/logout", &[]).await;
    let same = [("name", "Eve"), ("avatar", "")];
    for (path, fields) in [("/account/profile", &same[..]), ("/account/password", &[]), ("/account/delete", &[])] {
        eve.cookie.clone_from(&stolen);
        let answer = eve.submit(path, fields).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::SEE_OTHER, "/login?next=/account"),
            "{path}"
        );
    }
    for path in ["/api/cometchat/auth-token", "/api/cometchat/create-user", "/api/sign-out-everywhere"] {
        eve.cookie.clone_from(&stolen);
        assert_eq!(eve.call(path, &[]).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    eve.cookie.clone_from(&stolen);
    assert_eq!(eve.open("/account/data").await.status, StatusCode::SEE_OTHER);
    assert!(!eve.open("/account").await.text.contains("ada@example.com"));
}

#[tokio::test]
async fn a_cookie_that_is_no_session_is_nobody() {
    let site = TestSite::start().await;
    let ada = site.signed_in("ada@example.com").await;
    let id = ada.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    let keys: Vec<(String,)> =
        sqlx::query_as("SELECT key FROM sessions").fetch_all(site.state.store.readers()).await.unwrap();
    // Near misses, and what the database or the page knows of the session.
    let mut eve = site.browser();
    let tag = site.state.store.sessions_of(crate::model::ids::UserId(1)).await.unwrap()[0].key.tag();
    let upper = id.to_uppercase();
    let tried = [keys[0].0.as_str(), &tag, &upper, id.get(1..).unwrap(), "", "0", "%00", "' OR 1=1 --", "user_1", "1"];
    for value in tried.into_iter().filter(|value| *value != id) {
        eve.cookie = Some(format!("session={value}"));
        assert!(!eve.is_signed_in().await, "{value}");
    }
    eve.cookie = Some(format!("session={id}"));
    assert!(eve.is_signed_in().await, "the id itself is one");
}

#[tokio::test]
async fn a_session_id_anywhere_but_in_the_cookie_is_ignored() {
    let site = TestSite::start().await;
    let ada = site.signed_in("ada@example.com").await;
    let id = ada.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    let bearer = format!("Bearer {id}");
    let mut eve = site.browser();
    for headers in [[("authorization", bearer.as_str())], [("x-session", &id)], [("session", &id)]] {
        let page = eve.send(Method::GET, &format!("/account?session={id}"), &headers, "").await;
        assert!(!page.text.contains("ada@example.com"), "{headers:?}");
    }
}
