//! Webhooks: who is told what, as whom, and how often it is tried.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use cometchat_emulator::{Config, Control, Emulator, Limits, Webhook};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
    time::timeout,
};

use crate::cloud::{APP_ID, KEY, TestCloud};

/// A backend that takes webhooks, or refuses the first few.
struct Receiver {
    url: String,
    calls: UnboundedReceiver<(HeaderMap, Value)>,
    server: JoinHandle<()>,
}

struct Taking {
    calls: UnboundedSender<(HeaderMap, Value)>,
    refusals: AtomicUsize,
}

async fn take(State(taking): State<Arc<Taking>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    taking.calls.send((headers, serde_json::from_slice(&body).unwrap())).unwrap();
    let refused = taking.refusals.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
    if refused.is_ok() { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK }
}

impl Receiver {
    async fn refusing(refusals: usize) -> Self {
        let (sender, calls) = unbounded_channel();
        let taking = Arc::new(Taking { calls: sender, refusals: AtomicUsize::new(refusals) });
        let router = Router::new().route("/hook", post(take)).with_state(taking);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, calls, server }
    }

    /// A cloud that tells this receiver what happens.
    async fn cloud(&self) -> TestCloud {
        let webhook = Webhook { retry_after: [Duration::from_millis(1); 2], ..Webhook::new(&self.url) };
        TestCloud::builder().telling(webhook).start().await
    }

    async fn call(&mut self) -> (HeaderMap, Value) {
        timeout(Duration::from_secs(10), self.calls.recv()).await.expect("a call in time").unwrap()
    }

    /// The data of the next event, which must be this one.
    async fn next(&mut self, trigger: &str) -> Value {
        let (_, payload) = self.call().await;
        assert_eq!(payload["trigger"], trigger, "{payload}");
        payload["data"].clone()
    }

    /// Passes over comings and goings.
    async fn next_but_presence(&mut self, trigger: &str) -> Value {
        loop {
            let (_, payload) = self.call().await;
            if payload["trigger"] != "user_connection_status_changed" {
                assert_eq!(payload["trigger"], trigger, "{payload}");
                return payload["data"].clone();
            }
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

#[tokio::test]
async fn a_message_its_changes_its_reactions_and_mentions_are_told() {
    let mut receiver = Receiver::refusing(0).await;
    let cloud = receiver.cloud().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let sent = alice.writes("bob", "hello").await;
    let (headers, payload) = receiver.call().await;
    assert_eq!(headers["content-type"], "application/json");
    assert!(!headers.contains_key("authorization"));
    assert_eq!((&payload["trigger"], &payload["appId"]), (&json!("message_sent"), &json!(APP_ID)));
    assert!(payload["region"].is_string() && payload["webhook"].is_string());
    let message = &payload["data"]["message"];
    assert_eq!((&message["id"], &message["data"]["text"]), (&sent["id"], &json!("hello")));
    assert_eq!(message["data"]["entities"]["receiver"]["entity"]["uid"], "bob");

    let path = format!("/messages/{}", sent["id"].as_str().unwrap());
    bob.post(&format!("{path}/reactions/%F0%9F%91%8D"), json!({})).await.data();
    let reaction = receiver.next("message_reaction_added").await["reaction"].clone();
    assert_eq!((&reaction["messageId"], &reaction["reactedBy"]["uid"]), (&sent["id"], &json!("bob")));
    bob.delete(&format!("{path}/reactions/%F0%9F%91%8D"), json!({})).await.data();
    assert_eq!(receiver.next("message_reaction_removed").await["reaction"]["reaction"], "👍");

    alice.put(&path, json!({ "data": { "text": "hello there" } })).await.data();
    let edited = receiver.next("message_edited").await["message"].clone();
    assert_eq!(edited["data"]["entities"]["on"]["entity"]["data"]["text"], "hello there");
    alice.delete(&path, json!({})).await.data();
    assert_eq!(receiver.next("message_deleted").await["message"]["data"]["action"], "deleted");

    alice.writes("bob", "look, <@uid:bob>").await;
    receiver.next("message_sent").await;
    assert_eq!(receiver.next("user_mentioned").await["message"]["data"]["mentions"]["bob"]["uid"], "bob");
}

#[tokio::test]
async fn receipts_are_told_of_one_reader_and_of_a_whole_group() {
    let mut receiver = Receiver::refusing(0).await;
    let cloud = receiver.cloud().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let sent = alice.writes("bob", "hello").await;
    receiver.next("message_sent").await;
    bob.post("/users/alice/conversation/delivered", json!({})).await;
    let data = receiver.next("message_delivery_receipt").await;
    assert_eq!(
        (&data["sender"], &data["messageSender"], &data["receiver"]),
        (&json!("bob"), &json!("alice"), &json!("alice"))
    );
    assert_eq!((&data["body"]["action"], &data["body"]["messageId"]), (&json!("delivered"), &sent["id"]));
    bob.post("/users/alice/conversation/read", json!({})).await;
    assert_eq!(receiver.next("message_read_receipt").await["body"]["user"]["uid"], "bob");
    bob.post("/users/alice/conversation/read", json!({})).await;
    alice.founds("team", &["bob"]).await;
    receiver.next("group_created").await;
    receiver.next("group_member_added").await;
    alice.tells("team", "hello").await;
    receiver.next("message_sent").await;
    bob.post("/groups/team/conversation/read", json!({})).await;
    assert_eq!(receiver.next("message_read_receipt").await["receiver"], "team");
    assert_eq!(receiver.next("message_delivered_to_all").await["body"]["action"], "deliveredToAll");
    assert_eq!(receiver.next("message_read_by_all").await["messageSender"], "alice");
}

#[tokio::test]
async fn blocking_and_connections_are_told() {
    let mut receiver = Receiver::refusing(0).await;
    let cloud = receiver.cloud().await;
    let alice = cloud.person("alice").await;
    cloud.person("bob").await;
    alice.post("/blockedusers", json!({ "blockedUids": ["bob", "nobody"] })).await.data();
    let data = receiver.next("user_blocked").await;
    assert_eq!((&data["by"]["uid"], data["users"].as_object().unwrap().len()), (&json!("alice"), 1));
    assert_eq!(data["users"]["bob"]["uid"], "bob");
    alice.delete("/blockedusers", json!({ "blockedUids": ["bob"] })).await.data();
    receiver.next("user_unblocked").await;
    alice.post("/blockedusers", json!({ "blockedUids": ["nobody"] })).await.data();

    let socket =
        alice.connect_with(json!({ "params": { "platform": "javascript", "appInfo": { "version": "4.2.0" } } })).await;
    let data = receiver.next("user_connection_status_changed").await;
    assert_eq!((&data["status"], &data["userPresenceChanged"]), (&json!("online"), &json!(true)));
    assert_eq!(data["currentConnection"]["action"], "connected");
    assert_eq!(data["currentConnection"]["appInfo"]["version"], "4.2.0");
    let second = alice.connect().await;
    assert_eq!(receiver.next("user_connection_status_changed").await["userPresenceChanged"], false);
    second.close().await;
    let data = receiver.next("user_connection_status_changed").await;
    assert_eq!((&data["status"], &data["userPresenceChanged"]), (&json!("online"), &json!(false)));
    socket.close().await;
    let data = receiver.next("user_connection_status_changed").await;
    assert_eq!((&data["status"], &data["currentConnection"]["action"]), (&json!("offline"), &json!("disconnected")));
    assert_eq!(data["user"]["status"], "offline");
}

#[tokio::test]
async fn what_happens_to_a_group_is_told() {
    let mut receiver = Receiver::refusing(0).await;
    let cloud = receiver.cloud().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let _socket = bob.connect().await;
    alice.founds("team", &[]).await;
    let data = receiver.next_but_presence("group_created").await;
    assert_eq!((&data["group"]["guid"], &data["members"]["alice"]["uid"]), (&json!("team"), &json!("alice")));
    bob.post("/groups/team/members", json!({})).await.data();
    let data = receiver.next("group_member_joined").await;
    assert_eq!((&data["members"]["bob"]["uid"], &data["group"]["onlineMembersCount"]), (&json!("bob"), &json!(1)));
    alice.put("/groups/team/members/bob", json!({ "scope": "moderator" })).await.data();
    let data = receiver.next("group_member_scope_changed").await;
    let bobs = &data["members"]["bob"];
    assert_eq!(
        (&bobs["scope"], &bobs["oldScope"], &data["by"]["uid"]),
        (&json!("moderator"), &json!("participant"), &json!("alice"))
    );
    bob.delete("/groups/team/members", json!({})).await.data();
    receiver.next("group_member_left").await;
    alice.put("/groups/team/members", json!({ "participants": ["bob"] })).await.data();
    assert_eq!(receiver.next("group_member_added").await["by"]["uid"], "alice");
    alice.delete("/groups/team/members/bob", json!({})).await.data();
    receiver.next("group_member_kicked").await;
    alice.post("/groups/team/bannedusers/bob", json!({})).await.data();
    receiver.next("group_member_banned").await;
    alice.delete("/groups/team/bannedusers/bob", json!({})).await.data();
    receiver.next("group_member_unbanned").await;
    cloud.admin(Method::PUT, "/groups/team/members", json!({ "participants": ["bob"] })).await.data();
    assert_eq!(receiver.next("group_member_added").await["by"]["uid"], "app_system");
    alice.put("/groups/team", json!({ "name": "The team" })).await.data();
    let group = receiver.next("group_updated").await["group"].clone();
    assert_eq!((&group["name"], &group["updatedBy"]), (&json!("The team"), &json!("alice")));
    alice.patch("/groups/team/owner", json!({ "owner": "bob" })).await.data();
    let group = receiver.next("group_owner_transferred").await["group"].clone();
    assert_eq!((&group["owner"], &group["oldOwner"]), (&json!("bob"), &json!("alice")));
    bob.delete("/groups/team", json!({})).await.data();
    assert_eq!(receiver.next("group_deleted").await["group"]["membersCount"], 2);
}

#[tokio::test]
async fn what_is_not_taken_is_tried_twice_more_and_then_never_again() {
    let mut receiver = Receiver::refusing(3).await;
    let cloud = receiver.cloud().await;
    let alice = cloud.person("alice").await;
    cloud.person("bob").await;
    alice.writes("bob", "lost").await;
    let first = receiver.next("message_sent").await;
    for _ in 0..2 {
        assert_eq!(receiver.next("message_sent").await, first, "a retry says the same again");
    }
    alice.writes("bob", "taken").await;
    assert_eq!(receiver.next("message_sent").await["message"]["data"]["text"], "taken");
}

#[tokio::test]
async fn a_receiver_that_knows_its_caller_gets_user_and_password() {
    let mut receiver = Receiver::refusing(0).await;
    let credentials = Some(("hook".to_owned(), "a password".into()));
    let webhook = Webhook { credentials, ..Webhook::new(&receiver.url) };
    assert!(!format!("{webhook:?}").contains("a password"));
    let cloud = TestCloud::builder().telling(webhook).with_limits(Limits::default()).start().await;
    let alice = cloud.person("alice").await;
    alice.writes("alice", "hello").await;
    assert_eq!(receiver.call().await.0["authorization"], "Basic aG9vazphIHBhc3N3b3Jk");
}

#[tokio::test]
async fn a_call_does_not_wait_for_a_receiver_that_is_not_there() {
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let webhook = Webhook::new(format!("http://{}/", nowhere.local_addr().unwrap()));
    let cloud = TestCloud::builder().telling(webhook).start().await;
    let alice = cloud.person("alice").await;
    for number in 0..5 {
        alice.writes("alice", &number.to_string()).await;
    }
    assert_eq!(alice.texts_with("alice", "").await.len(), 5);
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_at_the_start() {
    for url in ["", "receiver", "ftp://receiver.example", &format!("http://{}", "x".repeat(255))] {
        let config = Config { webhook: Some(Webhook::new(url)), ..Config::new(APP_ID, KEY) };
        let refusal = Emulator::open(config).await.unwrap_err().to_string();
        assert!(refusal.contains("webhook"), "{refusal}");
    }
}

#[tokio::test]
async fn what_moderation_decides_is_told_and_a_withheld_message_is_sent_only_then() {
    let mut receiver = Receiver::refusing(0).await;
    let webhook = Webhook { retry_after: [Duration::from_millis(1); 2], ..Webhook::new(&receiver.url) };
    let cloud = TestCloud::builder().telling(webhook).controlled(Control::default()).start().await;
    cloud.control(Method::POST, "/moderation", json!({ "contains": "dubious" })).await.data();
    let (alice, _bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let sent = alice.writes("bob", "dubious").await;
    let path = format!("/moderation/{}", sent["id"].as_str().unwrap());
    cloud.control(Method::POST, &path, json!({ "status": "disapproved" })).await.data();
    let blocked = receiver.next("moderation_engine_blocked").await;
    assert_eq!(blocked["message"]["data"]["moderation"]["status"], "disapproved");
    cloud.control(Method::POST, &path, json!({ "status": "approved" })).await.data();
    assert_eq!(receiver.next("moderation_manual_approved").await["message"]["id"], sent["id"]);
    assert_eq!(receiver.next("message_sent").await["message"]["id"], sent["id"]);
}
