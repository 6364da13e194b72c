//! What the program does besides serving: commands for whoever runs the site, on the database of the same configuration,
//! while the server runs or not. A running server learns of what they did within a second.

use std::path::PathBuf;

use clap::Subcommand;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    audit, clock,
    config::{DatabaseConfig, DatabaseLocation},
    store::{
        OpenError, Store, StoreError,
        audit_events::{AuditEvent, AuditRecord, StoredAuditRecord},
        backup::BackupError,
        restored::AfterRestore,
        sessions::Ending,
        users::User,
    },
};
use crate::model::ids::UserId;

#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// What an administrator may do to accounts.
    Admin {
        #[command(subcommand)]
        action: Action,
    },
    /// Copies a SQLite database in use into a new file.
    Backup {
        /// The file to make.
        file: PathBuf,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Action {
    /// Ends all sessions of a person, and their chats.
    SignOut {
        /// The person: e-mail, number, or chat UID (`user_7`).
        user: String,
    },
    /// To be run once on a database that was restored from a backup, before the site is opened again: ends all sessions and
    /// chats, and sees to it that nobody gets the chat identity of somebody who registered since the backup.
    AfterRestore {
        /// At most how many people may have registered since the backup was made; their chat users are deactivated.
        #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
        newcomers: u32,
    },
    /// Prints the audit trail, the newest entry last: who did what, in which session, from which address.
    Audit {
        /// Only of this person: e-mail, number, or chat UID; the last two also after the account is deleted.
        user: Option<String>,
        /// How many entries at most.
        #[arg(long, default_value_t = 100)]
        most: u32,
    },
}

/// Why a command did nothing, in one sentence.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error("there is no database {}: run the command where the server runs, with the same DATABASE_URL", .0.display())]
    NoDatabase(PathBuf),
    #[error("there is no account `{0}`: give an e-mail, a number or a chat UID such as user_7")]
    NoSuchUser(String),
}

/// Does it, and says what was done.
pub async fn run(command: Command, config: &DatabaseConfig) -> Result<String, CommandError> {
    if let DatabaseLocation::Sqlite(file) = &config.location
        && !file.exists()
    {
        // A new and empty one would only hide that the address is wrong.
        return Err(CommandError::NoDatabase(file.clone()));
    }
    let store = Store::open(config).await?;
    let done = run_on(&store, command).await;
    store.close().await;
    done
}

pub(super) async fn run_on(store: &Store, command: Command) -> Result<String, CommandError> {
    match command {
        Command::Admin { action: Action::SignOut { user } } => {
            let user = find(store, &user).await?;
            let record = AuditRecord::done(AuditEvent::SignOutByAdministrator, clock::seconds()).by(user.id);
            let ended = store.end_sessions(&Ending::AllOf(user.id), Some(&record)).await?.len();
            audit::log(&record, Some(ended));
            Ok(format!("{} ({}): {ended} sessions ended", user.email, user.id.uid()))
        }
        Command::Admin { action: Action::AfterRestore { newcomers } } => {
            let record = AuditRecord::done(AuditEvent::Restoration, clock::seconds());
            let AfterRestore { sessions_ended, highest_id } = store.after_restore(newcomers, &record).await?;
            audit::log(&record, usize::try_from(sessions_ended).ok());
            Ok(format!(
                "{sessions_ended} sessions ended; the chat users after user_{highest_id} are removed, and all tokens \
                 compared, as soon as the server runs"
            ))
        }
        Command::Admin { action: Action::Audit { user, most } } => {
            let user = match user {
                Some(name) => Some(match number(&name) {
                    Some(id) => id,
                    None => find(store, &name).await?.id,
                }),
                None => None,
            };
            let records = store.audit_records(user, most).await?;
            Ok(if records.is_empty() { "no entries".into() } else { trail(&records) })
        }
        Command::Backup { file } => {
            store.back_up(&file).await?;
            Ok(format!("the database is copied into {}", file.display()))
        }
    }
}

async fn find(store: &Store, name: &str) -> Result<User, CommandError> {
    let name = name.trim();
    let found = match number(name) {
        Some(id) => store.user(id).await?,
        None => store.user_to_log_in(&name.to_lowercase()).await?.map(|(user, _)| user),
    };
    found.ok_or_else(|| CommandError::NoSuchUser(name.to_owned()))
}

/// Of a number or a chat UID.
fn number(name: &str) -> Option<UserId> {
    let name = name.trim();
    name.strip_prefix("user_").unwrap_or(name).parse().ok().map(UserId)
}

/// One line for each, the newest last, as in a log.
fn trail(records: &[StoredAuditRecord]) -> String {
    let line = |record: &StoredAuditRecord| {
        let at = OffsetDateTime::from_unix_timestamp(record.at).ok().and_then(|at| at.format(&Rfc3339).ok());
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".into());
        format!(
            "{} {} {} {} session {} from {}",
            or_dash(at),
            record.event,
            record.outcome,
            or_dash(record.user_id.map(|id| UserId(id).uid().to_string())),
            or_dash(record.session.clone()),
            or_dash(record.address.clone())
        )
    };
    records.iter().rev().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_command_makes_no_database_where_there_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("nowhere.db");
        let location = DatabaseLocation::Sqlite(file.clone());
        let config = DatabaseConfig { location, app_secret: None, previous_app_secret: None };
        let copy = folder.path().join("copy.db");
        let error = run(Command::Backup { file: copy.clone() }, &config).await.unwrap_err();
        assert!(error.to_string().contains("nowhere.db"), "{error}");
        assert!(!file.exists() && !copy.exists());
    }
}
