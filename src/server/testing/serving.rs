//! Connections on a real socket: how many, how slow, and how they end.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};

use super::*;
use crate::server::{
    serving::{self, ConnectionLimits},
    start,
};

/// After so long nothing comes any more.
const PATIENCE: Duration = Duration::from_secs(10);

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// The site's router behind such limits, for as long as the sender lives.
async fn limited(site: &TestSite, limits: ConnectionLimits) -> (SocketAddr, oneshot::Sender<()>) {
    let (listener, address) = listener().await;
    let (stop, stopped) = oneshot::channel();
    let router = site.router.clone();
    tokio::spawn(serving::serve(listener, router, limits, async move {
        let _ = stopped.await;
    }));
    (address, stop)
}

async fn ask(stream: &mut TcpStream, path: &str, connection: &str) {
    let request = format!("GET {path} HTTP/1.1\r\nhost: site.example\r\nconnection: {connection}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
}

/// What comes until the server closes.
async fn rest(mut stream: TcpStream) -> String {
    let mut read = Vec::new();
    let _ = timeout(PATIENCE, stream.read_to_end(&mut read)).await.expect("the server closes");
    String::from_utf8_lossy(&read).into_owned()
}

async fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    ask(&mut stream, path, "close").await;
    rest(stream).await
}

#[tokio::test]
async fn one_connection_too_many_is_told_so_at_once_and_one_that_closes_makes_room() {
    let site = TestSite::start().await;
    let (address, _stop) = limited(&site, ConnectionLimits::new(1)).await;
    let mut first = TcpStream::connect(address).await.unwrap();
    ask(&mut first, "/healthz", "keep-alive").await;
    let mut answer = [0; 12];
    first.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    let refused = get(address, "/healthz").await;
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("retry-after: 5"), "{refused}");
    drop(first);
    let makes_room = async { while !get(address, "/healthz").await.starts_with("HTTP/1.1 200") {} };
    timeout(PATIENCE, makes_room).await.expect("room again");
}

#[tokio::test]
async fn a_head_that_comes_too_slowly_is_not_waited_for() {
    let site = TestSite::start().await;
    let limits = ConnectionLimits { head: Duration::from_millis(100), ..ConnectionLimits::new(10) };
    let (address, _stop) = limited(&site, limits).await;
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\nhost: ").await.unwrap();
    assert!(!rest(slow).await.contains("200"));
    assert!(get(address, "/healthz").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_head_with_too_many_or_too_long_lines_is_refused() {
    let site = TestSite::start().await;
    let (address, _stop) = limited(&site, ConnectionLimits::new(10)).await;
    for lines in ["x: y\r\n".repeat(101), format!("x: {}\r\n", "y".repeat(70 * 1024))] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let _ = stream.write_all(format!("GET /healthz HTTP/1.1\r\nhost: a\r\n{lines}\r\n").as_bytes()).await;
        let answer = rest(stream).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    }
}

/// The whole server, with its background work.
async fn server(site: &TestSite) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let (listener, address) = listener().await;
    let (tell, told) = oneshot::channel();
    let state = site.state.clone();
    let server = tokio::spawn(start::serve_until(listener, state, async move {
        let _ = told.await;
    }));
    (address, tell, server)
}

#[tokio::test]
async fn a_server_that_is_to_end_says_that_it_is_not_ready_while_it_still_serves() {
    let site = TestSite::with(&["--shutdown-delay-seconds", "300"]).await;
    let (address, tell, server) = server(&site).await;
    assert!(get(address, "/readyz").await.starts_with("HTTP/1.1 200"));
    tell.send(()).unwrap();
    let is_told = async { while !get(address, "/readyz").await.starts_with("HTTP/1.1 503") {} };
    timeout(PATIENCE, is_told).await.expect("readiness goes first");
    assert!(get(address, "/login").await.starts_with("HTTP/1.1 200"));
    server.abort();
}

#[tokio::test]
async fn what_is_under_way_when_the_server_is_to_end_has_its_answer_and_then_it_ends() {
    let site = TestSite::start().await;
    let (address, tell, server) = server(&site).await;
    let mut under_way = TcpStream::connect(address).await.unwrap();
    under_way
        .write_all(b"POST /login HTTP/1.1\r\nhost: a\r\norigin: http://a\r\naccept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\n\
                     content-length: 32\r\n\r\nemail=a")
        .await
        .unwrap();
    // Answered, so that the one before it is being read.
    assert!(get(address, "/healthz").await.starts_with("HTTP/1.1 200"));
    tell.send(()).unwrap();
    let is_closed = async { while TcpStream::connect(address).await.is_ok() {} };
    timeout(PATIENCE, is_closed).await.expect("nobody new is let in");
    under_way.write_all(b"%40example.com&password=1").await.unwrap();
    let answer = rest(under_way).await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    timeout(PATIENCE, server).await.expect("the server ends").unwrap();
}
