//! How many accounts may be made, and what is left of one that is deleted.

use clap::Args;

use super::{ConfigError, RateLimit, limit::InvalidRateLimit};
use crate::server::store::chat_removals::Removal;

#[derive(Debug, Args)]
#[command(next_help_heading = "Accounts")]
pub struct AccountOptions {
    /// How often one network address may try to register: a number, a slash, and s, m, h or d.
    #[arg(long, env = "REGISTRATION_RATE_LIMIT", default_value = "50/h")]
    registration_rate_limit: String,
    /// What happens to the chat user of a deleted account: deactivate (what they wrote stays), or delete (with all that
    /// they wrote).
    #[arg(long, env = "ACCOUNT_DELETION", default_value = "deactivate")]
    account_deletion: String,
}

/// See [`AccountOptions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountConfig {
    /// Per address: each try costs a password hash and a chat user, and tells whether an e-mail has an account.
    pub registration_rate_limit: RateLimit,
    pub removal: Removal,
}

impl AccountConfig {
    pub(super) fn from_options(options: &AccountOptions) -> Result<Self, ConfigError> {
        let limit = options.registration_rate_limit.parse();
        let registration_rate_limit =
            limit.map_err(|error: InvalidRateLimit| ConfigError::new("REGISTRATION_RATE_LIMIT", error.to_string()))?;
        let removal = match options.account_deletion.trim() {
            "deactivate" => Removal::Deactivate,
            "delete" => Removal::DeleteWithMessages,
            word => {
                let problem = format!("`{word}` is none of deactivate and delete");
                return Err(ConfigError::new("ACCOUNT_DELETION", problem));
            }
        };
        Ok(Self { registration_rate_limit, removal })
    }
}
