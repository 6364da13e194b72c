//! The database: the only place with SQL. One file per need; SQLite today, in a dialect that costs another engine
//! little. It knows no HTTP.

pub mod chat_tokens;
pub mod chat_users;
pub mod rate_events;
pub mod sessions;
pub mod users;

use std::{fs, io, path::PathBuf, time::Duration};

use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::config::DatabaseConfig;

/// How long a statement waits for another process's lock before it fails.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A value that has to be unique exists already.
    #[error("it exists already")]
    Conflict,
    #[error("database: {0}")]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(database) if database.is_unique_violation() => Self::Conflict,
            _ => Self::Database(error),
        }
    }
}

/// Why the database could not be opened: one sentence each, for the person who starts the server.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the folder {} cannot be written: {error} (DATABASE_URL names it)", folder.display())]
    Folder { folder: PathBuf, error: io::Error },
    #[error("the database {} cannot be opened: {error} (DATABASE_URL names it)", file.display())]
    Open { file: PathBuf, error: sqlx::Error },
    #[error("the database {} could not be brought up to date: {error}", file.display())]
    Migrate { file: PathBuf, error: sqlx::migrate::MigrateError },
}

/// A handle to the database. Writes queue up for one connection, reads never wait for them (write-ahead log).
#[derive(Clone, Debug)]
pub struct Store {
    readers: SqlitePool,
    writer: SqlitePool,
}

impl Store {
    /// Opens the database, makes its folder and file if they are missing, and brings its tables up to date.
    pub async fn open(config: &DatabaseConfig) -> Result<Self, OpenError> {
        let folder = config.folder();
        make_writable(&folder).map_err(|error| OpenError::Folder { folder, error })?;
        let file = &config.file;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let open = |error| OpenError::Open { file: file.clone(), error };
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await.map_err(open)?;
        sqlx::migrate!("src/server/store/migrations/sqlite")
            .run(&writer)
            .await
            .map_err(|error| OpenError::Migrate { file: file.clone(), error })?;
        let readers =
            SqlitePoolOptions::new().max_connections(8).connect_with(options.read_only(true)).await.map_err(open)?;
        Ok(Self { readers, writer })
    }

    /// Where the other files of the store run their reads.
    pub(in crate::server) fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// Where they run their writes and transactions: one connection.
    pub(in crate::server) fn writer(&self) -> &SqlitePool {
        &self.writer
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// Ends all connections, after the last request.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Makes the folder and proves that a file can be made in it.
fn make_writable(folder: &std::path::Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let probe = folder.join(format!(".writable-{}", std::process::id()));
    fs::write(&probe, b"")?;
    fs::remove_file(probe)
}

#[cfg(test)]
pub(in crate::server) mod testing {
    #![allow(clippy::unwrap_used, reason = "a test that cannot make its database fails")]

    use super::*;

    /// A real database of its own in a temporary folder, which goes when the folder is dropped.
    pub async fn temporary() -> (Store, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let config = DatabaseConfig { file: folder.path().join("app.db"), app_secret: None };
        (Store::open(&config).await.unwrap(), folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn readers_need_not_wait_for_the_writer() {
        let (store, _folder) = testing::temporary().await;
        for pool in [store.readers(), store.writer()] {
            let (mode,): (String,) = sqlx::query_as("PRAGMA journal_mode").fetch_one(pool).await.unwrap();
            assert_eq!(mode, "wal");
        }
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_said_in_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, b"").unwrap();
        let config = DatabaseConfig { file: file.join("app.db"), app_secret: None };
        let sentence = Store::open(&config).await.unwrap_err().to_string();
        assert!(sentence.contains("cannot be written") && sentence.contains("DATABASE_URL"), "{sentence}");
    }
}
