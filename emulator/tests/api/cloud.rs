//! The harness: an emulator on a port of its own, people who are logged in to it, and their sockets.

use std::{
    ops::Deref,
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use cometchat_emulator::{Config, Control, Emulator, Limits, Pace, Patience, Webhook};
use futures_util::{SinkExt, StreamExt};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::{net::TcpStream, task::JoinHandle, time::timeout};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, tungstenite::Message};

pub const APP_ID: &str = "emuapp";
pub const KEY: &str = "test-rest-api-key";
/// Nothing here takes that long; a test that waits so long has failed.
const LIMIT: Duration = Duration::from_secs(10);

/// An emulator that is being served.
pub struct TestCloud {
    pub emulator: Emulator,
    pub client: Client,
    server: JoinHandle<()>,
}

impl Deref for TestCloud {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// The way to an emulator, in this process or in another.
pub struct Client {
    pub base: String,
    pub host: String,
    http: reqwest::Client,
}

/// How to start one.
#[derive(Default)]
pub struct Builder {
    data: Option<PathBuf>,
    mount_path: String,
    pace: Option<Pace>,
    patience: Patience,
    limits: Limits,
    control: Option<Control>,
    webhook: Option<Webhook>,
}

impl Builder {
    pub fn with_data(mut self, file: impl Into<PathBuf>) -> Self {
        self.data = Some(file.into());
        self
    }

    pub fn mounted_at(mut self, path: &str) -> Self {
        self.mount_path = path.into();
        self
    }

    pub fn with_demo(mut self, pace: Pace) -> Self {
        self.pace = Some(pace);
        self
    }

    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    pub fn controlled(mut self, control: Control) -> Self {
        self.control = Some(control);
        self
    }

    pub fn telling(mut self, webhook: Webhook) -> Self {
        self.webhook = Some(webhook);
        self
    }

    pub async fn start(self) -> TestCloud {
        let emulator = Emulator::open(Config {
            data: self.data,
            mount_path: self.mount_path.clone(),
            demo: self.pace.is_some(),
            pace: self.pace.unwrap_or_default(),
            patience: self.patience,
            limits: self.limits,
            control: self.control,
            webhook: self.webhook,
            ..Config::new(APP_ID, KEY)
        })
        .await
        .unwrap();
        let router = match self.mount_path.as_str() {
            "" => emulator.router(),
            path => axum::Router::new().nest(path, emulator.router()),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        TestCloud { emulator, client: Client::new(host, &self.mount_path), server }
    }
}

impl Drop for TestCloud {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl TestCloud {
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    pub fn builder() -> Builder {
        Builder::default()
    }
}

impl Client {
    pub fn new(host: String, mount_path: &str) -> Self {
        Self { base: format!("http://{host}{mount_path}"), host, http: reqwest::Client::new() }
    }

    /// A call of the admin API, with the right key.
    pub async fn admin(&self, method: Method, path: &str, body: Value) -> Answer {
        self.call(method, &format!("/v3{path}"), &[("apikey", KEY)], Some(body.to_string())).await
    }

    /// A call of the control API.
    pub async fn control(&self, method: Method, path: &str, body: Value) -> Answer {
        self.call(method, &format!("/__emulator{path}"), &[], Some(body.to_string())).await
    }

    pub async fn call(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Answer {
        self.attempt(method, path, headers, body).await.unwrap()
    }

    /// A call that may end without an answer.
    pub async fn attempt(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Result<Answer, reqwest::Error> {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if headers.iter().all(|(name, _)| *name != "content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = timeout(LIMIT, request.send()).await.expect("an answer in time")?;
        let status = response.status();
        let headers = response.headers().clone();
        let text = response.text().await.unwrap();
        Ok(Answer { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) })
    }

    /// A new user, logged in.
    pub async fn person(&self, uid: &str) -> Person<'_> {
        let body = json!({ "uid": uid, "name": format!("{uid} of the test") });
        self.admin(Method::POST, "/users", body).await.data();
        self.login(uid).await
    }

    /// A further log-in of an existing user.
    pub async fn login(&self, uid: &str) -> Person<'_> {
        let token = self.admin(Method::POST, &format!("/users/{uid}/auth_tokens"), json!({ "force": true })).await;
        self.login_with(token.data()["authToken"].as_str().unwrap()).await
    }

    pub async fn login_with(&self, token: &str) -> Person<'_> {
        static SESSIONS: AtomicU64 = AtomicU64::new(1);
        let device = format!("WEB-{}", SESSIONS.fetch_add(1, Ordering::Relaxed));
        let mut person =
            Person { cloud: self, uid: String::new(), token: token.to_owned(), jwt: String::new(), device };
        let me = person.put("/me", json!({ "platform": "WEB" })).await.data();
        me["uid"].as_str().unwrap().clone_into(&mut person.uid);
        me["jwt"].as_str().unwrap().clone_into(&mut person.jwt);
        person
    }

    /// An open socket that has not authenticated, on any path.
    pub async fn open_socket(&self, path: &str) -> Socket {
        let (stream, _) = tokio_tungstenite::connect_async(format!("ws://{}{path}", self.host)).await.unwrap();
        Socket { stream, device: String::new() }
    }
}

/// Somebody who is logged in, by one device.
pub struct Person<'a> {
    cloud: &'a Client,
    pub uid: String,
    pub token: String,
    pub jwt: String,
    pub device: String,
}

impl Person<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PUT, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str, body: Value) -> Answer {
        self.call(Method::DELETE, path, Some(body)).await
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.attempt(method, path, body).await.unwrap()
    }

    /// A call that may end without an answer.
    pub async fn attempt(&self, method: Method, path: &str, body: Option<Value>) -> Result<Answer, reqwest::Error> {
        let headers =
            [("appid", APP_ID), ("authtoken", &self.token), ("resource", &self.device), ("sdk", "javascript@4.2.0")];
        self.cloud.attempt(method, &format!("/v3.0{path}"), &headers, body.map(|body| body.to_string())).await
    }

    /// Sends a text and answers the message.
    pub async fn writes(&self, to: &str, text: &str) -> Value {
        self.post("/messages", text_message(to, text)).await.data()
    }

    /// Makes a public group with these members and answers it.
    pub async fn founds(&self, guid: &str, participants: &[&str]) -> Value {
        let body = json!({
            "guid": guid, "name": format!("{guid} of the test"), "type": "public",
            "members": { "participants": participants },
        });
        self.post("/groups", body).await.data()
    }

    /// Sends a text to a group and answers the message.
    pub async fn tells(&self, guid: &str, text: &str) -> Value {
        self.post("/messages", group_message(guid, text)).await.data()
    }

    /// What is unread, over all conversations.
    pub async fn unread(&self) -> Value {
        self.get("/messages?unread=1&count=1").await.data()
    }

    pub async fn texts_with(&self, other: &str, query: &str) -> Vec<String> {
        texts(&self.get(&format!("/users/{other}/messages?{query}")).await.data())
    }

    /// A socket that wants to hear of everybody's presence.
    pub async fn connect(&self) -> Socket {
        self.connect_with(json!({ "presenceSubscription": "ALL_USERS" })).await
    }

    pub async fn connect_with(&self, subscription: Value) -> Socket {
        let mut socket = self.cloud.open_socket("/ws:443").await;
        socket.device.clone_from(&self.device);
        let mut body = subscription;
        body["auth"] = json!(self.jwt);
        socket
            .send(json!({ "appId": APP_ID, "deviceId": self.device, "type": "auth", "sender": self.uid, "body": body }))
            .await;
        let reply = socket.next("auth").await;
        assert_eq!(reply["body"], json!({ "code": "200", "status": "OK" }));
        assert_eq!(reply["deviceId"], self.device);
        socket
    }
}

pub fn text_message(to: &str, text: &str) -> Value {
    json!({ "type": "text", "receiverType": "user", "category": "message", "data": { "text": text }, "receiver": to })
}

pub fn group_message(guid: &str, text: &str) -> Value {
    json!({ "type": "text", "receiverType": "group", "category": "message", "data": { "text": text }, "receiver": guid })
}

pub fn texts(messages: &Value) -> Vec<String> {
    messages
        .as_array()
        .unwrap()
        .iter()
        .map(|message| message["data"]["text"].as_str().unwrap_or("(none)").to_owned())
        .collect()
}

/// An answer of the API.
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Answer {
    /// What a success carries.
    pub fn data(self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.body.get("data").cloned().unwrap_or_else(|| panic!("no data in {}", self.body))
    }

    /// A failure with this status and code; answers the error.
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status.as_u16(), self.body["error"]["code"].as_str()), (status, Some(code)), "{}", self.body);
        assert!(self.body.get("data").is_none(), "the SDK takes an answer with data for a success: {}", self.body);
        assert_eq!(self.body["error"]["source"], "chat-api");
        self.body["error"].clone()
    }
}

/// A client's end of a socket.
pub struct Socket {
    pub stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    device: String,
}

impl Socket {
    pub async fn send(&mut self, frame: Value) {
        self.stream.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// The next frame of this type; others are passed over.
    pub async fn next(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.read().await.unwrap_or_else(|| panic!("the socket closed before a frame of type {kind}"));
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    pub async fn next_of_any_type(&mut self) -> Value {
        self.read().await.expect("a frame before the end")
    }

    /// Everything that was sent to this socket until now: frames are queued in order, so a pong comes after them.
    pub async fn so_far(&mut self) -> Vec<Value> {
        self.send(json!({ "action": "ping", "ack": "true" })).await;
        let mut frames = Vec::new();
        loop {
            let frame = self.read().await.expect("a pong");
            if frame == json!({ "action": "pong" }) {
                return frames;
            }
            frames.push(frame);
        }
    }

    /// Waits for the server to close the socket.
    pub async fn is_closed(&mut self) {
        while self.read().await.is_some() {}
    }

    /// None: closed.
    async fn read(&mut self) -> Option<Value> {
        loop {
            match timeout(LIMIT, self.stream.next()).await.expect("a frame in time") {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return None,
            }
        }
    }

    pub async fn sends_receipt(&mut self, to: &str, action: &str, message: &Value) {
        let frame = json!({
            "appId": APP_ID, "receiver": to, "receiverType": message["receiverType"], "deviceId": self.device, "type": "receipts",
            "messageSender": to, "body": { "action": action, "messageId": message["id"] },
        });
        self.send(frame).await;
    }

    pub async fn close(mut self) {
        self.stream.close(None).await.unwrap();
        self.is_closed().await;
    }
}
