//! Sockets: authentication, ping, typing, transient messages, slow readers, the end.

use std::time::Duration;

use cometchat_emulator::Patience;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::cloud::{APP_ID, TestCloud};

fn auth(jwt: &str, app_id: &str) -> Value {
    json!({ "appId": app_id, "deviceId": "d", "type": "auth", "sender": "alice", "body": { "auth": jwt } })
}

#[tokio::test]
async fn a_socket_opens_on_any_path() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    for path in ["/", "/ws:443", "/v3.0/me", "/no/such/path?x=1"] {
        let mut socket = cloud.open_socket(path).await;
        socket.send(auth(&alice.jwt, APP_ID)).await;
        assert_eq!(socket.next("auth").await["body"], json!({ "code": "200", "status": "OK" }), "{path}");
    }
}

#[tokio::test]
async fn a_socket_without_a_live_jwt_of_this_app_is_closed() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    for first in [
        auth("forged", APP_ID).to_string(),
        auth(&alice.token, APP_ID).to_string(),
        auth(&alice.jwt, "otherapp").to_string(),
        json!({ "type": "typing_indicator", "sender": "alice", "receiver": "bob" }).to_string(),
        "no json".to_owned(),
    ] {
        let mut socket = cloud.open_socket("/ws").await;
        socket.stream.send(Message::text(first)).await.unwrap();
        socket.is_closed().await;
    }
}

#[tokio::test]
async fn a_ping_is_answered_and_rubbish_ignored() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let mut socket = alice.connect().await;
    for rubbish in
        ["", "[]", "not json", r#"{"type":7}"#, r#"{"type":"receipts","body":{"action":"read","messageId":"x"}}"#]
    {
        socket.stream.send(Message::text(rubbish)).await.unwrap();
    }
    socket.stream.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    assert_eq!(socket.so_far().await, [] as [Value; 0]);
}

#[tokio::test]
async fn typing_is_passed_on_to_the_other_side_alone_and_names_its_true_author() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut of_alice, mut of_bob) = (alice.connect().await, bob.connect().await);
    of_alice.so_far().await;
    for (kind, action) in [("user", "started"), ("chat", "ended")] {
        of_alice
            .send(json!({
                "appId": APP_ID, "receiver": "BOB", "receiverType": kind, "deviceId": alice.device, "type": "typing_indicator",
                "sender": "carol", "body": { "action": action, "user": { "uid": "carol", "name": "Forged" }, "metadata": { "k": 1 } },
            }))
            .await;
        let frame = of_bob.next("typing_indicator").await;
        assert_eq!((&frame["sender"], &frame["receiver"]), (&json!("alice"), &json!("bob")));
        assert_eq!((&frame["body"]["action"], &frame["body"]["metadata"]), (&json!(action), &json!({ "k": 1 })));
        assert_eq!(frame["body"]["user"]["name"], "alice of the test");
        assert_eq!(frame["receiverType"], "user");
    }
    assert_eq!(of_alice.so_far().await, [] as [Value; 0]);
}

#[tokio::test]
async fn a_frame_that_is_too_large_ends_its_socket_and_reaches_nobody() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut of_alice, mut of_bob) = (alice.connect().await, bob.connect().await);
    of_bob.so_far().await;
    of_alice
        .send(json!({
            "appId": APP_ID, "receiver": "bob", "receiverType": "user", "deviceId": alice.device,
            "type": "typing_indicator", "sender": "alice",
            "body": { "action": "started", "metadata": { "much": "x".repeat(2_000_000) } },
        }))
        .await;
    of_alice.is_closed().await;
    let told = of_bob.so_far().await;
    assert!(told.iter().all(|frame| frame["type"] != "typing_indicator"), "{told:?}");
}

#[tokio::test]
async fn what_is_told_to_nobody_or_to_a_group_one_is_not_in_reaches_nobody() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    bob.founds("closed", &[]).await;
    let (mut of_alice, mut of_bob) = (alice.connect().await, bob.connect().await);
    of_alice.so_far().await;
    of_bob.so_far().await;
    for (receiver, kind) in [("nobody", "user"), ("closed", "group"), ("no-such-group", "group")] {
        of_alice
            .send(json!({
                "appId": APP_ID, "receiver": receiver, "receiverType": kind, "deviceId": alice.device,
                "type": "typing_indicator", "sender": "alice", "body": { "action": "started" },
            }))
            .await;
    }
    assert_eq!(of_alice.so_far().await, [] as [Value; 0]);
    assert_eq!(of_bob.so_far().await, [] as [Value; 0]);
}

#[tokio::test]
async fn a_transient_message_arrives_and_is_not_stored() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut of_alice, mut of_bob) = (alice.connect().await, bob.connect().await);
    of_alice
        .send(json!({
            "appId": APP_ID, "receiver": "bob", "receiverType": "user", "deviceId": alice.device, "type": "transient_message",
            "sender": "alice", "body": { "user": {}, "data": { "wave": true } },
        }))
        .await;
    let frame = of_bob.next("transient_message").await;
    assert_eq!((&frame["body"]["data"], &frame["body"]["user"]["uid"]), (&json!({ "wave": true }), &json!("alice")));
    assert_eq!(bob.get("/messages").await.data(), json!([]));
}

#[tokio::test]
async fn a_socket_that_does_not_read_is_dropped_and_nobody_waits_for_it() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut stuck, mut of_alice) = (bob.connect().await, alice.connect().await);
    let ballast = "x".repeat(60_000);
    let frame =
        json!({ "receiver": "bob", "receiverType": "user", "type": "transient_message", "body": { "data": ballast } });
    let mut gone = false;
    // More than the system's buffers and the queue can hold, and an end if it is never dropped.
    for _ in 0..100 {
        for _ in 0..50 {
            of_alice.send(frame.clone()).await;
        }
        gone = of_alice.so_far().await.iter().any(|frame| frame["body"]["action"] == "offline");
        if gone {
            break;
        }
    }
    assert!(gone, "the stuck socket is still in");
    assert_eq!(alice.get("/users/bob").await.data()["status"], "offline");
    stuck.is_closed().await;
}

#[tokio::test]
async fn a_page_that_says_nothing_stays_connected_as_long_as_its_browser_answers_pings() {
    let patience =
        Patience { ping: Duration::from_millis(100), silence: Duration::from_millis(1_500), ..Patience::default() };
    let cloud = TestCloud::builder().with_patience(patience).start().await;
    let mut socket = cloud.person("alice").await.connect().await;
    // Longer than the silence that is put up with; the client's library answers each, as a browser does.
    for _ in 0..25 {
        assert!(matches!(socket.stream.next().await, Some(Ok(Message::Ping(_)))));
    }
    socket.so_far().await;
}

#[tokio::test]
async fn a_socket_of_which_nothing_is_heard_is_taken_for_dead() {
    let patience =
        Patience { ping: Duration::from_millis(50), silence: Duration::from_millis(400), ..Patience::default() };
    let cloud = TestCloud::builder().with_patience(patience).start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    // Never read from, so it answers no ping.
    let _dead = bob.connect().await;
    let mut watching = alice.connect().await;
    assert_eq!(watching.next("presence").await["sender"], "bob");
    assert_eq!(alice.get("/users/bob").await.data()["status"], "offline");
}

#[tokio::test]
async fn closing_the_emulator_ends_its_sockets() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let mut socket = alice.connect().await;
    let closing = cloud.emulator.clone();
    let (closed, ()) = tokio::join!(tokio::time::timeout(Duration::from_secs(2), closing.close()), socket.is_closed());
    closed.expect("closed within two seconds");
}
