//! The connections: how many there may be, how long a request's head may take, and how they end. What is asked for over
//! them is the router's; it knows no route.

use std::{io, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo};
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use metrics::{counter, gauge};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};
use tower::ServiceExt;

/// What a client may take of the server.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// How many may be open at once; one more is told that the site is busy, at once.
    pub open: usize,
    /// How long the head of a request may take, the pause before it included: longer than the minute for which proxies
    /// keep an idle connection.
    pub head: Duration,
    /// How long requests that are under way may go on once the server is to end.
    pub grace: Duration,
}

impl ConnectionLimits {
    pub fn new(open: usize) -> Self {
        Self { open, head: Duration::from_secs(75), grace: Duration::from_secs(10) }
    }
}

/// More header lines than any browser and its proxies send; hyper answers 431.
const MOST_HEADERS: usize = 100;
/// The longest head, and the most of a body that waits in memory; hyper answers 431.
const LONGEST_HEAD: usize = 64 * 1024;
/// The whole answer to a connection over the limit.
const BUSY: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
/// How long that may take.
const BUSY_TIME: Duration = Duration::from_secs(1);
/// After the system has no socket to give.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until `end`, then lets what is under way finish, for as long as the limits allow.
pub async fn serve(listener: TcpListener, site: Router, limits: ConnectionLimits, end: impl Future<Output = ()>) {
    let slots = Arc::new(Semaphore::new(limits.open));
    let connections = GracefulShutdown::new();
    let mut end = std::pin::pin!(end);
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_headers(MOST_HEADERS)
        .max_buf_size(LONGEST_HEAD);
    loop {
        let (stream, address) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    if !is_of_one_connection(&error) {
                        tracing::error!("no connection can be accepted: {error}");
                        sleep(PAUSE).await;
                    }
                    continue;
                }
            },
            () = &mut end => break,
        };
        let Ok(slot) = Arc::clone(&slots).try_acquire_owned() else {
            counter!("http_connections_refused_total").increment(1);
            tokio::spawn(refuse(stream));
            continue;
        };
        gauge!("http_connections_open").increment(1);
        let site = site.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(address));
            site.clone().oneshot(request)
        });
        let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!("a connection broke off: {error}");
            }
            gauge!("http_connections_open").decrement(1);
            drop(slot);
        });
    }
    // From here on nobody is let in; whoever is in has their answer.
    drop(listener);
    if timeout(limits.grace, connections.shutdown()).await.is_err() {
        tracing::warn!("some connections were still open");
    }
}

async fn refuse(mut stream: TcpStream) {
    let _ = timeout(BUSY_TIME, async {
        let _ = stream.write_all(BUSY).await;
        let _ = stream.shutdown().await;
        // What was asked is read away: closing over it would take the answer back.
        let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
    })
    .await;
}

/// Whether the client was gone before it was there: nothing to wait for.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}
