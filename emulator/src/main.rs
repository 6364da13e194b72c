//! The emulator as a program of its own.

mod program;

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use clap::Parser;
use cometchat_emulator::{Config, Emulator};
use tokio::{net::TcpListener, sync::oneshot, time::sleep};
use tracing_subscriber::EnvFilter;

use self::program::{arguments::Arguments, tls::Server};

/// Until requests that are still under way when it is told to stop are given up.
const GRACE: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            #[expect(clippy::print_stderr, reason = "the one sentence that says why it did not start")]
            {
                eprintln!("{sentence}");
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let filter = EnvFilter::try_new(&arguments.log)
        .map_err(|error| format!("The log filter {:?} cannot be read: {error}.", arguments.log))?
        // Its traces print whole frames, and the first frame of a socket carries its jwt.
        .add_directive("tungstenite=info".parse().map_err(|error| format!("The log filter is wrong: {error}."))?);
    tracing_subscriber::fmt().with_env_filter(filter).init();
    let (control, webhook) = (arguments.control()?, arguments.webhook());
    // First the ports: where one is taken, another emulator may have the file open.
    let listener = listen(arguments.listen).await?;
    let tls_listener = match arguments.tls_listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let emulator = Emulator::open(Config {
        data: arguments.data,
        demo: !arguments.no_demo,
        control,
        webhook,
        ..Config::new(arguments.app_id.clone(), arguments.rest_api_key)
    })
    .await
    .map_err(|error| error.to_string())?;
    let address = address(&listener)?;
    tracing::info!(%address, app_id = arguments.app_id, "the emulator listens");
    let tls = match tls_listener {
        Some(listener) => {
            let address = self::address(&listener)?;
            let server = listener
                .into_std()
                .map_err(Into::into)
                .and_then(|listener| Server::open(listener, emulator.cloud_names(), arguments.tls_folder.as_deref()))
                .map_err(|error| format!("The emulator cannot speak TLS: {error}."))?;
            tracing::info!(%address, "the emulator listens with TLS");
            Some(server)
        }
        None => None,
    };
    serve(listener, tls, &emulator).await?;
    tracing::info!("the emulator stops");
    emulator.close().await;
    Ok(())
}

/// Serves on both addresses until it is told to stop, and a little longer.
async fn serve(listener: TcpListener, tls: Option<Server>, emulator: &Emulator) -> Result<(), String> {
    let handle = tls.as_ref().map(|server| server.handle.clone());
    let (told, stopping) = oneshot::channel();
    let server = axum::serve(listener, emulator.router()).with_graceful_shutdown(async move {
        stopped().await;
        if let Some(handle) = handle {
            handle.graceful_shutdown(Some(GRACE));
        }
        // Nobody waits any more where the server failed.
        let _ = told.send(());
    });
    let tls = async {
        match tls {
            Some(server) => server.serve(emulator.secure_router()).await,
            None => Ok(()),
        }
    };
    tokio::select! {
        outcome = async { tokio::try_join!(async { server.await }, tls) } => outcome.map(drop).map_err(|error| format!("The emulator failed: {error}."))?,
        Ok(()) = given_up(stopping) => tracing::warn!("requests that were under way are cut off"),
    }
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| format!("The emulator cannot listen on {address}: {error}."))
}

fn address(listener: &TcpListener) -> Result<SocketAddr, String> {
    listener.local_addr().map_err(|error| format!("The emulator has no address: {error}."))
}

/// Until the grace after the signal is over.
async fn given_up(stopping: oneshot::Receiver<()>) -> Result<(), oneshot::error::RecvError> {
    stopping.await?;
    sleep(GRACE).await;
    Ok(())
}

/// Until Ctrl-C, or the signal that a service manager sends.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    let _ = interrupted.await;
}
