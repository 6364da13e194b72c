//! A copy of the database: of no use without the secret that is not in it.

use axum::http::StatusCode;

use super::*;
use crate::server::chat::tests::upstream::{KEY, Upstream};

/// Every text of every table.
async fn everything(site: &TestSite) -> String {
    let mut all = String::new();
    for (table, columns) in [
        ("users", "name || ' ' || email || ' ' || password_hash"),
        ("sessions", "key"),
        ("chat_tokens", "id || ' ' || session_key || ' ' || digest || ' ' || state"),
        ("rate_events", "bucket"),
    ] {
        let statement = format!("SELECT {columns} FROM {table}");
        let rows: Vec<(String,)> =
            sqlx::query_as(sqlx::AssertSqlSafe(statement)).fetch_all(site.state.store.readers()).await.unwrap();
        assert!(!rows.is_empty(), "{table}");
        all.extend(rows.into_iter().map(|(text,)| text + "\n"));
    }
    let sealed: Vec<(Vec<u8>,)> =
        sqlx::query_as("SELECT sealed FROM chat_tokens").fetch_all(site.state.store.readers()).await.unwrap();
    assert!(sealed.iter().all(|(sealed,)| sealed.len() > 40));
    all.extend(sealed.iter().map(|(sealed,)| String::from_utf8_lossy(sealed).into_owned()));
    all
}

#[tokio::test]
async fn a_copy_of_the_database_lets_nobody_in() {
    let cloud = Upstream::start().await;
    let site = TestSite::with_cloud(cloud.base_url().as_str(), &[]).await;
    let mut ada = site.signed_in("ada@example.com").await;
    site.browser().submit("/login", &[ADA[0], ("password", "wrong-wrong")]).await;
    assert_eq!(ada.call("/api/cometchat/auth-token", &[]).await.status, StatusCode::OK);
    let token = cloud.state().tokens.first().unwrap().clone();
    let id = ada.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    let copy = everything(&site).await;
    let tail = token.get(token.len() - 20..).unwrap();
    for (what, secret) in [
        ("password", PASSWORD),
        ("session id", id.as_str()),
        ("token", &token),
        ("token's end", tail),
        ("API key", KEY),
    ] {
        assert!(!copy.contains(secret), "the database holds the {what}");
    }
    assert!(copy.contains("$argon2id$"));
    // What stands there is not taken in its place.
    let mut eve = site.browser();
    for line in copy.lines().flat_map(|line| line.split(' ')).filter(|word| word.is_ascii() && word.len() > 8) {
        let is_value = line.bytes().all(|byte| byte.is_ascii_graphic() && !b";,\"\\".contains(&byte));
        if is_value {
            eve.cookie = Some(format!("session={line}"));
            assert!(!eve.is_signed_in().await, "{line}");
        }
    }
    let hash = copy.split_whitespace().find(|word| word.starts_with("$argon2id$")).unwrap();
    let answer = site.browser().submit("/login", &[ADA[0], ("password", hash)]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}
