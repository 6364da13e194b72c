//! Where the site keeps what it knows.

use std::path::PathBuf;

use clap::Args;
use secrecy::SecretString;

use super::ConfigError;

#[derive(Debug, Args)]
#[command(next_help_heading = "Data")]
pub struct DatabaseOptions {
    /// The database: `sqlite://` and a file, which is made at the first start.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite://data/app.db", hide_env_values = true)]
    database_url: String,
    /// The secret that seals chat tokens in the database, at least 32 characters; without it a file is made beside
    /// the database, readable by its owner only.
    #[arg(long, env = "APP_SECRET", hide_env_values = true)]
    app_secret: Option<SecretString>,
}

/// See [`DatabaseOptions`].
#[derive(Clone, Debug)]
pub struct DatabaseConfig {
    /// The SQLite file.
    pub file: PathBuf,
    pub app_secret: Option<SecretString>,
}

impl DatabaseConfig {
    pub(super) fn from_options(options: DatabaseOptions) -> Result<Self, ConfigError> {
        use secrecy::ExposeSecret;

        let refuse = |problem: &str| ConfigError::new("DATABASE_URL", problem);
        let Some(file) = options.database_url.strip_prefix("sqlite:") else {
            return Err(refuse("it has to begin with sqlite://, for example sqlite://data/app.db"));
        };
        let file = file.strip_prefix("//").unwrap_or(file);
        if file.is_empty() || file.contains(['?', '#']) || file == ":memory:" {
            return Err(refuse("it has to name a file, for example sqlite://data/app.db"));
        }
        let app_secret = options.app_secret.filter(|secret| !secret.expose_secret().is_empty());
        if app_secret.as_ref().is_some_and(|secret| secret.expose_secret().len() < 32) {
            return Err(ConfigError::new("APP_SECRET", "it has to have at least 32 characters"));
        }
        Ok(Self { file: file.into(), app_secret })
    }

    /// The folder of the database, in which the server keeps its other files too.
    pub fn folder(&self) -> PathBuf {
        self.file.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or_else(|| ".".into(), PathBuf::from)
    }
}
