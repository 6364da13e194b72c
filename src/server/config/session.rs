//! How long a log-in lasts.

use clap::Args;
use time::Duration;

use super::ConfigError;

const ABSOLUTE_DAYS: i64 = 30;

#[derive(Debug, Args)]
#[command(next_help_heading = "Sessions")]
pub struct SessionOptions {
    /// Seconds without a request after which a session ends (60 to 2592000, which is 30 days). Every session ends 30
    /// days after its log-in.
    #[arg(long, env = "SESSION_IDLE_SECONDS", default_value = "604800")]
    session_idle_seconds: String,
}

/// See [`SessionOptions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionConfig {
    pub idle: Duration,
    /// After the log-in, however busy the session is.
    pub absolute: Duration,
}

impl SessionConfig {
    pub(super) fn from_options(options: &SessionOptions) -> Result<Self, ConfigError> {
        let absolute = Duration::days(ABSOLUTE_DAYS);
        options
            .session_idle_seconds
            .parse()
            .ok()
            .filter(|seconds| (60..=absolute.whole_seconds()).contains(seconds))
            .map(|seconds| Self { idle: Duration::seconds(seconds), absolute })
            .ok_or_else(|| {
                ConfigError::new("SESSION_IDLE_SECONDS", "it has to be a number of seconds from 60 to 2592000")
            })
    }
}
