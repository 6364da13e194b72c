//! How many accounts may be made.

use clap::Args;

use super::{ConfigError, RateLimit, limit::InvalidRateLimit};

#[derive(Debug, Args)]
#[command(next_help_heading = "Accounts")]
pub struct AccountOptions {
    /// How often one network address may try to register: a number, a slash, and s, m, h or d.
    #[arg(long, env = "REGISTRATION_RATE_LIMIT", default_value = "50/h")]
    registration_rate_limit: String,
}

/// See [`AccountOptions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountConfig {
    /// Per address: each try costs a password hash and a chat user, and tells whether an e-mail has an account.
    pub registration_rate_limit: RateLimit,
}

impl AccountConfig {
    pub(super) fn from_options(options: &AccountOptions) -> Result<Self, ConfigError> {
        let limit = options.registration_rate_limit.parse();
        let registration_rate_limit =
            limit.map_err(|error: InvalidRateLimit| ConfigError::new("REGISTRATION_RATE_LIMIT", error.to_string()))?;
        Ok(Self { registration_rate_limit })
    }
}
