//! Faults on demand: each is felt where it was asked for, and only as often.

use std::time::{Duration, Instant};

use cometchat_emulator::Control;
use reqwest::Method;
use serde_json::{Value, json};

use crate::cloud::{APP_ID, TestCloud, text_message};

async fn controlled() -> TestCloud {
    TestCloud::builder().controlled(Control::default()).start().await
}

async fn set(cloud: &TestCloud, rule: Value) -> Value {
    cloud.control(Method::POST, "/faults", rule).await.data()
}

async fn rules(cloud: &TestCloud) -> Value {
    cloud.control(Method::GET, "/faults", json!({})).await.data()
}

#[tokio::test]
async fn a_call_is_refused_with_the_code_that_was_said_and_nothing_is_done() {
    let cloud = controlled().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    set(
        &cloud,
        json!({ "fault": "refused", "code": "ERR_PLAN_RESTRICTION", "status": 402, "path": "/messages", "next": 1 }),
    )
    .await;
    alice.post("/messages", text_message("bob", "hello")).await.refused(402, "ERR_PLAN_RESTRICTION");
    assert_eq!(bob.texts_with("alice", "").await, [""; 0]);
}

#[tokio::test]
async fn too_many_calls_are_refused_with_a_time_to_wait_and_then_served_again() {
    let cloud = controlled().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let rule = json!({ "fault": "rateLimit", "retryAfter": 7, "path": "/messages", "method": "post", "uid": "alice", "next": 2 });
    set(&cloud, rule).await;
    bob.writes("alice", "not mine").await;
    alice.get("/messages").await.data();
    for _ in 0..2 {
        let answer = alice.post("/messages", text_message("bob", "hello")).await;
        assert_eq!(answer.headers["retry-after"], "7");
        assert!(answer.headers.contains_key("x-rate-limit-reset"));
        assert_eq!(answer.headers["access-control-allow-origin"], "*");
        answer.refused(429, "ERR_TOO_MANY_REQUESTS");
    }
    assert_eq!(rules(&cloud).await, json!([]));
    alice.writes("bob", "hello").await;
    assert_eq!(bob.texts_with("alice", "").await, ["not mine", "hello"], "what was refused was not done");
}

#[tokio::test]
async fn the_server_fails_for_whom_the_key_acts_and_nobody_else() {
    let cloud = controlled().await;
    cloud.person("alice").await;
    set(&cloud, json!({ "fault": "serverError", "status": 503, "path": "/users/alice/auth_tokens" })).await;
    let mint = async |uid: &str| cloud.admin(Method::POST, &format!("/users/{uid}/auth_tokens"), json!({})).await;
    mint("alice").await.refused(503, "ERR_OPERATION_FAILED");
    mint("nobody").await.refused(404, "ERR_UID_NOT_FOUND");
    set(&cloud, json!({ "fault": "serverError", "uid": "alice", "next": 1 })).await;
    let headers = [("apikey", crate::cloud::KEY), ("onbehalfof", "alice")];
    cloud.call(Method::GET, "/v3/messages", &headers, None).await.refused(500, "ERR_OPERATION_FAILED");
    cloud.call(Method::GET, "/v3/messages", &headers, None).await.data();
    assert_eq!(cloud.control(Method::DELETE, "/faults", json!({})).await.data()["removed"], 1);
    mint("alice").await.data();
}

#[tokio::test]
async fn an_answer_takes_its_time_and_the_fault_behind_it_still_applies() {
    let cloud = controlled().await;
    let alice = cloud.person("alice").await;
    set(&cloud, json!({ "fault": "latency", "ms": 150, "uid": "alice", "next": 1 })).await;
    set(&cloud, json!({ "fault": "serverError", "status": 502, "uid": "alice", "next": 1 })).await;
    let asked = Instant::now();
    alice.get("/me").await.refused(502, "ERR_OPERATION_FAILED");
    assert!(asked.elapsed() >= Duration::from_millis(150), "{:?}", asked.elapsed());
    assert_eq!(rules(&cloud).await, json!([]));
    alice.get("/me").await.data();
}

#[tokio::test]
async fn half_an_answer_comes_of_what_was_done() {
    let cloud = controlled().await;
    let alice = cloud.person("alice").await;
    cloud.person("bob").await;
    set(&cloud, json!({ "fault": "brokenJson", "method": "POST", "next": 1 })).await;
    let answer = alice.post("/messages", text_message("bob", "hello")).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.as_str().unwrap().starts_with(r#"{"data":"#), "no JSON: {}", answer.body);
    alice.writes("bob", "again").await;
    assert_eq!(alice.texts_with("bob", "").await, ["hello", "again"]);
}

#[tokio::test]
async fn a_cut_connection_answers_nothing_and_does_nothing() {
    let cloud = controlled().await;
    let alice = cloud.person("alice").await;
    cloud.person("bob").await;
    set(&cloud, json!({ "fault": "cutConnection", "path": "/messages", "next": 1 })).await;
    let lost = alice.attempt(Method::POST, "/messages", Some(text_message("bob", "hello"))).await;
    assert!(lost.is_err_and(|error| error.is_request()), "it ends before a status");
    assert_eq!(alice.texts_with("bob", "").await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_lost_answer_leaves_a_message_that_a_second_try_does_not_double() {
    let cloud = controlled().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut socket = bob.connect().await;
    set(&cloud, json!({ "fault": "lostAnswer", "ms": 20, "path": "/messages", "next": 1 })).await;
    let mut message = text_message("bob", "hello");
    message["muid"] = json!("m-1");
    assert!(alice.attempt(Method::POST, "/messages", Some(message.clone())).await.is_err());
    assert_eq!(socket.next("message").await["body"]["muid"], "m-1", "it was sent all the same");
    alice.post("/messages", message).await.data();
    assert_eq!(alice.texts_with("bob", "").await, ["hello"]);
}

#[tokio::test]
async fn a_revoked_token_is_gone_for_good_with_its_sockets() {
    let cloud = controlled().await;
    let (alice, other) = (cloud.person("alice").await, cloud.login("alice").await);
    let mut socket = alice.connect().await;
    set(&cloud, json!({ "fault": "tokenRevoked", "uid": "alice", "path": "/conversations", "next": 1 })).await;
    alice.get("/me").await.data();
    alice.get("/conversations").await.refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
    socket.is_closed().await;
    alice.get("/me").await.refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
    other.get("/conversations").await.data();
}

#[tokio::test]
async fn a_receipt_is_stored_and_the_frame_that_tells_of_it_never_comes() {
    let cloud = controlled().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut sender, mut reader) = (alice.connect().await, bob.connect().await);
    set(&cloud, json!({ "fault": "lostFrame", "frame": "receipts", "uid": "alice", "next": 1 })).await;
    let first = alice.writes("bob", "one").await;
    reader.sends_receipt("alice", "read", &first).await;
    reader.so_far().await;
    assert!(sender.so_far().await.iter().all(|frame| frame["type"] != "receipts"));
    let seen = alice.get(&format!("/messages/{}", first["id"].as_str().unwrap())).await.data();
    assert!(seen["readAt"].is_i64());
    let second = alice.writes("bob", "two").await;
    reader.sends_receipt("alice", "read", &second).await;
    assert_eq!(sender.next("receipts").await["body"]["messageId"], second["id"]);
}

#[tokio::test]
async fn a_socket_that_is_let_in_may_never_hear_so() {
    let cloud = controlled().await;
    let alice = cloud.person("alice").await;
    set(&cloud, json!({ "fault": "lostFrame", "frame": "auth", "next": 1 })).await;
    let mut socket = cloud.open_socket("/ws").await;
    socket
        .send(json!({ "appId": APP_ID, "deviceId": "d", "type": "auth", "sender": "alice", "body": { "auth": alice.jwt } }))
        .await;
    assert_eq!(socket.so_far().await, [] as [Value; 0]);
    assert_eq!(alice.get("/users/alice").await.data()["status"], "online");
    alice.connect().await;
}

#[tokio::test]
async fn frames_come_twice_and_in_another_order() {
    let cloud = controlled().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut socket = bob.connect().await;
    let texts = |frames: &[Value]| -> Vec<String> {
        frames.iter().filter_map(|frame| frame["body"]["data"]["text"].as_str()).map(ToOwned::to_owned).collect()
    };
    set(&cloud, json!({ "fault": "duplicateFrame", "frame": "message", "uid": "bob", "next": 1 })).await;
    alice.writes("bob", "one").await;
    alice.writes("bob", "two").await;
    assert_eq!(texts(&socket.so_far().await), ["one", "one", "two"]);
    set(&cloud, json!({ "fault": "reorderFrames", "frame": "message", "uid": "bob", "next": 1 })).await;
    for text in ["three", "four", "five"] {
        alice.writes("bob", text).await;
    }
    assert_eq!(texts(&socket.so_far().await), ["four", "three", "five"]);
    assert_eq!(rules(&cloud).await, json!([]));
}

#[tokio::test]
async fn a_silent_socket_answers_no_ping() {
    let cloud = controlled().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut socket = bob.connect().await;
    set(&cloud, json!({ "fault": "silentSocket", "uid": "bob", "next": 1 })).await;
    socket.send(json!({ "action": "ping", "ack": "true" })).await;
    alice.writes("bob", "hello").await;
    let frames = socket.so_far().await;
    assert_eq!(frames.len(), 1, "only the second ping is answered: {frames:?}");
}

#[tokio::test]
async fn a_share_of_the_calls_fails_by_the_same_chance_each_time() {
    let cloud = controlled().await;
    let alice = cloud.person("alice").await;
    let failures = async || {
        let rule = set(&cloud, json!({ "fault": "serverError", "path": "/me", "share": 0.5, "seed": 3 })).await;
        let mut statuses = Vec::new();
        for _ in 0..40 {
            statuses.push(alice.get("/me").await.status.as_u16());
        }
        let applied = rules(&cloud).await[0]["applied"].as_u64().unwrap();
        assert_eq!(applied, statuses.iter().filter(|status| **status == 500).map(|_| 1).sum::<u64>());
        cloud.control(Method::DELETE, &format!("/faults/{}", rule["id"]), json!({})).await.data();
        statuses
    };
    let first = failures().await;
    assert!(first.contains(&200) && first.contains(&500), "{first:?}");
    assert_eq!(first, failures().await);
}

#[tokio::test]
async fn a_rule_that_cannot_be_is_refused_by_the_field() {
    let cloud = controlled().await;
    for (rule, field) in [
        (json!({}), "fault"),
        (json!({ "fault": "fire" }), "fault"),
        (json!({ "fault": "latency" }), "ms"),
        (json!({ "fault": "latency", "ms": "1" }), "ms"),
        (json!({ "fault": "rateLimit", "retryAfter": -1 }), "retryAfter"),
        (json!({ "fault": "serverError", "status": 404 }), "status"),
        (json!({ "fault": "refused" }), "code"),
        (json!({ "fault": "refused", "code": "ERR_ANYTHING", "status": 200 }), "status"),
        (json!({ "fault": "brokenJson", "path": "messages" }), "path"),
        (json!({ "fault": "brokenJson", "path": "/v3/messages" }), "path"),
        (json!({ "fault": "brokenJson", "method": "FETCH" }), "method"),
        (json!({ "fault": "brokenJson", "uid": 7 }), "uid"),
        (json!({ "fault": "brokenJson", "share": 1.5 }), "share"),
        (json!({ "fault": "brokenJson", "next": 0 }), "next"),
        (json!({ "fault": "brokenJson", "frame": "message" }), "frame"),
        (json!({ "fault": "lostFrame", "path": "/messages" }), "path"),
        (json!({ "fault": "silentSocket", "frame": "message" }), "frame"),
        (json!({ "fault": "brokenJson", "retryAfter": 1 }), "retryAfter"),
    ] {
        let error = cloud.control(Method::POST, "/faults", rule).await.refused(400, "ERR_BAD_REQUEST");
        assert_eq!(error["details"].as_object().unwrap().keys().collect::<Vec<_>>(), [field]);
    }
    cloud.control(Method::DELETE, "/faults/1", json!({})).await.refused(404, "ERR_CONTROL_NOT_FOUND");
    assert_eq!(rules(&cloud).await, json!([]));
}
