//! Auth tokens by the admin API.

use reqwest::Method;
use serde_json::json;

use crate::cloud::TestCloud;

#[tokio::test]
async fn a_token_is_minted_shown_described_and_listed() {
    let cloud = TestCloud::start().await;
    cloud.person("alice").await;
    let minted = cloud.admin(Method::POST, "/users/ALICE/auth_tokens", json!({ "force": true })).await.data();
    let token = minted["authToken"].as_str().unwrap();
    assert!(token.starts_with("alice_") && token.len() == "alice_".len() + 40, "{token}");
    assert_eq!(minted["uid"], "alice");
    let path = format!("/users/alice/auth_tokens/{token}");
    assert_eq!(cloud.admin(Method::GET, &path, json!({})).await.data(), minted);
    let described = cloud
        .admin(Method::PUT, &path, json!({ "platform": "web", "userAgent": "test", "appInfo": { "v": 1 } }))
        .await
        .data();
    assert_eq!((&described["platform"], &described["appInfo"]), (&json!("web"), &json!({ "v": 1 })));
    cloud.admin(Method::PUT, &path, json!({ "platform": 7 })).await.refused(400, "ERR_BAD_REQUEST");
    let list = cloud.admin(Method::GET, "/users/alice/auth_tokens", json!({})).await.data();
    assert_eq!(list[0], described);
    assert_eq!(list.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_new_token_leaves_the_older_ones_valid() {
    let cloud = TestCloud::start().await;
    let first = cloud.person("alice").await;
    let second = cloud.login("alice").await;
    assert_ne!(first.token, second.token);
    first.get("/me").await.data();
    second.get("/me").await.data();
}

#[tokio::test]
async fn only_the_newest_hundred_tokens_stay_valid() {
    let cloud = TestCloud::start().await;
    let oldest = cloud.person("alice").await;
    let second = cloud.login("alice").await;
    let mut socket = oldest.connect().await;
    for _ in 0..98 {
        cloud.admin(Method::POST, "/users/alice/auth_tokens", json!({})).await.data();
    }
    oldest.get("/me").await.data();
    cloud.admin(Method::POST, "/users/alice/auth_tokens", json!({})).await.data();
    oldest.get("/me").await.refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
    socket.is_closed().await;
    second.get("/me").await.data();
    assert_eq!(
        cloud.admin(Method::GET, "/users/alice/auth_tokens", json!({})).await.data().as_array().unwrap().len(),
        100
    );
}

#[tokio::test]
async fn revoking_a_token_closes_its_sockets_at_once_and_leaves_other_devices_alone() {
    let cloud = TestCloud::start().await;
    let (lost, kept) = (cloud.person("alice").await, cloud.login("alice").await);
    let (mut on_lost, mut on_kept) = (lost.connect().await, kept.connect().await);
    let path = format!("/users/alice/auth_tokens/{}", lost.token);
    assert_eq!(cloud.admin(Method::DELETE, &path, json!({})).await.data()["success"], true);
    on_lost.is_closed().await;
    lost.get("/conversations").await.refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
    lost.post("/messages", crate::cloud::text_message("alice", "x"))
        .await
        .refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
    assert!(on_kept.so_far().await.is_empty());
    cloud.admin(Method::DELETE, &path, json!({})).await.refused(404, "ERR_AUTH_TOKEN_NOT_FOUND");
    cloud.admin(Method::GET, &path, json!({})).await.refused(404, "ERR_AUTH_TOKEN_NOT_FOUND");
    let mut dead = cloud.open_socket("/ws").await;
    dead.send(json!({ "appId": "emuapp", "deviceId": "d", "type": "auth", "body": { "auth": lost.jwt } })).await;
    dead.is_closed().await;
}

#[tokio::test]
async fn all_tokens_of_a_user_are_flushed_together_and_nobody_elses() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut of_alice, mut of_bob) = (alice.connect().await, bob.connect().await);
    let answer = cloud.admin(Method::DELETE, "/users/alice/auth_tokens", json!({})).await.data();
    assert_eq!(answer["success"], true);
    of_alice.is_closed().await;
    alice.get("/me").await.refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
    bob.get("/me").await.data();
    of_bob.so_far().await;
}

#[tokio::test]
async fn the_tokens_of_a_deactivated_user_are_not_found_and_good_again_once_the_user_is_active() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    cloud.admin(Method::DELETE, "/users/alice", json!({})).await.data();
    alice.get("/me").await.refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
    let one = format!("/users/alice/auth_tokens/{}", alice.token);
    for (method, path) in [
        (Method::DELETE, one.as_str()),
        (Method::DELETE, "/users/alice/auth_tokens"),
        (Method::GET, "/users/alice/auth_tokens"),
    ] {
        cloud.admin(method, path, json!({})).await.refused(404, "ERR_UID_NOT_FOUND");
    }
    cloud.admin(Method::PUT, "/users", json!({ "uidsToActivate": ["alice"] })).await.data();
    alice.get("/me").await.data();
}

#[tokio::test]
async fn tokens_of_an_unknown_user_are_not_found() {
    let cloud = TestCloud::start().await;
    for (method, path) in [
        (Method::POST, "/users/nobody/auth_tokens"),
        (Method::GET, "/users/nobody/auth_tokens"),
        (Method::DELETE, "/users/nobody/auth_tokens"),
        (Method::GET, "/users/nobody/auth_tokens/x"),
        (Method::DELETE, "/users/nobody/auth_tokens/x"),
    ] {
        cloud.admin(method, path, json!({})).await.refused(404, "ERR_UID_NOT_FOUND");
    }
}
