//! A local CometChat cloud that the unmodified JavaScript SDK accepts: REST, WebSocket and admin API as an axum router.
//! It knows nothing of any app.
//!
//! ```no_run
//! # async fn start() -> Result<(), Box<dyn std::error::Error>> {
//! use cometchat_emulator::{Config, Emulator};
//!
//! let emulator = Emulator::open(Config::new("emuapp", "a-rest-api-key")).await?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8290").await?;
//! axum::serve(listener, emulator.router()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! It logs no token and no key. The WebSocket library beneath it does at level `trace`, where it prints whole frames:
//! keep its target `tungstenite` above that.

mod admin;
mod chat;
mod client;
mod clock;
mod cloud;
mod config;
mod content;
mod control;
mod demo;
mod error;
mod faults;
mod files;
mod guid;
mod hosts;
mod peer;
mod render;
mod request;
mod router;
mod settings;
mod socket;
mod store;
mod uid;
mod webhook;

use std::{sync::Arc, time::Duration};

use axum::{Extension, Router};
use secrecy::ExposeSecret;
use tokio::task::JoinHandle;
use url::Url;

pub use config::{Config, Control, Limits, Pace, Patience, Webhook};
pub use error::OpenError;

use crate::{
    cloud::{Cloud, SharedCloud},
    uid::Uid,
    webhook::Webhooks,
};

/// A running emulated app. Clones share it.
#[derive(Clone)]
pub struct Emulator {
    cloud: SharedCloud,
    /// The demo person who answers, and who delivers webhooks; they end with the last clone.
    tasks: Arc<Vec<Task>>,
}

struct Task(JoinHandle<()>);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Emulator {
    /// Opens the state, brings its file up to date, and seeds the demo where it is wanted.
    pub async fn open(config: Config) -> Result<Self, OpenError> {
        Uid::create(&config.app_id).map_err(|_| OpenError::AppId(config.app_id.clone()))?;
        if config.rest_api_key.expose_secret().trim().is_empty() {
            return Err(OpenError::RestApiKey);
        }
        let mount_path = &config.mount_path;
        if !mount_path.is_empty() && (!mount_path.starts_with('/') || mount_path.ends_with('/')) {
            return Err(OpenError::MountPath(mount_path.clone()));
        }
        let mut tasks = Vec::new();
        let webhooks = match &config.webhook {
            Some(webhook) if !is_web_address(&webhook.url) => return Err(OpenError::WebhookUrl),
            Some(webhook) => {
                let (webhooks, delivery) = Webhooks::start(&config, webhook);
                tasks.push(Task(delivery));
                Some(webhooks)
            }
            None => None,
        };
        let cloud = Arc::new(Cloud::open(config, webhooks).await?);
        if cloud.config.demo {
            demo::seed(&cloud).await.map_err(|error| OpenError::Data {
                path: cloud.config.data.as_ref().map_or_else(String::new, |path| path.display().to_string()),
                cause: error.to_string(),
            })?;
            tasks.push(Task(tokio::spawn(demo::run(Arc::clone(&cloud)))));
        }
        Ok(Self { cloud, tasks: Arc::new(tasks) })
    }

    /// The whole cloud as a router: served alone, or nested under [`Config::mount_path`].
    pub fn router(&self) -> Router {
        router::router(Arc::clone(&self.cloud))
    }

    /// The same for a server that speaks TLS itself, so that the addresses it hands out do, too.
    pub fn secure_router(&self) -> Router {
        self.router().layer(Extension(request::address::Secure))
    }

    /// The names under which clients call this app in CometChat's own cloud: for a certificate that a browser may check
    /// when these names lead here.
    pub fn cloud_names(&self) -> Vec<String> {
        hosts::names(&self.cloud.config.app_id)
    }

    /// Says good-bye to all sockets, takes no new ones and closes the state. Call it when the server has stopped: open
    /// sockets neither hold a graceful end up nor end by themselves. Later requests answer errors.
    pub async fn close(&self) {
        for task in self.tasks.iter() {
            task.0.abort();
        }
        if let Err(error) = self.see_off().await {
            tracing::warn!(error.cause = %error, "could not note when people were last active");
        }
        self.cloud.hub.close();
        // A socket takes at most a second to say good-bye.
        let _ = tokio::time::timeout(Duration::from_secs(3), self.cloud.hub.quiet()).await;
        self.cloud.store.close().await;
    }
}

impl Emulator {
    /// Notes that all who are online were active until now.
    async fn see_off(&self) -> Result<(), sqlx::Error> {
        let mut turn = self.cloud.store.write().await?;
        for uid in self.cloud.hub.online() {
            socket::presence::note(turn.connection(), &self.cloud.hub, &Uid::named(&uid)).await?;
        }
        turn.commit().await.map(drop)
    }
}

fn is_web_address(text: &str) -> bool {
    text.len() <= 255 && Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

impl std::fmt::Debug for Emulator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Emulator").field("config", &self.cloud.config).finish_non_exhaustive()
    }
}
