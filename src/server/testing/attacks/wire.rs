//! The site on a real socket, and requests as the very bytes that are sent.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::AbortHandle,
    time::timeout,
};

use super::TestSite;

/// After so long an answer does not come any more.
const PATIENCE: Duration = Duration::from_secs(20);

/// A site that listens, for as long as this lives.
pub struct Wire {
    address: SocketAddr,
    server: AbortHandle,
}

/// What came back: 0 where the connection was closed without a word.
pub struct RawAnswer {
    pub status: u16,
    /// All of it, the head too; of several answers all.
    pub text: String,
}

impl RawAnswer {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let status = text.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5)).and_then(|code| code.parse().ok());
        Self { status: status.unwrap_or_default(), text }
    }

    /// The status lines of all answers of the connection.
    pub fn answers(&self) -> usize {
        self.text.matches("HTTP/1.1 ").count()
    }
}

impl Wire {
    pub async fn listen(site: &TestSite) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = site.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() }).abort_handle();
        Self { address, server }
    }

    /// Sends a request that asks for the connection to be closed, and reads until it is.
    pub async fn ask(&self, bytes: &[u8]) -> RawAnswer {
        self.exchange(bytes, false).await
    }

    /// Sends what may be no whole request, and says that nothing more will come.
    pub async fn send_and_close(&self, bytes: &[u8]) -> RawAnswer {
        self.exchange(bytes, true).await
    }

    async fn exchange(&self, bytes: &[u8], close: bool) -> RawAnswer {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let mut read = Vec::new();
        let talk = async {
            // A server that has heard enough answers, and hears no more: that is no failure here.
            let _ = stream.write_all(bytes).await;
            if close {
                let _ = stream.shutdown().await;
            }
            let _ = stream.read_to_end(&mut read).await;
        };
        let shown = String::from_utf8_lossy(bytes).chars().take(200).collect::<String>();
        timeout(PATIENCE, talk).await.unwrap_or_else(|_| panic!("no end of the answer to {shown:?}"));
        RawAnswer::read(&read)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.server.abort();
    }
}
