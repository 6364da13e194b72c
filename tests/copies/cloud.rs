//! The emulator as the copies' cloud. It counts mints, and holds answers back while a test kills whoever waits for them.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use cometchat_emulator::{Config, Emulator};
use serde_json::Value;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

pub const KEY: &str = "0123456789abcdef0123456789abcdef01234567";

pub struct Cloud {
    address: SocketAddr,
    watched: Arc<Watched>,
    server: JoinHandle<()>,
}

struct Watched {
    minted: AtomicUsize,
    /// The method of the calls about tokens whose answers are held back.
    held: watch::Sender<Option<Method>>,
    holding: AtomicBool,
}

impl Cloud {
    pub async fn start() -> Self {
        let emulator = Emulator::open(Config::new("emuapp", KEY)).await.unwrap();
        let (minted, held) = (AtomicUsize::new(0), watch::Sender::new(None));
        let watched = Arc::new(Watched { minted, held, holding: AtomicBool::new(false) });
        let router = emulator.router().layer(from_fn_with_state(Arc::clone(&watched), watch_tokens));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { address, watched, server }
    }

    pub fn url(&self) -> String {
        format!("http://{}/v3", self.address)
    }

    pub fn minted(&self) -> usize {
        self.watched.minted.load(Ordering::SeqCst)
    }

    /// From now on calls of this method about tokens are done and not answered.
    pub fn hold(&self, method: &str) {
        self.watched.held.send_replace(Some(method.parse().unwrap()));
    }

    pub fn is_holding(&self) -> bool {
        self.watched.holding.load(Ordering::SeqCst)
    }

    pub fn release(&self) {
        self.watched.held.send_replace(None);
    }

    pub async fn tokens_of(&self, uid: &str) -> Vec<String> {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("{}/users/{uid}/auth_tokens", self.url());
        let answer: Value = http.get(url).header("apikey", KEY).send().await.unwrap().json().await.unwrap();
        let tokens = answer["data"].as_array().into_iter().flatten();
        tokens.map(|token| token["authToken"].as_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn watch_tokens(State(watched): State<Arc<Watched>>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    if !request.uri().path().contains("/auth_tokens") {
        return next.run(request).await;
    }
    let is_held = |held: &Option<Method>| held.as_ref() == Some(&method);
    if method == Method::DELETE && is_held(&watched.held.borrow()) {
        hold(&watched, is_held).await;
    }
    let response = next.run(request).await;
    if method == Method::POST {
        watched.minted.fetch_add(1, Ordering::SeqCst);
        hold(&watched, is_held).await;
    }
    response
}

async fn hold(watched: &Watched, is_held: impl Fn(&Option<Method>) -> bool) {
    let mut changes = watched.held.subscribe();
    if is_held(&changes.borrow_and_update()) {
        watched.holding.store(true, Ordering::SeqCst);
    }
    let _ = changes.wait_for(|held| !is_held(held)).await;
}
