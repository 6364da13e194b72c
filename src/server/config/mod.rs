//! The configuration: read once from flags, the environment and `.env`, parsed into typed values, and refused with one
//! sentence that names the variable. Nothing else reads the environment.

pub mod accounts;
pub mod audit;
pub mod chat;
pub mod colour;
pub mod database;
pub mod dotenv;
pub mod http;
pub mod limit;
pub mod log;
pub mod session;
#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;
pub mod widget;

use clap::Parser;

use super::commands::Command;

pub use self::{
    accounts::AccountConfig,
    audit::AuditConfig,
    chat::ChatConfig,
    database::{DatabaseConfig, DatabaseLocation},
    http::HttpConfig,
    limit::RateLimit,
    log::LogConfig,
    session::SessionConfig,
    widget::WidgetConfig,
};

/// The web site with its chat. Every setting is a flag, an environment variable, or a line of the file `.env`.
#[derive(Debug, Parser)]
#[command(name = "leptos-cometchat", version, about, max_term_width = 100)]
pub struct Options {
    /// Without one, the program serves.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    http: http::HttpOptions,
    #[command(flatten)]
    database: database::DatabaseOptions,
    #[command(flatten)]
    chat: chat::ChatOptions,
    #[command(flatten)]
    accounts: accounts::AccountOptions,
    #[command(flatten)]
    session: session::SessionOptions,
    #[command(flatten)]
    audit: audit::AuditOptions,
    #[command(flatten)]
    widget: widget::WidgetOptions,
    #[command(flatten)]
    log: log::LogOptions,
}

/// Why the server does not start: the variable, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{variable}: {problem}")]
pub struct ConfigError {
    pub variable: &'static str,
    pub problem: String,
}

impl ConfigError {
    pub fn new(variable: &'static str, problem: impl Into<String>) -> Self {
        Self { variable, problem: problem.into() }
    }
}

/// The whole configuration, valid.
#[derive(Clone, Debug)]
pub struct Config {
    pub http: HttpConfig,
    pub database: DatabaseConfig,
    pub chat: ChatConfig,
    pub accounts: AccountConfig,
    pub session: SessionConfig,
    pub audit: AuditConfig,
    pub widget: WidgetConfig,
    pub log: LogConfig,
}

impl Config {
    /// Checks what was given. The first problem ends it: the server starts with a valid configuration or not at all.
    pub fn from_options(options: Options) -> Result<Self, ConfigError> {
        let http = HttpConfig::from_options(options.http)?;
        Ok(Self {
            database: DatabaseConfig::from_options(options.database)?,
            chat: ChatConfig::from_options(options.chat, &http)?,
            accounts: AccountConfig::from_options(&options.accounts)?,
            session: SessionConfig::from_options(&options.session)?,
            audit: AuditConfig::from_options(&options.audit)?,
            widget: WidgetConfig::from_options(options.widget)?,
            log: LogConfig::from_options(options.log),
            http,
        })
    }

    /// From command-line words alone: a test does not see the developer's environment.
    #[cfg(test)]
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, ConfigError> {
        use clap::{CommandFactory, FromArgMatches, builder::Resettable};

        let words = std::iter::once("leptos-cometchat").chain(words);
        let matches = Options::command().mut_args(|arg| arg.env(Resettable::Reset)).try_get_matches_from(words);
        let options = matches.and_then(|matches| Options::from_arg_matches(&matches));
        Self::from_options(options.map_err(|error| ConfigError::new("flags", error.to_string()))?)
    }
}
