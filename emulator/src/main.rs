//! The emulator as a program of its own.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use clap::{Parser, builder::FalseyValueParser};
use cometchat_emulator::{Config, Control, Emulator, Webhook};
use secrecy::{ExposeSecret, SecretString};
use tokio::{net::TcpListener, sync::oneshot, time::sleep};
use tracing_subscriber::EnvFilter;

/// Until requests that are still under way when it is told to stop are given up.
const GRACE: Duration = Duration::from_secs(3);

/// A local CometChat cloud that the unmodified JavaScript SDK accepts.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// Address and port to listen on. Keep it on this machine: whoever reaches it and knows the key owns the app.
    #[arg(long, env = "EMULATOR_LISTEN", default_value = "127.0.0.1:8290")]
    listen: SocketAddr,
    /// The app id that clients must name.
    #[arg(long, env = "EMULATOR_APP_ID", default_value = "emuapp")]
    app_id: String,
    /// The REST API key of the admin API. Prefer the environment variable: others can read a command line.
    #[arg(long, env = "EMULATOR_REST_API_KEY", hide_env_values = true, value_name = "KEY")]
    rest_api_key: String,
    /// The SQLite file that keeps users, tokens and messages. Without it they are gone when the program ends.
    #[arg(long, env = "EMULATOR_DATA", value_name = "FILE")]
    data: Option<PathBuf>,
    /// Start without the demo people and without the one who answers.
    #[arg(long, env = "EMULATOR_NO_DEMO", value_parser = FalseyValueParser::new())]
    no_demo: bool,
    /// Let tests reset, seed and disturb the emulator below `/__emulator`: on a loopback address, or with a token.
    #[arg(long, env = "EMULATOR_CONTROL", value_parser = FalseyValueParser::new(), overrides_with = "no_control")]
    control: bool,
    /// No control API, whatever the variable says. It is off where nothing is said.
    #[arg(long)]
    no_control: bool,
    /// What calls of the control API must bring as `Authorization: Bearer`. Prefer the environment variable.
    #[arg(long, env = "EMULATOR_CONTROL_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    control_token: Option<SecretString>,
    /// An address that is told of messages, people and groups, as by a webhook of CometChat's dashboard.
    #[arg(long, env = "EMULATOR_WEBHOOK_URL", hide_env_values = true, value_name = "URL")]
    webhook_url: Option<String>,
    /// The user that webhook calls authenticate as.
    #[arg(
        long,
        env = "EMULATOR_WEBHOOK_USER",
        requires = "webhook_password",
        requires = "webhook_url",
        value_name = "USER"
    )]
    webhook_user: Option<String>,
    /// The password of webhook calls. Prefer the environment variable.
    #[arg(
        long,
        env = "EMULATOR_WEBHOOK_PASSWORD",
        hide_env_values = true,
        requires = "webhook_user",
        value_name = "PASSWORD"
    )]
    webhook_password: Option<SecretString>,
    /// What to log, such as `info`, `debug` or `cometchat_emulator=debug`.
    #[arg(long, env = "EMULATOR_LOG", default_value = "info", value_name = "FILTER")]
    log: String,
}

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
    let control = control(&arguments)?;
    let webhook = arguments.webhook_url.map(|url| Webhook {
        credentials: arguments.webhook_user.zip(arguments.webhook_password),
        ..Webhook::new(url)
    });
    // First the port: where it is taken, another emulator may have the file open.
    let listener = TcpListener::bind(arguments.listen)
        .await
        .map_err(|error| format!("The emulator cannot listen on {}: {error}.", arguments.listen))?;
    let emulator = Emulator::open(Config {
        data: arguments.data,
        demo: !arguments.no_demo,
        control,
        webhook,
        ..Config::new(arguments.app_id.clone(), arguments.rest_api_key)
    })
    .await
    .map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| format!("The emulator has no address: {error}."))?;
    tracing::info!(%address, app_id = arguments.app_id, "the emulator listens");
    let (told, stopping) = oneshot::channel();
    let server = axum::serve(listener, emulator.router()).with_graceful_shutdown(async move {
        stopped().await;
        // Nobody waits any more where the server failed.
        let _ = told.send(());
    });
    tokio::select! {
        outcome = server => outcome.map_err(|error| format!("The emulator failed: {error}."))?,
        Ok(()) = given_up(stopping) => tracing::warn!("requests that were under way are cut off"),
    }
    tracing::info!("the emulator stops");
    emulator.close().await;
    Ok(())
}

/// Who may control it; refuses to leave that to a whole network.
fn control(arguments: &Arguments) -> Result<Option<Control>, String> {
    if !arguments.control || arguments.no_control {
        return Ok(None);
    }
    let token = arguments.control_token.clone().filter(|token| !token.expose_secret().is_empty());
    if token.is_none() && !arguments.listen.ip().is_loopback() {
        return Err(format!(
            "The control API on {} could be reached by others: give it a token (--control-token, \
             EMULATOR_CONTROL_TOKEN), listen on 127.0.0.1, or leave --control out.",
            arguments.listen
        ));
    }
    Ok(Some(Control { token }))
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
