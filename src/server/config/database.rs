//! Where the site keeps what it knows.

use std::path::{Path, PathBuf};

use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::ConfigError;

#[derive(Debug, Args)]
#[command(next_help_heading = "Data")]
pub struct DatabaseOptions {
    /// The database: `sqlite://` and a file, which is made at the first start, or the address of a PostgreSQL database,
    /// `postgres://user:password@host/name`, which several servers may share.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite://data/app.db", hide_env_values = true)]
    database_url: String,
    /// The secret that seals chat tokens in the database, at least 32 characters. With SQLite it may be left out: a file
    /// is then made beside the database, readable by its owner only. Servers that share a database share it.
    #[arg(long, env = "APP_SECRET", hide_env_values = true)]
    app_secret: Option<SecretString>,
    /// The secret of before, for as long after a change of `APP_SECRET` as a chat token lives: what it sealed still opens.
    #[arg(long, env = "APP_SECRET_PREVIOUS", hide_env_values = true)]
    app_secret_previous: Option<SecretString>,
}

/// See [`DatabaseOptions`].
#[derive(Clone, Debug)]
pub struct DatabaseConfig {
    pub location: DatabaseLocation,
    pub app_secret: Option<SecretString>,
    pub previous_app_secret: Option<SecretString>,
}

/// Where the database is.
#[derive(Clone, Debug)]
pub enum DatabaseLocation {
    Sqlite(PathBuf),
    /// The whole address, with its password.
    Postgres(SecretString),
}

impl DatabaseConfig {
    pub(super) fn from_options(options: DatabaseOptions) -> Result<Self, ConfigError> {
        let location = location(options.database_url)?;
        let app_secret = secret("APP_SECRET", options.app_secret)?;
        if app_secret.is_none() && matches!(location, DatabaseLocation::Postgres(_)) {
            let problem = "it is missing: with PostgreSQL set it, the same for every server";
            return Err(ConfigError::new("APP_SECRET", problem));
        }
        let previous_app_secret = secret("APP_SECRET_PREVIOUS", options.app_secret_previous)?;
        Ok(Self { location, app_secret, previous_app_secret })
    }

    /// The folder in which the server keeps its other files: that of the SQLite database.
    pub fn folder(&self) -> PathBuf {
        match &self.location {
            DatabaseLocation::Sqlite(file) => folder_of(file),
            DatabaseLocation::Postgres(_) => "data".into(),
        }
    }
}

/// The folder that a file stands in.
pub fn folder_of(file: &Path) -> PathBuf {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or_else(|| ".".into(), PathBuf::from)
}

fn location(url: String) -> Result<DatabaseLocation, ConfigError> {
    let refuse = |problem: &str| ConfigError::new("DATABASE_URL", problem);
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let is_whole = Url::parse(&url).is_ok_and(|url| url.path().len() > 1);
        let problem = "it has to name a database, for example postgres://user:password@host/name";
        return if is_whole { Ok(DatabaseLocation::Postgres(url.into())) } else { Err(refuse(problem)) };
    }
    let Some(file) = url.strip_prefix("sqlite:") else {
        return Err(refuse("it has to begin with sqlite:// or postgres://, for example sqlite://data/app.db"));
    };
    let file = file.strip_prefix("//").unwrap_or(file);
    if file.is_empty() || file.contains(['?', '#']) || file == ":memory:" {
        return Err(refuse("it has to name a file, for example sqlite://data/app.db"));
    }
    Ok(DatabaseLocation::Sqlite(file.into()))
}

fn secret(variable: &'static str, given: Option<SecretString>) -> Result<Option<SecretString>, ConfigError> {
    let given = given.filter(|secret| !secret.expose_secret().is_empty());
    if given.as_ref().is_some_and(|secret| secret.expose_secret().len() < 32) {
        return Err(ConfigError::new(variable, "it has to have at least 32 characters"));
    }
    Ok(given)
}
