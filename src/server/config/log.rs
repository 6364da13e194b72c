//! How the server logs.

use clap::{Args, ValueEnum};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Log")]
pub struct LogOptions {
    /// How log lines look: pretty or json.
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value = "pretty")]
    log_format: LogFormat,
    /// What is logged, as tracing's filter: `info`, `leptos_cometchat=debug,warn`.
    #[arg(long, env = "RUST_LOG", default_value = "info,sqlx=warn,tower_sessions_core=off,tower_sessions=warn")]
    log_filter: String,
}

/// See [`LogOptions`].
#[derive(Clone, Debug)]
pub struct LogConfig {
    pub format: LogFormat,
    pub filter: String,
}

impl LogConfig {
    pub(super) fn from_options(options: LogOptions) -> Self {
        Self { format: options.log_format, filter: options.log_filter }
    }
}
