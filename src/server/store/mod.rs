//! The database: the only place with SQL. One file per need, each statement written once, in what SQLite and PostgreSQL
//! have in common (`$1`, `ON CONFLICT`, `RETURNING`, partial indexes); where they differ, `Engine` says so. It knows
//! no HTTP.

pub mod audit_events;
pub mod backup;
pub mod chat_removals;
pub mod chat_tokens;
pub mod chat_users;
pub mod comparisons;
pub mod endings;
mod engine;
pub mod mints;
pub mod rate_events;
pub mod restored;
pub mod sessions;
pub mod users;

use sqlx::{Any, AnyConnection, AnyPool, Transaction};

pub use self::engine::OpenError;
use self::engine::{Engine, Pools};
use super::config::DatabaseConfig;

/// A connection, within a transaction or not.
pub type Connection = AnyConnection;

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

/// A handle to the database. In SQLite writes queue up for one connection, and reads never wait for them (write-ahead
/// log); in PostgreSQL both share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Engine,
    readers: AnyPool,
    writer: AnyPool,
}

impl Store {
    /// Opens the database, makes a missing SQLite file with its folder, and brings the tables up to date.
    pub async fn open(config: &DatabaseConfig) -> Result<Self, OpenError> {
        let Pools { engine, readers, writer } = engine::open(&config.location).await?;
        Ok(Self { engine, readers, writer })
    }

    /// Where the other files of the store run their reads.
    pub(in crate::server) fn readers(&self) -> &AnyPool {
        &self.readers
    }

    /// Where they run their writes.
    pub(in crate::server) fn writer(&self) -> &AnyPool {
        &self.writer
    }

    /// Where they run several writes as one.
    pub(in crate::server) async fn begin(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(match self.engine {
            // It waits for another process's writes here, and not after a read, where SQLite gives up at once.
            Engine::Sqlite => self.writer.begin_with("BEGIN IMMEDIATE").await?,
            Engine::Postgres => self.writer.begin().await?,
        })
    }

    /// Until the transaction ends, nobody else passes here under this name. In SQLite no two transactions write at once
    /// anyway.
    async fn exclude_others(&self, connection: &mut Connection, name: &str) -> Result<(), StoreError> {
        if self.engine == Engine::Postgres {
            let lock = sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))").bind(name);
            lock.execute(connection).await?;
        }
        Ok(())
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

#[cfg(test)]
pub(in crate::server) mod testing;

#[cfg(test)]
mod tests;
