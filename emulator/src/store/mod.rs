//! The state, in SQLite. Reads come from a pool; writes take turns, and a turn lasts until the frames that tell of it
//! are on their way, so that frames leave in the order of the commits. Nothing here knows HTTP or sockets.

pub(crate) mod bans;
pub(crate) mod blocks;
pub(crate) mod conversations;
pub(crate) mod files;
pub(crate) mod friends;
pub(crate) mod groups;
pub(crate) mod interactions;
pub(crate) mod members;
pub(crate) mod mentions;
pub(crate) mod message_query;
pub(crate) mod messages;
pub(crate) mod pins;
pub(crate) mod reactions;
pub(crate) mod recipients;
pub(crate) mod threads;
pub(crate) mod tokens;
pub(crate) mod users;

use std::{path::Path, sync::Arc, time::Duration};

use sqlx::{
    QueryBuilder, Sqlite, SqliteConnection, SqlitePool, Transaction,
    pool::PoolConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::error::OpenError;

pub(crate) struct Store {
    readers: SqlitePool,
    writer: SqlitePool,
    turns: Arc<Mutex<()>>,
}

impl Store {
    pub(crate) async fn open(data: Option<&Path>) -> Result<Self, OpenError> {
        let path = data.map_or_else(|| "in memory".to_owned(), |path| path.display().to_string());
        let unusable = |cause: String| OpenError::Data { path: path.clone(), cause };
        let (readers, writer) = if let Some(file) = data {
            if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder).map_err(|error| unusable(error.to_string()))?;
            }
            let options = options().filename(file).create_if_missing(true);
            // The writer first: it makes the file and its journal mode.
            let writer = pool(1, options.clone()).await.map_err(|error| unusable(error.to_string()))?;
            let readers = pool(4, options).await.map_err(|error| unusable(error.to_string()))?;
            (readers, writer)
        } else {
            // A database in memory lives in its one connection.
            let only = pool(1, options().filename(":memory:")).await.map_err(|error| unusable(error.to_string()))?;
            (only.clone(), only)
        };
        sqlx::migrate!("./migrations").run(&writer).await.map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(cause) => {
                OpenError::Data { path: path.clone(), cause: cause.to_string() }
            }
            other => OpenError::Migration { path: path.clone(), cause: other.to_string() },
        })?;
        Ok(Self { readers, writer, turns: Arc::default() })
    }

    /// A connection for reading. In memory it is the only one there is: give it back before anything else is asked.
    pub(crate) async fn read(&self) -> Result<PoolConnection<Sqlite>, sqlx::Error> {
        self.readers.acquire().await
    }

    /// The next turn to write. Dropped without `commit`, nothing happened.
    pub(crate) async fn write(&self) -> Result<Write, sqlx::Error> {
        let turn = Arc::clone(&self.turns).lock_owned().await;
        Ok(Write { transaction: self.writer.begin_with("BEGIN IMMEDIATE").await?, turn })
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// A transaction of the one writer.
pub(crate) struct Write {
    // Before the turn: it is rolled back while the turn is still held.
    transaction: Transaction<'static, Sqlite>,
    turn: OwnedMutexGuard<()>,
}

impl Write {
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }

    pub(crate) async fn commit(self) -> Result<Committed, sqlx::Error> {
        self.transaction.commit().await?;
        Ok(Committed { _turn: self.turn })
    }
}

/// Proof of a commit. Frames are sent against it; while it lives nobody else commits.
pub(crate) struct Committed {
    _turn: OwnedMutexGuard<()>,
}

/// Empties every table, and begins counting anew.
pub(crate) async fn forget_everything(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    // Until the commit rows may point to what is gone.
    sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut *connection).await?;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlx_%'",
    )
    .fetch_all(&mut *connection)
    .await?;
    for table in tables {
        // A name out of our own migrations.
        QueryBuilder::<Sqlite>::new("DELETE FROM ").push(&table).build().execute(&mut *connection).await?;
    }
    sqlx::query("DELETE FROM sqlite_sequence").execute(connection).await?;
    Ok(())
}

fn options() -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .journal_mode(SqliteJournalMode::Wal)
        // In WAL mode a killed process loses nothing that was committed.
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
}

async fn pool(size: u32, options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(size)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await
}

/// `json` as it is stored, or nothing.
pub(crate) fn parse_json(text: Option<&str>) -> Option<serde_json::Value> {
    text.and_then(|text| serde_json::from_str(text).ok())
}

/// A stored list of words.
pub(crate) fn parse_tags(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

/// Message ids as a statement takes them.
fn id_list(ids: &[i64]) -> String {
    serde_json::to_string(ids).unwrap_or_default()
}

/// Narrows to rows whose column is one of the values; no value narrows nothing.
fn one_of(query: &mut QueryBuilder<Sqlite>, column: &'static str, values: &[String]) {
    if !values.is_empty() {
        query.push(" AND ").push(column).push(" IN (SELECT value FROM json_each(");
        query.push_bind(serde_json::to_string(values).unwrap_or_default()).push("))");
    }
}
