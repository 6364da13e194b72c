//! Databases for tests. `TEST_DATABASE_URL`, where it is set, names a PostgreSQL server, and every test of the server then
//! runs on that; without it each has a SQLite file.
#![allow(clippy::unwrap_used, reason = "a test that cannot make its database fails")]

mod database;

use tempfile::TempDir;

use super::Store;
use crate::server::config::{DatabaseConfig, DatabaseLocation};

/// A real database of its own; a SQLite file goes with the folder.
pub async fn temporary() -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let location = location(&folder).await;
    let config = DatabaseConfig { location, app_secret: None, previous_app_secret: None };
    (Store::open(&config).await.unwrap(), folder)
}

/// The flags of a server with a database of its own.
pub async fn flags(folder: &TempDir) -> Vec<String> {
    let url = database::empty(folder).await;
    ["--database-url", &url, "--app-secret", "a secret of thirty-two characters"].map(ToOwned::to_owned).into()
}

/// Where a database can be that nobody else uses.
pub async fn location(folder: &TempDir) -> DatabaseLocation {
    let url = database::empty(folder).await;
    match url.strip_prefix("sqlite://") {
        Some(file) => DatabaseLocation::Sqlite(file.into()),
        None => DatabaseLocation::Postgres(url.into()),
    }
}
