//! The token road from end to end: the whole server over HTTP, a real database, and a cloud that keeps count.

use std::net::SocketAddr;

use leptos::server_fn::ServerFn;
use reqwest::{
    Response, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, COOKIE, ORIGIN, RETRY_AFTER, SET_COOKIE},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};

use super::*;
use crate::{
    api::{
        accounts::{ChangePassword, LogIn, LogOut, Register, SignOutEverywhere},
        chat::{AuthToken as AuthTokenCall, CreateUser},
    },
    server::{assets::StaticFiles, config::Config, start, telemetry::Metrics, testing::log::Log},
};

const PASSWORD: &str = "correct horse 42 battery";
const FORM: &str = "application/x-www-form-urlencoded";

/// A running server.
pub(super) struct Site {
    address: SocketAddr,
    pub upstream: Upstream,
    pub store: Store,
    _folder: TempDir,
    _background: JoinSet<()>,
}

impl Site {
    pub async fn start(more: &[&str]) -> Self {
        let (upstream, folder) = (Upstream::start().await, tempfile::tempdir().unwrap());
        let database = testing::flags(&folder).await;
        let database: Vec<&str> = database.iter().map(String::as_str).collect();
        let base = upstream.base_url();
        let words = [
            &database[..],
            &["--cometchat-api-url", base.as_str()],
            &["--cometchat-app-id", "emuapp", "--cometchat-region", "eu", "--cometchat-rest-api-key", KEY][..],
            more,
        ];
        let config = Config::of_words(words.concat()).unwrap();
        let files = StaticFiles::development(folder.path());
        let state = start::state_with(config, files, Metrics::detached()).await.unwrap();
        let store = state.store.clone();
        let background = start::background(&state);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = start::whole(state).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { address, upstream, store, _folder: folder, _background: background }
    }

    fn browser(&self) -> Browser {
        Browser { address: self.address, http: reqwest::Client::builder().no_proxy().build().unwrap(), cookie: None }
    }

    pub async fn register(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.register(name).await;
        assert_eq!(answer.status(), StatusCode::OK);
        browser
    }

    async fn recorded(&self, state: &str) -> i64 {
        sqlx::query_scalar("SELECT COUNT(*) FROM chat_tokens WHERE state = $1")
            .bind(state)
            .fetch_one(self.store.readers())
            .await
            .unwrap()
    }
}

/// A browser with its cookie.
#[derive(Clone)]
pub(super) struct Browser {
    address: SocketAddr,
    http: reqwest::Client,
    cookie: Option<String>,
}

impl Browser {
    pub async fn post(&self, path: &str, kind: &str, body: String) -> Response {
        let origin = format!("http://{}", self.address);
        let mut request = self.http.post(format!("{origin}{path}")).header(ORIGIN, origin).header(CONTENT_TYPE, kind);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        request.body(body).send().await.unwrap()
    }

    /// Sends a form, and keeps the session's cookie.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
        let response = self.post(path, FORM, body.join("&")).await;
        for cookie in response.headers().get_all(SET_COOKIE) {
            self.cookie = Some(cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
        response
    }

    async fn register(&mut self, name: &str) -> Response {
        let email = format!("{name}@example.com");
        self.submit(Register::PATH, &[("name", name), ("email", &email), ("password", PASSWORD)]).await
    }

    pub async fn ask_for_token(&self) -> Response {
        self.post(AuthTokenCall::PATH, "application/json", String::new()).await
    }

    pub async fn token(&self) -> String {
        let response = self.ask_for_token().await;
        assert_eq!(response.status(), StatusCode::OK);
        response.json::<Value>().await.unwrap()["authToken"].as_str().unwrap().to_owned()
    }

    async fn page(&self, path: &str) -> String {
        let mut request = self.http.get(format!("http://{}{path}", self.address));
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        request.send().await.unwrap().text().await.unwrap()
    }
}

fn retry_after(response: &Response) -> u64 {
    response.headers()[RETRY_AFTER].to_str().unwrap().parse().unwrap()
}

#[test]
fn the_paths_are_those_that_are_promised() {
    assert_eq!(AuthTokenCall::PATH, "/api/cometchat/auth-token");
    assert_eq!(CreateUser::PATH, "/api/cometchat/create-user");
}

#[tokio::test]
async fn the_answer_has_exactly_four_fields_and_is_kept_by_no_cache() {
    let site = Site::start(&[]).await;
    let response = site.register("ada").await.ask_for_token().await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    let answer: Value = response.json().await.unwrap();
    let token = site.upstream.state().tokens.first().unwrap().clone();
    assert_eq!(answer, json!({"uid": "user_1", "authToken": token, "appId": "emuapp", "region": "eu"}));
}

#[tokio::test]
async fn without_a_session_there_is_401_and_nothing_goes_upstream() {
    let site = Site::start(&[]).await;
    let mut stranger = site.browser();
    for cookie in [None, Some("session=AAAAAAAAAAAAAAAAAAAAAA".to_owned()), Some("id=nonsense".to_owned())] {
        stranger.cookie = cookie;
        for path in [AuthTokenCall::PATH, CreateUser::PATH] {
            let body = json!({"uid": "user_1", "user_id": 1}).to_string();
            let response = stranger.post(path, "application/json", body).await;
            assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
            assert_eq!(response.json::<Value>().await.unwrap(), json!({"code": "unauthenticated"}));
        }
    }
    assert_eq!(site.upstream.calls().await, 0);
}

#[tokio::test]
async fn nobody_gets_a_token_of_somebody_else_by_naming_them() {
    let site = Site::start(&[]).await;
    site.register("ada").await;
    let bob = site.register("bob").await;
    let body = json!({"uid": "user_1", "user_id": 1}).to_string();
    let answer: Value = bob.post(AuthTokenCall::PATH, "application/json", body).await.json().await.unwrap();
    assert_eq!(answer["uid"], "user_2");
    assert!(answer["authToken"].as_str().unwrap().starts_with("user_2_"));
}

#[tokio::test]
async fn another_sites_page_cannot_ask() {
    let site = Site::start(&[]).await;
    let ada = site.register("ada").await;
    let url = format!("http://{}{}", site.address, AuthTokenCall::PATH);
    let request =
        ada.http.post(url).header(ORIGIN, "https://evil.example").header(COOKIE, ada.cookie.as_ref().unwrap());
    assert_eq!(request.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(site.upstream.state().minted, 0);
}

#[tokio::test]
async fn malformed_arguments_are_refused_and_an_empty_body_is_none() {
    let site = Site::start(&[]).await;
    let ada = site.register("ada").await;
    for body in ["{", r#"{"rejected":"user_1_1800000000"}"#, r#"{"rejected":7}"#] {
        let response = ada.post(AuthTokenCall::PATH, "application/json", body.to_owned()).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    ada.token().await;
}

#[tokio::test]
async fn a_rejected_token_is_replaced_over_http() {
    let site = Site::start(&[]).await;
    let ada = site.register("ada").await;
    let dead = ada.token().await;
    let body = json!({"rejected": TokenDigest::of(&dead)}).to_string();
    let answer: Value = ada.post(AuthTokenCall::PATH, "application/json", body).await.json().await.unwrap();
    assert_ne!(answer["authToken"], dead);
}

#[tokio::test]
async fn the_eleventh_request_within_an_hour_is_refused_with_retry_after_and_nothing_goes_upstream() {
    let site = Site::start(&[]).await;
    let ada = site.register("ada").await;
    for _ in 0..10 {
        ada.token().await;
    }
    let calls = site.upstream.calls().await;
    let response = ada.ask_for_token().await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    let seconds = retry_after(&response);
    assert!((3000..=3600).contains(&seconds), "{seconds}");
    let body: Value = response.json().await.unwrap();
    assert_eq!(body, json!({"code": "rate_limited", "retry_after_seconds": seconds}));
    assert_eq!(site.upstream.calls().await, calls);
    // The limit is the user's, not the site's.
    site.register("bob").await.token().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_concurrent_first_requests_mint_once() {
    let site = Site::start(&["--chat-token-rate-limit", "1000/h"]).await;
    let ada = site.register("ada").await;
    let mut requests = JoinSet::new();
    for _ in 0..200 {
        let ada = ada.clone();
        requests.spawn(async move { ada.token().await });
    }
    let mut tokens = requests.join_all().await;
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
    let state = site.upstream.state();
    assert_eq!((state.created, state.minted), (1, 1));
}

#[tokio::test]
async fn a_dead_cloud_is_503_with_retry_after_and_neither_registration_nor_session_suffers() {
    let site = Site::start(&[]).await;
    site.upstream.state().failing = Some((503, "ERR_EXCEPTION"));
    let ada = site.register("ada").await;
    let response = ada.ask_for_token().await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(retry_after(&response) > 0);
    site.upstream.state().failing = None;
    ada.token().await;
}

#[tokio::test]
async fn create_user_is_idempotent_and_says_whether_it_created() {
    let site = Site::start(&[]).await;
    site.upstream.state().failing = Some((400, "ERR_BAD_REQUEST"));
    let ada = site.register("ada").await;
    eventually("registration tried", async || site.upstream.calls().await == 1).await;
    site.upstream.state().failing = None;
    for created in [true, false, false] {
        let response = ada.post(CreateUser::PATH, "application/json", String::new()).await;
        assert_eq!(response.json::<Value>().await.unwrap(), json!({"uid": "user_1", "created": created}));
    }
    assert_eq!(site.upstream.state().created, 1);
}

#[tokio::test]
async fn registration_creates_the_chat_user_in_the_background() {
    let site = Site::start(&[]).await;
    site.register("ada").await;
    eventually("the user is in the cloud", async || site.upstream.state().users.contains_key("user_1")).await;
    assert_eq!(site.upstream.state().minted, 0);
}

#[tokio::test]
async fn logout_revokes_the_token_upstream_and_the_old_cookie_is_worth_nothing() {
    let site = Site::start(&[]).await;
    let mut ada = site.register("ada").await;
    let old = ada.clone();
    ada.token().await;
    assert!(ada.submit(LogOut::PATH, &[]).await.status().is_success());
    eventually("the token is revoked", async || site.upstream.state().tokens.is_empty()).await;
    eventually("that is recorded", async || site.recorded("ended").await == 1).await;
    assert_eq!(old.ask_for_token().await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn logout_works_and_is_remembered_when_the_cloud_is_down() {
    let site = Site::start(&[]).await;
    let mut ada = site.register("ada").await;
    let old = ada.clone();
    ada.token().await;
    site.upstream.state().failing = Some((500, "ERR_EXCEPTION"));
    assert!(ada.submit(LogOut::PATH, &[]).await.status().is_success());
    assert_eq!(site.recorded("ending").await, 1);
    assert_eq!(old.ask_for_token().await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn signing_out_everywhere_ends_the_tokens_of_all_browsers() {
    let site = Site::start(&[]).await;
    let mut here = site.register("ada").await;
    let mut there = site.browser();
    there.submit(LogIn::PATH, &[("email", "ada@example.com"), ("password", PASSWORD)]).await;
    assert_ne!(here.token().await, there.token().await);
    assert!(here.submit(SignOutEverywhere::PATH, &[]).await.status().is_success());
    eventually("both tokens are revoked", async || site.upstream.state().tokens.is_empty()).await;
    assert_eq!(there.ask_for_token().await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_changed_password_ends_the_tokens_of_the_other_browsers() {
    let site = Site::start(&[]).await;
    let mut here = site.register("ada").await;
    let mut there = site.browser();
    there.submit(LogIn::PATH, &[("email", "ada@example.com"), ("password", PASSWORD)]).await;
    let (kept, _) = (here.token().await, there.token().await);
    let fields = [("current_password", PASSWORD), ("new_password", "another long pass 77 phrase")];
    assert!(here.submit(ChangePassword::PATH, &fields).await.status().is_success());
    eventually("the other token is revoked", async || site.upstream.state().tokens.len() == 1).await;
    assert!(site.upstream.state().tokens.contains(&kept));
}

/// On one thread, so that the log holds everything, at the finest level, of every library.
#[tokio::test]
async fn no_log_line_and_no_html_carries_a_secret() {
    let log = Log::listen();
    let site = Site::start(&[]).await;
    let mut ada = site.register("ada").await;
    let token = ada.token().await;
    ada.token().await;
    let pages = [ada.page("/").await, ada.page("/account").await, site.browser().page("/login").await].concat();
    let session = ada.cookie.clone().unwrap();
    // A failing revocation logs an error of the transport: its address holds the token.
    site.upstream.state().failing = Some((500, "ERR_EXCEPTION"));
    ada.submit(LogOut::PATH, &[]).await;
    eventually("it failed", async || log.text().contains("Could not revoke token")).await;

    let text = log.text();
    for line in ["[CometChat] Created new user user_1", "[CometChat] Minted token for user_1"] {
        assert_eq!(text.matches(line).count(), 1, "{line}");
    }
    assert!(text.contains("[CometChat] Returning cached token for user_1"));
    assert!(pages.contains("</html>"));
    let session_id = session.split('=').nth(1).unwrap();
    for (name, secret) in [("token", token.as_str()), ("key", KEY), ("password", PASSWORD), ("session", session_id)] {
        assert!(!pages.contains(secret), "the HTML holds the {name}");
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "the log holds the {name}");
    }
}

/// What the visitor and whoever runs the site are told when the cloud refuses our configuration.
async fn a_refused_configuration_is_503_and_logged(refusal: (u16, &'static str), variable: &str) {
    let log = Log::listen();
    let site = Site::start(&["--chat-token-cache-seconds", "0"]).await;
    site.upstream.state().failing = Some(refusal);
    let ada = site.register("ada").await;
    let response = ada.ask_for_token().await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(retry_after(&response) > 0);
    assert!(!response.text().await.unwrap().contains("COMETCHAT"));
    let errors: Vec<_> = log.text().lines().filter(|line| line.contains("ERROR")).map(ToOwned::to_owned).collect();
    assert!(errors.iter().any(|line| line.contains(variable)), "{errors:?}");
}

#[tokio::test]
async fn a_wrong_key_is_503_for_the_visitor_and_a_log_line_names_the_variable() {
    a_refused_configuration_is_503_and_logged((401, "AUTH_ERR_APIKEY_NOT_FOUND"), "COMETCHAT_REST_API_KEY").await;
}

#[tokio::test]
async fn a_wrong_app_id_is_503_for_the_visitor_and_a_log_line_names_the_variable() {
    for refusal in [(401, "AUTH_ERR_INVALID_APPID"), (404, "ERR_APP_NOT_FOUND")] {
        a_refused_configuration_is_503_and_logged(refusal, "COMETCHAT_APP_ID").await;
    }
}

#[tokio::test]
async fn readiness_says_whether_the_chat_cloud_answers_and_does_not_depend_on_it() {
    let site = Site::start(&[]).await;
    let readiness = async || {
        let response = reqwest::get(format!("http://{}/readyz", site.address)).await.unwrap();
        (response.status(), response.json::<Value>().await.unwrap())
    };
    let ready = |chat: &str| (StatusCode::OK, json!({"database": "ok", "chat": chat}));
    assert_eq!(readiness().await, ready("not asked"));
    let ada = site.register("ada").await;
    ada.token().await;
    assert_eq!(readiness().await, ready("ok"));
    site.upstream.state().failing = Some((503, "ERR_EXCEPTION"));
    let bob = site.register("bob").await;
    assert_eq!(bob.ask_for_token().await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(readiness().await, ready("unavailable"));
}
