//! Ten thousand requests that no browser sends, over a real socket: well-formed ones with hostile content, and what is
//! no HTTP any more. The same seed makes the same requests; another one is tried by `FUZZ_SEED=…`.

mod hostile;
mod mutation;

use std::{
    panic,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use axum::{
    extract::Request,
    http::StatusCode,
    middleware::{Next, from_fn},
    response::Response,
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::task::JoinSet;

use self::{hostile::Hostile, mutation::mutate};
use super::{wire::Wire, *};
use crate::server::chat::tests::upstream::Upstream;

const REQUESTS: usize = 10_000;
/// How many are under way at once.
const WORKERS: usize = 8;
const SEED: u64 = 20_261_126;
/// The name of the threads that serve: what panics there is the server's.
const THREADS: &str = "fuzzed server";

/// What went wrong inside of the server.
#[derive(Clone, Default)]
struct Findings(Arc<Mutex<Vec<String>>>);

impl Findings {
    fn add(&self, finding: String) {
        self.0.lock().unwrap().push(finding);
    }
}

async fn watch(findings: Findings, request: Request, next: Next) -> Response {
    let asked = format!("{} {}", request.method(), request.uri());
    let response = next.run(request).await;
    if response.status().is_server_error() {
        findings.add(format!("{} for {asked}", response.status()));
    }
    response
}

/// Counts the panics of the server's threads, those too that become an answer.
fn panics_of_the_server() -> Arc<AtomicUsize> {
    let count = Arc::new(AtomicUsize::new(0));
    let (counting, before) = (Arc::clone(&count), panic::take_hook());
    panic::set_hook(Box::new(move |panic| {
        if thread::current().name() == Some(THREADS) {
            counting.fetch_add(1, Ordering::SeqCst);
        }
        before(panic);
    }));
    count
}

/// Sends its share; says how many were answered.
async fn attack(wire: Arc<Wire>, seed: u64, cookies: [String; 2], findings: Findings) -> usize {
    let mut random = StdRng::seed_from_u64(seed);
    let hostile = Hostile { cookies };
    let mut answered = 0;
    for _ in 0..REQUESTS / WORKERS {
        let mut bytes = hostile.request(&mut random);
        let is_whole = random.random_bool(0.5);
        let answer = if is_whole {
            wire.ask(&bytes).await
        } else {
            mutate(&mut bytes, &mut random);
            wire.send_and_close(&bytes).await
        };
        answered += usize::from(answer.status != 0);
        if answer.status >= 500 || (is_whole && answer.status == 0) {
            findings.add(format!("{} for {:?}", answer.status, String::from_utf8_lossy(&bytes)));
        }
    }
    answered
}

#[test]
fn ten_thousand_malformed_requests_end_with_no_5xx_no_panic_and_the_server_serving() {
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(4).thread_name(THREADS).enable_all().build().unwrap();
    let panics = panics_of_the_server();
    runtime.block_on(async move {
        let cloud = Upstream::start().await;
        let flags = ["--chat-token-rate-limit", "100000/h", "--registration-rate-limit", "20/h"];
        let mut site = TestSite::with_cloud(cloud.base_url().as_str(), &flags).await;
        let findings = Findings::default();
        let watching = findings.clone();
        site.router = site.router.layer(from_fn(move |request, next| watch(watching.clone(), request, next)));
        let mut ada = site.signed_in("ada@example.com").await;
        let eve = site.signed_in("eve@example.com").await.cookie.unwrap();
        let leaving = site.signed_in("leaving@example.com").await.cookie.unwrap();
        let wire = Arc::new(Wire::listen(&site).await);
        let mut workers = JoinSet::new();
        for worker in 0..WORKERS as u64 {
            let cookies = [eve.clone(), leaving.clone()];
            workers.spawn(attack(Arc::clone(&wire), seed.wrapping_add(worker), cookies, findings.clone()));
        }
        let answered: usize = workers.join_all().await.into_iter().sum();
        let findings = findings.0.lock().unwrap().clone();
        assert!(
            findings.is_empty(),
            "FUZZ_SEED={seed}: {} findings, such as {:#?}",
            findings.len(),
            &findings[..findings.len().min(10)]
        );
        assert_eq!(panics.load(Ordering::SeqCst), 0, "FUZZ_SEED={seed}: the server panicked");
        // Otherwise little would have been asked.
        assert!(answered > REQUESTS * 3 / 4, "FUZZ_SEED={seed}: {answered} answers");

        let home = wire.ask(b"GET / HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n\r\n").await;
        assert_eq!(home.status, 200);
        assert!(ada.open("/account").await.input("name").contains("value=\"Ada\""), "nobody touched Ada's account");
        assert_eq!(site.browser().submit("/login", &ADA).await.status, StatusCode::SEE_OTHER);
    });
}
