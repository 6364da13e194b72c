//! The two databases that the store can stand on, and how each is opened.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use secrecy::ExposeSecret;
use sqlx::{
    AnyConnection, AnyPool, Connection,
    any::AnyPoolOptions,
    migrate::{MigrateError, Migrator},
};
use url::Url;

use crate::server::config::{DatabaseLocation, database::folder_of};

/// How long a request waits for a connection before it fails.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many connections one server has to PostgreSQL; its own default allows a hundred in all.
const POSTGRES_CONNECTIONS: u32 = 16;
const SQLITE_READERS: u32 = 8;

/// For every SQLite connection. With `FULL`, what was acknowledged survives a machine that loses its power: a session
/// that ended must not come back. `busy_timeout` is for other processes' locks.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

/// For every connection to PostgreSQL: a server that vanished in the middle of a transaction holds nobody up for long.
const POSTGRES_SETTINGS: &str = "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'";

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("src/server/store/migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("src/server/store/migrations/postgres");

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// Chooses between two spellings of one statement.
    pub fn choose(self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self {
            Self::Sqlite => sqlite,
            Self::Postgres => postgres,
        }
    }
}

/// Why the database could not be opened: one sentence each, for the person who starts the server.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the folder {} cannot be written: {error} (DATABASE_URL names it)", folder.display())]
    Folder { folder: PathBuf, error: io::Error },
    #[error("the database {database} cannot be opened: {error} (DATABASE_URL names it)")]
    Open { database: String, error: sqlx::Error },
    #[error("the database {database} could not be brought up to date: {error}")]
    Migrate { database: String, error: MigrateError },
}

/// An open database.
pub struct Pools {
    pub engine: Engine,
    pub readers: AnyPool,
    pub writer: AnyPool,
}

pub async fn open(location: &DatabaseLocation) -> Result<Pools, OpenError> {
    sqlx::any::install_default_drivers();
    match location {
        DatabaseLocation::Sqlite(file) => sqlite(file).await,
        DatabaseLocation::Postgres(url) => postgres(url.expose_secret()).await,
    }
}

async fn sqlite(file: &Path) -> Result<Pools, OpenError> {
    let folder = folder_of(file);
    make_writable(&folder).map_err(|error| OpenError::Folder { folder, error })?;
    let database = file.display().to_string();
    if let Err(error) = make_private(file)
        && error.kind() != io::ErrorKind::AlreadyExists
    {
        return Err(OpenError::Open { database, error: error.into() });
    }
    let failed = |error| OpenError::Open { database: database.clone(), error };
    let url = sqlite_url(file).map_err(|error| failed(sqlx::Error::Io(error)))?;
    let pool = |connections: u32| {
        AnyPoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE).after_connect(|connection, _| {
            Box::pin(async move { sqlx::raw_sql(SQLITE_SETTINGS).execute(connection).await.map(drop) })
        })
    };
    let lock = lock_for_migration(file).await.map_err(|error| failed(sqlx::Error::Io(error)))?;
    let writer = pool(1).connect(&format!("{url}?mode=rwc")).await.map_err(failed)?;
    sqlx::query("PRAGMA journal_mode = WAL").execute(&writer).await.map_err(failed)?;
    SQLITE_MIGRATIONS.run(&writer).await.map_err(|error| OpenError::Migrate { database: database.clone(), error })?;
    drop(lock);
    let readers = pool(SQLITE_READERS).connect(&format!("{url}?mode=ro")).await.map_err(failed)?;
    Ok(Pools { engine: Engine::Sqlite, readers, writer })
}

async fn postgres(url: &str) -> Result<Pools, OpenError> {
    let database = without_password(url);
    let failed = |error| OpenError::Open { database: database.clone(), error };
    // A pool would try again and again, and then only say that it took too long.
    AnyConnection::connect(url).await.map_err(failed)?.close().await.map_err(failed)?;
    let pool = AnyPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(PATIENCE).after_connect(
        |connection, _| Box::pin(async move { sqlx::raw_sql(POSTGRES_SETTINGS).execute(connection).await.map(drop) }),
    );
    let pool = pool.connect(url).await.map_err(failed)?;
    // Of several servers that start at once, one does it and the others wait: sqlx takes a lock.
    POSTGRES_MIGRATIONS.run(&pool).await.map_err(|error| OpenError::Migrate { database, error })?;
    Ok(Pools { engine: Engine::Postgres, readers: pool.clone(), writer: pool })
}

/// Of several processes that start at once, one makes the tables and the others wait until this goes: sqlx has such a lock
/// for PostgreSQL alone. It is on a file of its own, since closing the database's would end SQLite's own locks.
async fn lock_for_migration(file: &Path) -> io::Result<fs::File> {
    let mut name = file.as_os_str().to_owned();
    name.push("-migration");
    let lock = move || {
        match make_private(Path::new(&name)) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        let file = fs::OpenOptions::new().write(true).open(&name)?;
        file.lock()?;
        Ok(file)
    };
    tokio::task::spawn_blocking(lock).await.map_err(io::Error::other)?
}

/// The address of a file, whatever characters its name has.
fn sqlite_url(file: &Path) -> io::Result<String> {
    let address = Url::from_file_path(std::path::absolute(file)?).map_err(|()| io::ErrorKind::InvalidFilename)?;
    Ok(format!("sqlite://{}", address.path()))
}

/// For error messages.
fn without_password(url: &str) -> String {
    let Ok(mut url) = Url::parse(url) else { return "of DATABASE_URL".into() };
    let _ = url.set_password(None);
    url.set_query(None);
    url.to_string()
}

/// Makes an empty file that only its owner can read. SQLite fills such a file, and its other files get its permissions.
pub fn make_private(file: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// Makes the folder and proves that a file can be made in it.
fn make_writable(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let probe = folder.join(format!(".writable-{}", std::process::id()));
    fs::write(&probe, b"")?;
    match fs::remove_file(probe) {
        // Another one that opens it has done so.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Store, sessions::SessionKey, testing},
        *,
    };
    use crate::server::config::DatabaseConfig;

    /// A database as the first release left it.
    async fn of_the_second_version(location: &DatabaseLocation) {
        sqlx::any::install_default_drivers();
        let (url, migrations) = match location {
            DatabaseLocation::Sqlite(file) => (format!("{}?mode=rwc", sqlite_url(file).unwrap()), &SQLITE_MIGRATIONS),
            DatabaseLocation::Postgres(url) => (url.expose_secret().to_owned(), &POSTGRES_MIGRATIONS),
        };
        let pool = AnyPool::connect(&url).await.unwrap();
        let first = migrations.iter().take(2).cloned().collect();
        Migrator::with_migrations(first).run(&pool).await.unwrap();
        sqlx::query(
            "INSERT INTO chat_tokens (id, user_id, session_key, digest, state, minted_at) VALUES \
             ('a', 1, 'one', '0123456789abcdef0123456789abcdef', 'live', 7), ('b', 1, 'two', '', 'ended', 8)",
        )
        .execute(&pool)
        .await
        .unwrap();
        pool.close().await;
    }

    #[tokio::test]
    async fn a_database_of_an_earlier_version_keeps_its_tokens() {
        let folder = tempfile::tempdir().unwrap();
        let location = testing::location(&folder).await;
        of_the_second_version(&location).await;
        let config = DatabaseConfig { location, app_secret: None, previous_app_secret: None };
        let store = Store::open(&config).await.unwrap();
        let token = store.live_chat_token(&SessionKey::stored("one".into())).await.unwrap().unwrap();
        assert_eq!((token.row.id.as_str(), token.row.minted_at), ("a", 7));
        assert!(!store.is_chat_work_due(100).await.unwrap());
    }
}
