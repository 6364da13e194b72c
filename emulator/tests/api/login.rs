//! Logging in and out, oneself, settings.

use reqwest::Method;
use serde_json::json;

use crate::cloud::{APP_ID, KEY, TestCloud};

#[tokio::test]
async fn login_answers_the_person_the_same_token_a_jwt_and_the_settings_of_this_address() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("Alice").await;
    let me = alice.put("/me", json!({})).await.data();
    assert_eq!((&me["uid"], &me["authToken"], &me["jwt"]), (&json!("alice"), &json!(alice.token), &json!(alice.jwt)));
    let settings = &me["settings"];
    assert_eq!(settings["CLIENT_API_HOST"], cloud.host);
    assert_eq!(settings["CHAT_HOST"], format!("{}/ws", cloud.host));
    assert_eq!(settings["CHAT_WSS_PORT"], "443");
    assert_eq!(settings["APP_VERSION"], 4);
    assert_eq!(settings["ANALYTICS_PING_DISABLED"], true);
    assert_eq!(alice.get("/settings").await.data(), *settings);
    assert_eq!(alice.get("/me").await.data()["jwt"], alice.jwt);
    assert_eq!(alice.post("/me/jwt", json!({ "passthrough": "" })).await.data()["jwt"], alice.jwt);
}

#[tokio::test]
async fn nested_in_another_router_the_settings_name_its_path() {
    let cloud = TestCloud::builder().mounted_at("/emulator").start().await;
    let alice = cloud.person("alice").await;
    let settings = alice.get("/settings").await.data();
    assert_eq!(settings["CLIENT_API_HOST"], format!("{}/emulator", cloud.host));
    assert_eq!(settings["CHAT_HOST"], format!("{}/emulator/ws", cloud.host));
    let mut socket = cloud.open_socket("/emulator/ws:443").await;
    socket.send(json!({ "appId": APP_ID, "deviceId": "d", "type": "auth", "body": { "auth": alice.jwt } })).await;
    assert_eq!(socket.next("auth").await["body"]["code"], "200");
}

#[tokio::test]
async fn settings_follow_the_host_header_and_no_forwarded_one() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let headers = [
        ("host", "chat.example:8443"),
        ("x-forwarded-host", "evil.example"),
        ("appid", APP_ID),
        ("authtoken", &alice.token),
    ];
    let settings = cloud.call(Method::GET, "/settings", &headers, None).await.data();
    assert_eq!(settings["CLIENT_API_HOST"], "chat.example:8443");
}

#[tokio::test]
async fn the_api_answers_under_both_versions_and_under_none() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    for path in ["/me", "/v3/me", "/v3.0/me"] {
        let headers = [("appid", APP_ID), ("authtoken", alice.token.as_str())];
        assert_eq!(cloud.call(Method::GET, path, &headers, None).await.data()["uid"], "alice");
    }
}

#[tokio::test]
async fn logout_ends_the_token_and_its_sockets_and_no_other() {
    let cloud = TestCloud::start().await;
    let phone = cloud.person("alice").await;
    let laptop = cloud.login("alice").await;
    let (mut on_phone, mut on_laptop) = (phone.connect().await, laptop.connect().await);
    phone.delete("/me", json!({})).await.data();
    on_phone.is_closed().await;
    phone.get("/me").await.refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
    assert!(on_laptop.so_far().await.is_empty());
    laptop.get("/me").await.data();
}

#[tokio::test]
async fn a_person_changes_its_profile_but_neither_its_uid_nor_its_role() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let body = json!({ "uid": "root", "role": "moderator", "name": "New", "statusMessage": "Here", "avatar": "https://a.example/x.png" });
    let me = alice.put("/me", body).await.data();
    assert_eq!((&me["uid"], &me["role"], &me["name"]), (&json!("alice"), &json!("default"), &json!("New")));
    assert_eq!(me["authToken"], alice.token);
    let error =
        alice.put("/me", json!({ "name": "", "avatar": "javascript:alert(1)" })).await.refused(400, "ERR_BAD_REQUEST");
    assert!(error["details"]["name"].is_array() && error["details"]["avatar"].is_array(), "{error}");
    assert_eq!(alice.get("/me").await.data()["name"], "New");
}

#[tokio::test]
async fn a_change_of_any_part_of_the_profile_is_dated_and_told_with_the_next_presence() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    for (field, value) in [
        ("link", json!("https://b.example/")),
        ("metadata", json!({ "city": "Lyon" })),
        ("tags", json!(["vip"])),
        ("statusMessage", json!("Here")),
    ] {
        let mut watching = alice.connect().await;
        let socket = bob.connect().await;
        let before = bob.put("/me", json!({ "platform": "WEB" })).await.data();
        assert!(before.get(field).is_none(), "{field}");
        let me = bob.put("/me", json!({ field: value })).await.data();
        assert!(me["updatedAt"].is_i64(), "{field}");
        socket.close().await;
        watching.next("presence").await;
        let frame = watching.next("presence").await;
        assert_eq!((&frame["body"]["action"], &frame["body"]["user"][field]), (&json!("offline"), &value));
    }
    assert!(alice.put("/me", json!({ "platform": "WEB" })).await.data().get("updatedAt").is_none(), "no change");
}

#[tokio::test]
async fn a_session_report_is_echoed_so_that_it_is_not_repeated() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    assert_eq!(
        alice.post("/user_sessions", json!({ "sessionId": "abc", "data": {} })).await.data(),
        json!({ "sessionId": "abc" })
    );
    let error = alice.post("/user_sessions", json!({})).await.refused(400, "ERR_BAD_REQUEST");
    assert!(error["details"]["sessionId"].is_array());
}

#[tokio::test]
async fn the_ping_tells_a_live_login_from_a_dead_one() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let bearer = format!("Bearer {}", alice.jwt);
    let headers = [("authorization", bearer.as_str())];
    cloud.call(Method::POST, "/v1/ping", &headers, Some("{}".into())).await.data();
    cloud.admin(Method::DELETE, "/users/alice/auth_tokens", json!({})).await.data();
    cloud.call(Method::POST, "/v1/ping", &headers, Some("{}".into())).await.refused(401, "ERR_NO_AUTH");
}

#[tokio::test]
async fn nothing_that_prints_the_emulator_prints_its_key() {
    let cloud = TestCloud::start().await;
    let printed = format!("{:?}", cloud.emulator);
    assert!(printed.contains(APP_ID) && !printed.contains(KEY), "{printed}");
}
