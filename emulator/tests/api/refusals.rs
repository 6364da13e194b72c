//! Keys, app ids, unknown endpoints, sizes, CORS: what holds for every call.

use reqwest::Method;
use serde_json::json;

use crate::cloud::{APP_ID, KEY, TestCloud, text_message};

#[tokio::test]
async fn a_call_without_a_key_or_with_a_wrong_one_is_refused() {
    let cloud = TestCloud::start().await;
    let body = Some(json!({ "uid": "x", "name": "x" }).to_string());
    cloud.call(Method::POST, "/v3/users", &[], body.clone()).await.refused(401, "AUTH_ERR_EMPTY_APIKEY");
    for wrong in ["wrong-key", "test-rest-api-ke", "test-rest-api-key2"] {
        let error = cloud
            .call(Method::POST, "/v3/users", &[("apikey", wrong)], body.clone())
            .await
            .refused(401, "AUTH_ERR_APIKEY_NOT_FOUND");
        assert!(!error.to_string().contains(wrong), "{error}");
    }
    cloud
        .call(Method::GET, "/v3/users", &[("apikey", "wrong-key")], None)
        .await
        .refused(401, "AUTH_ERR_APIKEY_NOT_FOUND");
}

#[tokio::test]
async fn a_client_without_a_token_or_with_an_unknown_one_is_refused() {
    let cloud = TestCloud::start().await;
    for path in ["/me", "/users", "/conversations", "/messages", "/settings"] {
        cloud.call(Method::GET, path, &[("appid", APP_ID)], None).await.refused(401, "AUTH_ERR_EMPTY_AUTH_TOKEN");
        let headers = [("appid", APP_ID), ("authtoken", "alice_forged")];
        let error = cloud.call(Method::GET, path, &headers, None).await.refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
        assert!(!error.to_string().contains("alice_forged"), "{error}");
    }
}

#[tokio::test]
async fn the_app_id_must_be_right_for_a_client_and_not_wrong_for_a_backend() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let token = alice.token.as_str();
    cloud.call(Method::GET, "/me", &[("authtoken", token)], None).await.refused(401, "AUTH_ERR_EMPTY_APPID");
    cloud
        .call(Method::GET, "/me", &[("authtoken", token), ("appid", "other")], None)
        .await
        .refused(401, "AUTH_ERR_INVALID_APPID");
    cloud
        .call(Method::GET, "/users", &[("apikey", KEY), ("appid", "other")], None)
        .await
        .refused(401, "AUTH_ERR_INVALID_APPID");
    cloud.call(Method::GET, "/users", &[("apikey", KEY), ("appid", APP_ID)], None).await.data();
    cloud.call(Method::GET, "/users", &[("apikey", KEY)], None).await.data();
}

#[tokio::test]
async fn what_does_not_exist_answers_json_whatever_the_method() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    for path in ["/nonsense", "/groups/g1/nonsense", "/calls", "/v3.0/v3.0/me", "/users/alice/nonsense"] {
        alice.get(path).await.refused(404, "ERR_API_NOT_FOUND");
    }
    alice.post("/messages/1/nonsense", json!({})).await.refused(404, "ERR_API_NOT_FOUND");
    alice.post("/me", json!({})).await.refused(404, "ERR_API_NOT_FOUND");
    alice.delete("/conversations", json!({})).await.refused(404, "ERR_API_NOT_FOUND");
    cloud.call(Method::GET, "/", &[], None).await.refused(404, "ERR_API_NOT_FOUND");
    cloud.call(Method::GET, "/v1/ping", &[], None).await.refused(404, "ERR_API_NOT_FOUND");
}

#[tokio::test]
async fn a_body_that_is_no_json_object_or_too_large_is_refused() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let headers = [("appid", APP_ID), ("authtoken", alice.token.as_str())];
    for body in ["{", "text", "[1]", "7", "\u{0}"] {
        let error =
            cloud.call(Method::POST, "/messages", &headers, Some(body.into())).await.refused(400, "ERR_BAD_REQUEST");
        assert!(error["details"]["body"].is_array(), "{error}");
    }
    let fits = format!("{{{}}}", " ".repeat(65_534));
    cloud.call(Method::POST, "/messages", &headers, Some(fits)).await.refused(400, "ERR_EMPTY_RECEIVER");
    let too_long = format!("{{{}}}", " ".repeat(65_535));
    cloud.call(Method::POST, "/messages", &headers, Some(too_long)).await.refused(413, "ERR_REQUEST_TOO_LARGE");
    let far_too_long = text_message("bob", &"é".repeat(600_000)).to_string();
    cloud.call(Method::POST, "/messages", &headers, Some(far_too_long)).await.refused(413, "ERR_REQUEST_TOO_LARGE");
    let answer = cloud.call(Method::PUT, "/me", &headers, None).await;
    assert_eq!(answer.data()["uid"], "alice", "no body is an empty one");
}

#[tokio::test]
async fn a_path_that_is_no_text_is_refused_in_json() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    for path in ["/users/%FF", "/users/%FF/messages", "/messages/%FF", "/users/%FF/conversation"] {
        let error = alice.get(path).await.refused(400, "ERR_BAD_REQUEST");
        assert!(error["details"]["path"].is_array(), "{error}");
    }
    for path in ["/users/%FF", "/users/alice/auth_tokens/%FF"] {
        cloud.admin(Method::DELETE, path, json!({})).await.refused(400, "ERR_BAD_REQUEST");
    }
}

#[tokio::test]
async fn other_origins_may_call_with_the_headers_that_the_sdk_sends() {
    let cloud = TestCloud::start().await;
    let headers = [
        ("origin", "http://page.example"),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "appid,authorization,authtoken,content-type,resource,sdk"),
    ];
    let answer = cloud.call(Method::OPTIONS, "/v3.0/me", &headers, None).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["access-control-allow-origin"], "*");
    assert_eq!(
        answer.headers["access-control-allow-headers"],
        "appid,authorization,authtoken,content-type,resource,sdk"
    );
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
        assert!(answer.headers["access-control-allow-methods"].to_str().unwrap().contains(method));
    }
    let refused = cloud.call(Method::GET, "/v3.0/me", &[("origin", "http://page.example")], None).await;
    assert_eq!(refused.headers["access-control-allow-origin"], "*", "a refusal must be readable too");
}

#[tokio::test]
async fn an_extension_that_is_not_there_is_no_endpoint() {
    let cloud = TestCloud::builder().mounted_at("/emulator").start().await;
    let alice = cloud.person("alice").await;
    let settings = alice.get("/settings").await.data();
    assert_eq!(settings["extensions"], json!([]));
    // SDK 4.2.0 puts the extension's name and the region in front.
    let (host, path) = settings["EXTENSION_DOMAIN"].as_str().unwrap().split_once('/').unwrap();
    assert_eq!((host.split_once(':').unwrap().0, path), ("localhost", "emulator"));
    let host = format!("polls-local.{host}");
    let headers = [("host", host.as_str()), ("appid", APP_ID), ("authtoken", alice.token.as_str())];
    let answer = cloud.call(Method::POST, "/v2/create", &headers, Some("{}".into())).await;
    assert_eq!(answer.headers["access-control-allow-origin"], "*");
    answer.refused(404, "ERR_API_NOT_FOUND");
}
