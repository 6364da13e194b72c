//! Databases for tests. `TEST_DATABASE_URL`, where it is set, names a PostgreSQL server, and every test of the server then
//! runs on that; without it each has a SQLite file.
#![allow(clippy::unwrap_used, reason = "a test that cannot make its database fails")]

use secrecy::ExposeSecret;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tempfile::TempDir;

use super::Store;
use crate::server::config::{DatabaseConfig, DatabaseLocation};

/// The variable that names a PostgreSQL server in which this user may make databases.
const VARIABLE: &str = "TEST_DATABASE_URL";

/// A real database of its own; a SQLite file goes with the folder.
pub async fn temporary() -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let location = location(&folder).await;
    let config = DatabaseConfig { location, app_secret: None, previous_app_secret: None };
    (Store::open(&config).await.unwrap(), folder)
}

/// The flags of a server with a database of its own.
pub async fn flags(folder: &TempDir) -> Vec<String> {
    let url = match location(folder).await {
        DatabaseLocation::Sqlite(file) => format!("sqlite://{}", file.display()),
        DatabaseLocation::Postgres(url) => url.expose_secret().to_owned(),
    };
    ["--database-url", &url, "--app-secret", "a secret of thirty-two characters"].map(ToOwned::to_owned).into()
}

/// Where a database can be that nobody else uses.
pub async fn location(folder: &TempDir) -> DatabaseLocation {
    let Ok(server) = std::env::var(VARIABLE) else { return DatabaseLocation::Sqlite(folder.path().join("app.db")) };
    sqlx::any::install_default_drivers();
    let name = format!("test_{}", hex::encode(rand::random::<[u8; 8]>()));
    let mut connection = AnyConnection::connect(&server).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let mut url: url::Url = server.parse().unwrap();
    url.set_path(&name);
    DatabaseLocation::Postgres(url.to_string().into())
}
