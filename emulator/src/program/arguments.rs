//! The command line. Nothing else reads it or the environment.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Parser, builder::FalseyValueParser};
use cometchat_emulator::{Control, Webhook};
use secrecy::{ExposeSecret, SecretString};

/// A local CometChat cloud that the unmodified JavaScript SDK accepts.
#[derive(Parser)]
#[command(version, about)]
pub(crate) struct Arguments {
    /// Address and port to listen on. Keep it on this machine: whoever reaches it and knows the key owns the app.
    #[arg(long, env = "EMULATOR_LISTEN", default_value = "127.0.0.1:8290")]
    pub(crate) listen: SocketAddr,
    /// A second address for `https://` and `wss://`, as the SDK calls by itself. Its certificate is the emulator's own.
    #[arg(long, env = "EMULATOR_TLS_LISTEN", value_name = "ADDRESS")]
    pub(crate) tls_listen: Option<SocketAddr>,
    /// A folder that keeps the certificate, so that it can be trusted once: `certificate.pem` and its `key.pem`. Without
    /// it each start makes another.
    #[arg(long, env = "EMULATOR_TLS_FOLDER", requires = "tls_listen", value_name = "FOLDER")]
    pub(crate) tls_folder: Option<PathBuf>,
    /// The app id that clients must name.
    #[arg(long, env = "EMULATOR_APP_ID", default_value = "emuapp")]
    pub(crate) app_id: String,
    /// The REST API key of the admin API. Prefer the environment variable: others can read a command line.
    #[arg(long, env = "EMULATOR_REST_API_KEY", hide_env_values = true, value_name = "KEY")]
    pub(crate) rest_api_key: String,
    /// The SQLite file that keeps users, tokens and messages. Without it they are gone when the program ends.
    #[arg(long, env = "EMULATOR_DATA", value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,
    /// Start without the demo people and without the one who answers.
    #[arg(long, env = "EMULATOR_NO_DEMO", value_parser = FalseyValueParser::new())]
    pub(crate) no_demo: bool,
    /// Let tests reset, seed and disturb the emulator below `/__emulator`: on a loopback address, or with a token.
    #[arg(long, env = "EMULATOR_CONTROL", value_parser = FalseyValueParser::new(), overrides_with = "no_control")]
    pub(crate) control: bool,
    /// No control API, whatever the variable says. It is off where nothing is said.
    #[arg(long)]
    pub(crate) no_control: bool,
    /// What calls of the control API must bring as `Authorization: Bearer`. Prefer the environment variable.
    #[arg(long, env = "EMULATOR_CONTROL_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    pub(crate) control_token: Option<SecretString>,
    /// An address that is told of messages, people and groups, as by a webhook of CometChat's dashboard.
    #[arg(long, env = "EMULATOR_WEBHOOK_URL", hide_env_values = true, value_name = "URL")]
    pub(crate) webhook_url: Option<String>,
    /// The user that webhook calls authenticate as.
    #[arg(
        long,
        env = "EMULATOR_WEBHOOK_USER",
        requires = "webhook_password",
        requires = "webhook_url",
        value_name = "USER"
    )]
    pub(crate) webhook_user: Option<String>,
    /// The password of webhook calls. Prefer the environment variable.
    #[arg(
        long,
        env = "EMULATOR_WEBHOOK_PASSWORD",
        hide_env_values = true,
        requires = "webhook_user",
        value_name = "PASSWORD"
    )]
    pub(crate) webhook_password: Option<SecretString>,
    /// What to log, such as `info`, `debug` or `cometchat_emulator=debug`.
    #[arg(long, env = "EMULATOR_LOG", default_value = "info", value_name = "FILTER")]
    pub(crate) log: String,
}

impl Arguments {
    /// Who may control it; refuses to leave that to a whole network.
    pub(crate) fn control(&self) -> Result<Option<Control>, String> {
        if !self.control || self.no_control {
            return Ok(None);
        }
        let token = self.control_token.clone().filter(|token| !token.expose_secret().is_empty());
        let open =
            [Some(self.listen), self.tls_listen].into_iter().flatten().find(|address| !address.ip().is_loopback());
        if let (None, Some(open)) = (&token, open) {
            return Err(format!(
                "The control API on {open} could be reached by others: give it a token (--control-token, \
             EMULATOR_CONTROL_TOKEN), listen on 127.0.0.1, or leave --control out."
            ));
        }
        Ok(Some(Control { token }))
    }

    /// Who is told what happens.
    pub(crate) fn webhook(&self) -> Option<Webhook> {
        self.webhook_url.as_ref().map(|url| Webhook {
            credentials: self.webhook_user.clone().zip(self.webhook_password.clone()),
            ..Webhook::new(url)
        })
    }
}
