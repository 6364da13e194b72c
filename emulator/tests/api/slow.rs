//! Requests whose body takes its time: what happens meanwhile counts.

use std::time::Duration;

use cometchat_emulator::Patience;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::cloud::{APP_ID, Client, KEY, Person, TestCloud, text_message};

/// A request whose head was sent, and whose body the server waits for: what it asks before the body it has asked.
pub struct Held {
    stream: TcpStream,
    body: String,
}

impl Held {
    pub async fn start(cloud: &Client, method: Method, path: &str, headers: &[(&str, &str)], body: &Value) -> Self {
        let body = body.to_string();
        let headers: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{}content-length: {}\r\n\
             expect: 100-continue\r\n\r\n",
            cloud.host,
            headers.concat(),
            body.len(),
        );
        let mut stream = TcpStream::connect(&cloud.host).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut go_on = [0; "HTTP/1.1 100 Continue\r\n\r\n".len()];
        stream.read_exact(&mut go_on).await.unwrap();
        assert!(go_on.starts_with(b"HTTP/1.1 100"), "{}", String::from_utf8_lossy(&go_on));
        Self { stream, body }
    }

    /// Sends the body, and answers status and JSON.
    async fn finish(mut self) -> (u16, Value) {
        self.stream.write_all(self.body.as_bytes()).await.unwrap();
        self.answer().await
    }

    async fn answer(mut self) -> (u16, Value) {
        let mut text = String::new();
        self.stream.read_to_string(&mut text).await.unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
    }
}

async fn held_by(cloud: &Client, person: &Person<'_>, method: Method, path: &str, body: &Value) -> Held {
    let headers = [("appid", APP_ID), ("authtoken", person.token.as_str())];
    Held::start(cloud, method, path, &headers, body).await
}

#[tokio::test]
async fn a_token_that_is_deleted_while_a_body_arrives_changes_nothing_any_more() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let received = bob.writes("alice", "from bob").await;
    let sent = alice.writes("bob", "from alice").await;
    let message = format!("/messages/{}", sent["id"].as_str().unwrap());
    for (method, path, body) in [
        (Method::POST, "/messages", text_message("bob", "too late")),
        (Method::PUT, message.as_str(), json!({ "data": { "text": "too late" } })),
        (Method::PUT, "/me", json!({ "name": "too late", "platform": "WEB" })),
        (Method::PUT, "/users/bob/conversation", json!({ "tags": ["too-late"] })),
        (Method::DELETE, "/users/bob/conversation/read", json!({ "messageId": received["id"] })),
    ] {
        let revoked = cloud.login("alice").await;
        let held = held_by(&cloud, &revoked, method.clone(), path, &body).await;
        let token = format!("/users/alice/auth_tokens/{}", revoked.token);
        cloud.admin(Method::DELETE, &token, json!({})).await.data();
        let (status, answer) = held.finish().await;
        assert_eq!(
            (status, &answer["error"]["code"]),
            (401, &json!("AUTH_ERR_AUTH_TOKEN_NOT_FOUND")),
            "{method} {path}"
        );
    }
    assert_eq!(bob.texts_with("alice", "").await, ["from bob", "from alice"]);
    assert_eq!(bob.get("/users/alice").await.data()["name"], "alice of the test");
    assert!(alice.get("/users/bob/conversation").await.data().get("tags").is_none());
}

#[tokio::test]
async fn a_backend_does_not_write_for_somebody_who_was_deactivated_while_the_body_arrived() {
    let cloud = TestCloud::start().await;
    let (_alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let headers = [("apikey", KEY), ("onbehalfof", "alice")];
    let held = Held::start(&cloud, Method::POST, "/v3/messages", &headers, &text_message("bob", "too late")).await;
    cloud.admin(Method::DELETE, "/users/alice", json!({})).await.data();
    let (status, answer) = held.finish().await;
    assert_eq!((status, &answer["error"]["code"]), (404, &json!("ERR_UID_NOT_FOUND")));
    assert_eq!(bob.get("/messages").await.data(), json!([]));
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_refused_after_a_while() {
    let patience = Patience { body: Duration::from_millis(100), ..Patience::default() };
    let cloud = TestCloud::builder().with_patience(patience).start().await;
    let alice = cloud.person("alice").await;
    let held = held_by(&cloud, &alice, Method::POST, "/messages", &text_message("alice", "never sent")).await;
    let (status, answer) = held.answer().await;
    assert_eq!((status, &answer["error"]["code"]), (408, &json!("ERR_REQUEST_TIMEOUT")));
    assert_eq!(answer["error"]["source"], "chat-api");
}
