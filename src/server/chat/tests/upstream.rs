//! A cloud for tests: CometChat's REST API as far as we call it, with users, tokens, and a count of every call.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use url::Url;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use crate::server::clock;

pub const KEY: &str = "0123456789abcdef0123456789abcdef01234567";

/// The code of every bad field; here the only one is an avatar.
const REFUSED_AVATAR: &str = "ERR_BAD_REQUEST";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CloudUser {
    pub name: String,
    pub avatar: Option<String>,
    pub deactivated: bool,
}

#[derive(Default)]
pub struct State {
    pub users: BTreeMap<String, CloudUser>,
    pub tokens: BTreeSet<String>,
    pub minted: usize,
    pub created: usize,
    pub updated: usize,
    pub deleted: usize,
    pub lists: usize,
    /// Answers every call with this status and code instead.
    pub failing: Option<(u16, &'static str)>,
    /// From the next reactivation on.
    pub failing_after_reactivation: Option<(u16, &'static str)>,
    /// What it says with that of when to come back.
    pub retry_after: Option<u32>,
    /// Mints, and then answers with this status and code.
    pub losing_mints: Option<(u16, &'static str)>,
    pub delay: Duration,
    /// When each token was made.
    created_at: BTreeMap<String, i64>,
    clock: Option<Arc<AtomicI64>>,
}

impl State {
    fn mint(&mut self, uid: &str) -> String {
        let now = self.clock.as_ref().map_or_else(clock::seconds, |clock| clock.load(Ordering::SeqCst));
        self.minted += 1;
        let token = format!("{uid}_1800000000{:030x}", self.minted);
        self.tokens.insert(token.clone());
        self.created_at.insert(token.clone(), now);
        token
    }

    /// A token that was deleted is there again.
    pub fn revive(&mut self, token: &str) {
        self.tokens.insert(token.to_owned());
    }

    /// A token that somebody else's back end makes, with the same key.
    pub fn mint_elsewhere(&mut self, uid: &str) -> String {
        self.mint(uid)
    }
}

pub struct Upstream {
    server: MockServer,
    state: Arc<Mutex<State>>,
}

impl Upstream {
    pub async fn start() -> Self {
        let (server, state) = (MockServer::start().await, Arc::default());
        Mock::given(any()).respond_with(Cloud(Arc::clone(&state))).mount(&server).await;
        Self { server, state }
    }

    /// One whose clock is the test's.
    pub async fn at(clock: &Arc<AtomicI64>) -> Self {
        let upstream = Self::start().await;
        upstream.state().clock = Some(Arc::clone(clock));
        upstream
    }

    pub fn base_url(&self) -> Url {
        format!("{}/v3", self.server.uri()).parse().unwrap()
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub async fn calls(&self) -> usize {
        self.server.received_requests().await.unwrap().len()
    }
}

struct Cloud(Arc<Mutex<State>>);

impl Respond for Cloud {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut state = self.0.lock().unwrap();
        let delay = state.delay;
        let (status, body) = answer(&mut state, request).unwrap_or_else(|(status, code)| {
            let details =
                if code == REFUSED_AVATAR { json!({"avatar": ["The avatar must be a valid URL."]}) } else { json!({}) };
            (status, json!({"error": {"code": code, "message": "…", "source": "chat-api", "details": details}}))
        });
        let answer = ResponseTemplate::new(status).set_body_json(body).set_delay(delay);
        match state.retry_after {
            Some(seconds) => answer.insert_header("retry-after", seconds.to_string()),
            None => answer,
        }
    }
}

type Answer = Result<(u16, Value), (u16, &'static str)>;

fn answer(state: &mut State, request: &Request) -> Answer {
    if let Some(failure) = state.failing {
        return Err(failure);
    }
    if request.headers.get("apikey").is_none_or(|key| key != KEY) {
        return Err((401, "AUTH_ERR_APIKEY_NOT_FOUND"));
    }
    let path: Vec<_> = request.url.path().split('/').skip(2).map(ToOwned::to_owned).collect();
    let path: Vec<_> = path.iter().map(String::as_str).collect();
    let body: Value = request.body_json().unwrap_or_default();
    let text = |name: &str| body[name].as_str().map(ToOwned::to_owned);
    match (request.method.as_str(), path.as_slice()) {
        ("POST", ["users"]) => {
            let uid = text("uid").unwrap();
            if text("avatar").is_some_and(|avatar| avatar.starts_with("https://refused.example/")) {
                return Err((400, REFUSED_AVATAR));
            }
            if state.users.contains_key(&uid) {
                return Err((400, "ERR_UID_ALREADY_EXISTS"));
            }
            let user = CloudUser { name: text("name").unwrap(), avatar: text("avatar"), deactivated: false };
            state.users.insert(uid.clone(), user);
            state.created += 1;
            Ok((200, json!({"data": {"uid": uid}})))
        }
        ("PUT", ["users"]) => {
            let uid = body["uidsToActivate"][0].as_str().unwrap();
            state.users.get_mut(uid).unwrap().deactivated = false;
            state.failing = state.failing_after_reactivation.take();
            Ok((200, json!({"data": {"reactivatedUids": [uid]}})))
        }
        ("PUT", ["users", uid]) => {
            let user = active(state, uid)?;
            user.name = text("name").unwrap();
            user.avatar = text("avatar");
            state.updated += 1;
            Ok((200, json!({"data": {"uid": uid}})))
        }
        ("POST", ["users", uid, "auth_tokens"]) => {
            assert_eq!(body["force"], true, "every session gets a token of its own");
            active(state, uid)?;
            let token = state.mint(uid);
            if let Some(failure) = state.losing_mints {
                return Err(failure);
            }
            Ok((200, json!({"data": {"uid": uid, "authToken": token, "createdAt": state.created_at[&token]}})))
        }
        ("DELETE", ["users", uid, "auth_tokens", token]) => {
            active(state, uid)?;
            state.deleted += 1;
            if state.tokens.remove(*token) {
                Ok((200, json!({"data": {"success": true}})))
            } else {
                Err((404, "ERR_AUTH_TOKEN_NOT_FOUND"))
            }
        }
        ("DELETE", ["users", uid, "auth_tokens"]) => {
            active(state, uid)?;
            state.tokens.retain(|token| !token.starts_with(&format!("{uid}_")));
            Ok((200, json!({"data": {"success": true}})))
        }
        ("GET", ["users", uid, "auth_tokens"]) => {
            active(state, uid)?;
            state.lists += 1;
            let own = state.tokens.iter().filter(|token| token.starts_with(&format!("{uid}_")));
            let listed = own.map(|token| json!({"uid": uid, "authToken": token, "createdAt": state.created_at[token]}));
            Ok((200, json!({"data": listed.collect::<Vec<_>>()})))
        }
        ("DELETE", ["users", uid]) => {
            active(state, uid)?;
            if body["permanent"] == true {
                state.users.remove(*uid);
                state.tokens.retain(|token| !token.starts_with(&format!("{uid}_")));
            } else {
                // Its tokens lie there, and are good again once the user is active.
                active(state, uid)?.deactivated = true;
            }
            Ok((200, json!({"data": {"success": true}})))
        }
        _ => Err((404, "ERR_API_NOT_FOUND")),
    }
}

fn active<'a>(state: &'a mut State, uid: &str) -> Result<&'a mut CloudUser, (u16, &'static str)> {
    state.users.get_mut(uid).filter(|user| !user.deactivated).ok_or((404, "ERR_UID_NOT_FOUND"))
}
