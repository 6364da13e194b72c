//! For how long the audit trail is kept.

use clap::Args;

use super::ConfigError;

#[derive(Debug, Args)]
#[command(next_help_heading = "Audit")]
pub struct AuditOptions {
    /// Days for which the audit trail keeps who did what from which address (1 to 3650); it holds for deleted accounts,
    /// too.
    #[arg(long, env = "AUDIT_RETENTION_DAYS", default_value = "90")]
    audit_retention_days: String,
}

/// See [`AuditOptions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditConfig {
    days: u32,
}

impl AuditConfig {
    pub(super) fn from_options(options: &AuditOptions) -> Result<Self, ConfigError> {
        let days = options.audit_retention_days.trim().parse().ok().filter(|days| (1..=3650).contains(days));
        days.map(|days| Self { days }).ok_or_else(|| {
            ConfigError::new("AUDIT_RETENTION_DAYS", "it has to be a number of days from 1 to 3650".to_owned())
        })
    }

    pub fn retention_seconds(self) -> i64 {
        i64::from(self.days) * 24 * 60 * 60
    }
}
