//! Three copies of the server on one database, behind a proxy that takes them in turn; one of them is killed now and then.
//! On PostgreSQL where `TEST_DATABASE_URL` names a server, else on one SQLite file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod browser;
mod cloud;
mod copy;
#[path = "../../src/server/store/testing/database.rs"]
mod database;
mod proxy;

use std::{net::SocketAddr, time::Duration};

use reqwest::StatusCode;
use tokio::task::JoinSet;

use self::{browser::Browser, cloud::Cloud, copy::Copy, proxy::Proxy};

/// How long what a killed copy left behind may take to be found: its leases, and a little more.
const LEASES: Duration = Duration::from_secs(45);

/// Three copies with all that they stand on.
struct Cluster {
    copies: [Copy; 3],
    proxy: Proxy,
    cloud: Cloud,
    _folder: tempfile::TempDir,
}

impl Cluster {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (cloud, database) = (Cloud::start().await, database::empty(&folder).await);
        // One after the other would be kinder; at once, one of them makes the tables.
        let (one, two, three) = tokio::join!(
            Copy::start(&folder, &database, &cloud),
            Copy::start(&folder, &database, &cloud),
            Copy::start(&folder, &database, &cloud),
        );
        let copies = [one, two, three];
        let proxy = Proxy::start(copies.each_ref().map(Copy::address).into()).await;
        Self { copies, proxy, cloud, _folder: folder }
    }

    fn address(&self, copy: usize) -> SocketAddr {
        self.copies[copy].address()
    }
}

async fn eventually(what: &str, within: Duration, condition: impl AsyncFn() -> bool) {
    let waited = tokio::time::timeout(within, async {
        while !condition().await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("never happened: {what}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_on_one_copy_holds_on_all() {
    let cluster = Cluster::start().await;
    let mut ada = Browser::new(cluster.address(0));
    ada.register("ada").await;
    let mut ada = ada.at(cluster.address(1));
    ada.log_in("ada").await;
    let ada = ada.at(cluster.address(2));
    let token = ada.token().await.unwrap();
    assert_eq!(cluster.cloud.tokens_of("user_1").await, [token]);

    ada.at(cluster.address(0)).log_out().await;
    for copy in 0..3 {
        assert_eq!(ada.at(cluster.address(copy)).token().await.unwrap_err(), StatusCode::UNAUTHORIZED);
    }
    eventually("the token is revoked", LEASES, async || cluster.cloud.tokens_of("user_1").await.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_first_requests_over_all_copies_mint_one_token() {
    let cluster = Cluster::start().await;
    let mut ada = Browser::new(cluster.proxy.address());
    ada.register("ada").await;
    let mut requests = JoinSet::new();
    for _ in 0..200 {
        let ada = ada.clone();
        requests.spawn(async move { ada.token().await.unwrap() });
    }
    let mut tokens = requests.join_all().await;
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
    assert_eq!(cluster.cloud.minted(), 1);
    assert_eq!(cluster.cloud.tokens_of("user_1").await, tokens);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_hold_exactly_over_all_copies() {
    let cluster = Cluster::start().await;
    let mut ada = Browser::new(cluster.proxy.address());
    ada.register("ada").await;
    let mut guesses = JoinSet::new();
    for _ in 0..30 {
        let mut eve = Browser::new(cluster.proxy.address());
        guesses.spawn(async move { eve.guess("ada").await });
    }
    let answers = guesses.join_all().await;
    let count = |status| answers.iter().filter(|answer| **answer == status).count();
    assert_eq!((count(StatusCode::OK), count(StatusCode::TOO_MANY_REQUESTS)), (10, 20), "{answers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_is_killed_while_the_cloud_mints_leaves_no_token_and_the_session_gets_one() {
    let mut cluster = Cluster::start().await;
    let mut ada = Browser::new(cluster.address(0));
    ada.register("ada").await;
    cluster.cloud.hold("POST");
    let request = tokio::spawn({
        let ada = ada.clone();
        async move { ada.try_token().await }
    });
    eventually("the cloud has minted", LEASES, async || cluster.cloud.minted() == 1).await;
    cluster.copies[0].kill();
    assert!(request.await.unwrap().is_none(), "nobody got the answer");
    cluster.cloud.release();

    let ada = ada.at(cluster.proxy.address());
    eventually("another copy gives a token", LEASES, async || ada.token().await.is_ok()).await;
    let token = ada.token().await.unwrap();
    eventually("the lost one is revoked", LEASES, async || {
        cluster.cloud.tokens_of("user_1").await == std::slice::from_ref(&token)
    })
    .await;
    assert_eq!(cluster.cloud.minted(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_copy_was_revoking_when_it_was_killed_another_one_revokes() {
    let mut cluster = Cluster::start().await;
    let mut ada = Browser::new(cluster.address(0));
    ada.register("ada").await;
    ada.token().await.unwrap();
    cluster.cloud.hold("DELETE");
    ada.log_out().await;
    eventually("a copy asks the cloud", LEASES, async || cluster.cloud.is_holding()).await;
    // Whichever it is.
    cluster.copies[0].kill();
    cluster.copies[1].kill();
    cluster.cloud.release();
    eventually("the token is revoked", LEASES, async || cluster.cloud.tokens_of("user_1").await.is_empty()).await;
}
