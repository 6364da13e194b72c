//! A copy of a SQLite database in use.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Store,
    engine::{Engine, make_private},
};

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("backup copies SQLite databases; for PostgreSQL use pg_dump")]
    NotSqlite,
    #[error("the file {} cannot be made: {error}", file.display())]
    File { file: PathBuf, error: io::Error },
    #[error("the database could not be copied: {0}")]
    Database(#[from] sqlx::Error),
}

impl Store {
    /// Writes a copy as of one moment into a new file that only its owner can read, while others read and write. The key
    /// file is not in it: without that, or `APP_SECRET`, its sealed tokens stay sealed.
    pub async fn back_up(&self, file: &Path) -> Result<(), BackupError> {
        if self.engine != Engine::Sqlite {
            return Err(BackupError::NotSqlite);
        }
        make_private(file).map_err(|error| BackupError::File { file: file.into(), error })?;
        let copied = sqlx::query("VACUUM INTO $1").bind(file.to_string_lossy().as_ref()).execute(self.writer()).await;
        if copied.is_err() {
            let _ = fs::remove_file(file);
        }
        copied.map(drop).map_err(BackupError::from)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing, *};
    use crate::server::config::{DatabaseConfig, DatabaseLocation};

    /// What only SQLite has: left out where the tests run on PostgreSQL (`scripts/test.sh`).
    mod on_sqlite {
        use super::*;

        #[tokio::test]
        async fn a_backup_made_while_somebody_writes_opens_with_what_was_committed() {
            let (store, folder) = testing::temporary().await;
            let insert = "INSERT INTO rate_events (bucket, at) VALUES ('a', 1)";
            sqlx::query(insert).execute(store.writer()).await.unwrap();
            let file = folder.path().join("copy of today.db");
            let config = |location| DatabaseConfig { location, app_secret: None, previous_app_secret: None };
            let another = Store::open(&config(DatabaseLocation::Sqlite(folder.path().join("app.db")))).await.unwrap();
            let mut transaction = store.begin().await.unwrap();
            sqlx::query(insert).execute(&mut *transaction).await.unwrap();
            another.back_up(&file).await.unwrap();
            transaction.commit().await.unwrap();

            let copy = Store::open(&config(DatabaseLocation::Sqlite(file.clone()))).await.unwrap();
            let (count,): (i64,) =
                sqlx::query_as("SELECT COUNT(*) FROM rate_events").fetch_one(copy.readers()).await.unwrap();
            assert_eq!(count, 1);
            assert!(
                matches!(store.back_up(&file).await.unwrap_err(), BackupError::File { .. }),
                "nothing is overwritten"
            );
        }
    }
}
