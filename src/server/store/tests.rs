//! What holds for the database as a whole.

use std::fs;

use tokio::task::JoinSet;

use super::*;
use crate::server::config::DatabaseLocation;

#[tokio::test]
async fn readers_need_not_wait_for_the_writer() {
    let (store, _folder) = testing::temporary().await;
    let mut transaction = store.begin().await.unwrap();
    let event = "INSERT INTO rate_events (bucket, at) VALUES ('a', 1)";
    sqlx::query(event).execute(&mut *transaction).await.unwrap();
    let (count,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM rate_events").fetch_one(store.readers()).await.unwrap();
    assert_eq!(count, 0, "and they see what is committed");
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, b"").unwrap();
    let location = DatabaseLocation::Sqlite(file.join("app.db"));
    let config = DatabaseConfig { location, app_secret: None, previous_app_secret: None };
    let sentence = Store::open(&config).await.unwrap_err().to_string();
    assert!(sentence.contains("cannot be written") && sentence.contains("DATABASE_URL"), "{sentence}");
}

#[tokio::test]
async fn a_postgresql_that_does_not_answer_is_said_in_a_sentence_without_its_password() {
    let location = DatabaseLocation::Postgres("postgres://me:secret@127.0.0.1:9/site".to_owned().into());
    let config = DatabaseConfig { location, app_secret: None, previous_app_secret: None };
    let sentence = Store::open(&config).await.unwrap_err().to_string();
    assert!(sentence.contains("127.0.0.1:9/site") && sentence.contains("DATABASE_URL"), "{sentence}");
    assert!(!sentence.contains("secret"), "{sentence}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_that_open_a_new_database_at_once_one_makes_the_tables_and_all_can_use_them() {
    let folder = tempfile::tempdir().unwrap();
    let location = testing::location(&folder).await;
    let mut opening = JoinSet::new();
    for _ in 0..6 {
        let config = DatabaseConfig { location: location.clone(), app_secret: None, previous_app_secret: None };
        opening.spawn(async move { Store::open(&config).await.map_err(|error| error.to_string()) });
    }
    for store in opening.join_all().await {
        assert!(!store.unwrap().is_chat_work_due(0).await.unwrap());
    }
}

/// What only SQLite has: left out where the tests run on PostgreSQL (`scripts/test.sh`).
mod on_sqlite {
    use super::*;

    #[cfg(unix)]
    #[tokio::test]
    async fn only_their_owner_can_read_the_files_of_a_new_database() {
        use std::os::unix::fs::PermissionsExt;

        let (store, folder) = testing::temporary().await;
        let insert = "INSERT INTO rate_events (bucket, at) VALUES ('a', 1)";
        sqlx::query(insert).execute(store.writer()).await.unwrap();
        let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(Result::unwrap).collect();
        assert!(files.len() > 1, "the log of the writes has a file of its own");
        for file in files {
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{}", file.path().display());
        }
    }

    /// A full disk, as SQLite reports it, and one that is not writable any more: nothing that was acknowledged is lost, what
    /// cannot be written is refused, and reading goes on.
    #[tokio::test]
    async fn a_full_or_read_only_disk_refuses_writes_keeps_what_is_there_and_takes_writes_again() {
        let (store, _folder) = testing::temporary().await;
        let write = async |bucket: String| {
            sqlx::query("INSERT INTO rate_events (bucket, at) VALUES ($1, 1)")
                .bind(bucket)
                .execute(store.writer())
                .await
        };
        write("first".into()).await.unwrap();
        for (trouble, remedy, said) in [
            ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000", "full"),
            ("PRAGMA query_only = ON", "PRAGMA query_only = OFF", "readonly"),
        ] {
            sqlx::query(trouble).execute(store.writer()).await.unwrap();
            let refused = write("x".repeat(100_000)).await.unwrap_err().to_string();
            assert!(refused.contains(said), "{refused}");
            sqlx::query(remedy).execute(store.writer()).await.unwrap();
            write("after".into()).await.unwrap();
        }
        let (count,): (i64,) =
            sqlx::query_as("SELECT COUNT(*) FROM rate_events").fetch_one(store.readers()).await.unwrap();
        assert_eq!(count, 3);
    }
}
