//! One copy of the server: the real program in a process of its own.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

use crate::cloud::{Cloud, KEY};

pub struct Copy {
    process: Child,
    address: SocketAddr,
}

impl Copy {
    /// Starts it and waits until it is ready.
    pub async fn start(folder: &TempDir, database: &str, cloud: &Cloud) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        // It starts where the browser half is built, and no test here asks for that.
        let package = folder.path().join("target/site/pkg");
        fs::create_dir_all(&package).unwrap();
        fs::write(package.join("leptos-cometchat.wasm"), b"").unwrap();
        let process = Command::new(env!("CARGO_BIN_EXE_leptos-cometchat"))
            .current_dir(folder.path())
            .env_clear()
            .env("LISTEN_ADDR", address.to_string())
            .env("DATABASE_URL", database)
            .env("APP_SECRET", "a secret of thirty-two characters")
            .env("COMETCHAT_APP_ID", "emuapp")
            .env("COMETCHAT_REGION", "eu")
            .env("COMETCHAT_REST_API_KEY", KEY)
            .env("COMETCHAT_API_URL", cloud.url())
            .env("CHAT_TOKEN_RATE_LIMIT", "1000/h")
            .env("RUST_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut copy = Self { process, address };
        copy.is_ready().await;
        copy
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// As `kill -9` does: it has no time for anything.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    async fn is_ready(&mut self) {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let ready = format!("http://{}/readyz", self.address);
        for _ in 0..600 {
            if http.get(&ready).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            assert!(self.process.try_wait().unwrap().is_none(), "it ended at its start");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it is not ready after half a minute");
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
