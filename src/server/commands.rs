//! What the program does besides serving: commands for whoever runs the site, on the database of the same configuration,
//! while the server runs or not. A running server learns of what they did within a second.

use std::path::PathBuf;

use clap::Subcommand;

use super::{
    audit,
    config::DatabaseConfig,
    store::{OpenError, Store, StoreError, backup::BackupError, sessions::Ending, users::User},
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
    #[error("there is no account `{0}`: give an e-mail, a number or a chat UID such as user_7")]
    NoSuchUser(String),
}

/// Does it, and says what was done.
pub async fn run(command: Command, config: &DatabaseConfig) -> Result<String, CommandError> {
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
