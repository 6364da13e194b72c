//! An empty database that nobody else uses, by its address. The tests of several copies of the program make theirs by this
//! file, too (`tests/copies`): it names nothing of the crate.
#![allow(clippy::unwrap_used, reason = "a test that cannot make its database fails")]

use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tempfile::TempDir;

/// The variable that names a PostgreSQL server in which this user may make databases.
const VARIABLE: &str = "TEST_DATABASE_URL";

/// On the PostgreSQL server that the variable names; without one, a SQLite file in the folder.
pub async fn empty(folder: &TempDir) -> String {
    let Ok(server) = std::env::var(VARIABLE) else {
        return format!("sqlite://{}", folder.path().join("app.db").display());
    };
    sqlx::any::install_default_drivers();
    let name = format!("test_{}", hex::encode(rand::random::<[u8; 8]>()));
    let mut connection = AnyConnection::connect(&server).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let mut url: url::Url = server.parse().unwrap();
    url.set_path(&name);
    url.to_string()
}
