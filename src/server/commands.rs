//! What the program does besides serving: commands for whoever runs the site, on the database of the same configuration,
//! while the server runs or not. A running server learns of what they did within a second.

use std::path::PathBuf;

use clap::Subcommand;

use super::{
    audit,
    config::{DatabaseConfig, DatabaseLocation},
    store::{OpenError, Store, StoreError, backup::BackupError, restored::AfterRestore, sessions::Ending, users::User},
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
            let ended = store.end_sessions(&Ending::AllOf(user.id)).await?.len();
            audit::signed_out_by_administrator(&user.id.uid(), ended);
            Ok(format!("{} ({}): {ended} sessions ended", user.email, user.id.uid()))
        }
        Command::Admin { action: Action::AfterRestore { newcomers } } => {
            let AfterRestore { sessions_ended, highest_id } = store.after_restore(newcomers).await?;
            audit::restored_by_administrator(sessions_ended);
            Ok(format!(
                "{sessions_ended} sessions ended; the chat users after user_{highest_id} are removed, and all tokens \
                 compared, as soon as the server runs"
            ))
        }
        Command::Backup { file } => {
            store.back_up(&file).await?;
            Ok(format!("the database is copied into {}", file.display()))
        }
    }
}

async fn find(store: &Store, name: &str) -> Result<User, CommandError> {
    let name = name.trim();
    let found = match name.strip_prefix("user_").unwrap_or(name).parse() {
        Ok(id) => store.user(UserId(id)).await?,
        Err(_) => store.user_to_log_in(&name.to_lowercase()).await?.map(|(user, _)| user),
    };
    found.ok_or_else(|| CommandError::NoSuchUser(name.to_owned()))
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
