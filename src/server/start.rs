//! How the server comes up and goes down: what it needs before the first request, the address, and a graceful end.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::Router;
use leptos::config::{LeptosOptions, get_configuration};
use tokio::{
    net::TcpListener,
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    accounts::{demo, passwords::Passwords},
    assets::{AssetsError, StaticFiles},
    audit::AuditTrail,
    chat::start::{self as chat, ChatStartError},
    config::{Config, HttpConfig},
    error::ServerError,
    housekeeping,
    local_cloud::{LocalCloud, LocalCloudError},
    router::router,
    serving::{self, ConnectionLimits},
    sessions::{OpenPages, Sessions, ending::EndsWithSession},
    state::AppState,
    store::{OpenError, Store},
    telemetry::Metrics,
};

/// How long the last entries of the audit trail may take.
const LAST_WRITES: Duration = Duration::from_secs(5);

/// Why the server did not start, in one sentence.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Store(#[from] OpenError),
    #[error(transparent)]
    Assets(#[from] AssetsError),
    #[error(transparent)]
    Server(#[from] ServerError),
    #[error(transparent)]
    Chat(#[from] ChatStartError),
    #[error(transparent)]
    LocalCloud(#[from] LocalCloudError),
    #[error("metrics: {0}")]
    Metrics(String),
    #[error("the browser half's settings (LEPTOS_…): {0}")]
    BrowserHalf(String),
    #[error(
        "{address} is taken by another program: stop it, or choose another address, for example LISTEN_ADDR=127.0.0.1:3100"
    )]
    Taken { address: SocketAddr },
    #[error("cannot listen on {address} (LISTEN_ADDR): {error}")]
    Listen { address: SocketAddr, error: io::Error },
}

/// Opens what the requests use, and makes the demo accounts where they belong.
pub async fn state(config: Config) -> Result<AppState, StartError> {
    if config.http.lacks_its_proxy() {
        tracing::warn!(
            "PUBLIC_ORIGIN is https and TRUSTED_PROXIES is empty: every visitor seems to have the proxy's address, and \
             the limits per address count all of them as one"
        );
    }
    let metrics = Metrics::install().map_err(|error| StartError::Metrics(error.to_string()))?;
    state_with(config, StaticFiles::locate()?, metrics).await
}

pub(super) async fn state_with(config: Config, files: StaticFiles, metrics: Metrics) -> Result<AppState, StartError> {
    let store = Store::open(&config.database).await?;
    let audit = AuditTrail::default();
    let chat = chat::service(&config, &store, &audit)?;
    let open_pages = OpenPages::default();
    let leptos = browser_half(&config.http)?;
    let names = files.names();
    let widget = config.widget.settings(config.chat.cloud.clone(), names.sdk.clone(), names.widget_style.clone());
    let mut state = AppState {
        sessions: Sessions::new(
            store.clone(),
            [Arc::new(open_pages.clone()) as Arc<dyn EndsWithSession>, Arc::new(chat.clone())],
        ),
        open_pages,
        passwords: Passwords::new()?,
        audit,
        widget: Arc::new(widget),
        files,
        leptos,
        metrics,
        account_changed: chat::account_hook(&chat, &store),
        chat,
        local_cloud: local_cloud(&config).await?,
        store,
        has_demo_accounts: false,
        is_ending: Arc::new(AtomicBool::new(false)),
        config: Arc::new(config),
    };
    if demo::is_offered(&state.config) {
        state.has_demo_accounts = demo::seed(&state).await?;
    }
    Ok(state)
}

/// The emulator, when the configuration names no cloud.
async fn local_cloud(config: &Config) -> Result<Option<LocalCloud>, LocalCloudError> {
    let chat = &config.chat;
    if !chat.cloud.is_local() {
        return Ok(None);
    }
    let control = chat.emulator_control_token.as_ref();
    LocalCloud::open(&chat.cloud.app_id, &chat.api_key, &config.database.folder(), control).await.map(Some)
}

/// `cargo leptos watch` says in `LEPTOS_…` variables on which port it tells pages to reload.
fn browser_half(http: &HttpConfig) -> Result<LeptosOptions, StartError> {
    let mut options =
        get_configuration(None).map_err(|error| StartError::BrowserHalf(error.to_string()))?.leptos_options;
    options.site_addr = http.listen;
    Ok(options)
}

pub async fn bind(http: &HttpConfig) -> Result<TcpListener, StartError> {
    let address = http.listen;
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => StartError::Taken { address },
        _ => StartError::Listen { address, error },
    })
}

/// The site, with the emulator beside it where there is one.
pub(super) fn whole(state: AppState) -> Router {
    match state.local_cloud.clone() {
        Some(local_cloud) => local_cloud.mount(router(state)),
        None => router(state),
    }
}

/// What goes on beside the requests, until the answer is dropped.
pub(super) fn background(state: &AppState) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(housekeeping::run(state.clone()));
    tasks.spawn(state.chat.clone().work());
    tasks.spawn(state.chat.clone().compare());
    tasks.spawn(state.audit.clone().work(state.store.clone()));
    let max_age = i64::try_from(state.config.chat.token_max_age_seconds).unwrap_or(i64::MAX);
    tasks.spawn(state.open_pages.clone().watch(state.store.clone(), max_age));
    tasks
}

/// Serves until the process is told to end, then lets the requests under way finish; told again, it ends at once.
pub async fn serve(listener: TcpListener, state: AppState) {
    let told_again = async {
        told_to_end().await;
        told_to_end().await;
    };
    tokio::select! {
        () = serve_until(listener, state, told_to_end()) => {}
        () = told_again => tracing::warn!("ending at once"),
    }
}

/// The same until `told`.
pub(super) async fn serve_until(listener: TcpListener, state: AppState, told: impl Future<Output = ()>) {
    let _background = background(&state);
    let limits = ConnectionLimits::new(state.config.http.most_connections);
    let (store, audit) = (state.store.clone(), state.audit.clone());
    let ending = {
        let state = state.clone();
        async move {
            told.await;
            tracing::info!("ending");
            // Whoever sends visitors here is told first, and may take its time to hear it.
            state.is_ending.store(true, Ordering::Relaxed);
            sleep(state.config.http.shutdown_delay).await;
            // Neither streams of events nor chat sockets end by themselves.
            state.open_pages.close();
            if let Some(local_cloud) = state.local_cloud {
                local_cloud.close().await;
            }
        }
    };
    serving::serve(listener, whole(state), limits, ending).await;
    // What has not found its way into the database yet; a dead one is not waited for.
    if !matches!(timeout(LAST_WRITES, audit.write_off(&store)).await, Ok(Ok(()))) {
        tracing::error!("the end of the audit trail is not stored: it stands in the log alone");
    }
    store.close().await;
}

/// Ctrl-C, or what service managers send.
async fn told_to_end() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
