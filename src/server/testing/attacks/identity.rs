//! Another person's identity by naming them: the user is the session's, whatever a request says.

use axum::http::{Method, StatusCode};
use serde_json::Value;

use super::*;
use crate::server::chat::tests::upstream::Upstream;

#[tokio::test]
async fn a_uid_in_body_header_query_or_cookie_is_ignored() {
    let cloud = Upstream::start().await;
    let site = TestSite::with_cloud(cloud.base_url().as_str(), &["--chat-token-rate-limit", "1000/h"]).await;
    site.signed_in("ada@example.com").await;
    let mut eve = site.signed_in("eve@example.com").await;
    let cookie = eve.cookie.clone().unwrap();
    let body = r#"{"uid":"user_1","user_id":1,"user":"user_1","onBehalfOf":"user_1"}"#;
    let headers = [
        ("origin", "http://site.test"),
        ("content-type", "application/json"),
        ("onbehalfof", "user_1"),
        ("x-user-id", "1"),
        ("x-uid", "user_1"),
        ("x-forwarded-user", "user_1"),
        ("remote-user", "user_1"),
        ("authorization", "Basic dXNlcl8xOg=="),
    ];
    for path in ["/api/cometchat/auth-token", "/api/cometchat/create-user", "/api/session"] {
        for cookies in [format!("{cookie}; uid=user_1; user=1"), format!("uid=user_1; user_id=1; {cookie}")] {
            eve.cookie = Some(cookies);
            let answer = eve.send(Method::POST, &format!("{path}?uid=user_1&user=1"), &headers, body).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_eq!(serde_json::from_str::<Value>(&answer.text).unwrap()["uid"], "user_2", "{path}");
            assert!(!answer.text.contains("user_1"), "{path}: {}", answer.text);
        }
        let mut nobody = site.browser();
        nobody.cookie = Some("uid=user_1; user=1".into());
        let answer = nobody.send(Method::POST, &format!("{path}?uid=user_1&user=1"), &headers, body).await;
        assert!(!answer.text.contains("user_"), "{path}: {}", answer.text);
    }
}

#[tokio::test]
async fn nobody_changes_or_reads_anothers_account_by_naming_it() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    let mut eve = site.signed_in("eve@example.com").await;
    let named = [("name", "Mallory"), ("avatar", ""), ("id", "1"), ("user_id", "1"), ("uid", "user_1")];
    assert_eq!(eve.submit("/account/profile?id=1", &named).await.status, StatusCode::SEE_OTHER);
    assert!(ada.open("/account").await.input("name").contains("value=\"Ada\""));
    assert!(eve.open("/account").await.input("name").contains("value=\"Mallory\""));
    for path in ["/account/data?id=1&uid=user_1", "/account?id=1&uid=user_1"] {
        assert!(!eve.open(path).await.text.contains("ada@example.com"), "{path}");
    }
    let delete = [("password", PASSWORD), ("email", "ada@example.com"), ("id", "1")];
    assert_eq!(eve.submit("/account/delete", &delete).await.status, StatusCode::SEE_OTHER);
    assert!(ada.is_signed_in().await);
}
