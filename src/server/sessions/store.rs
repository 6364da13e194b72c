//! What tower-sessions keeps its records in: our own table, under the digest of the id. A record without a user has
//! no row: visitors who do not sign in leave nothing behind.

use async_trait::async_trait;
use serde_json::Value;
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use crate::{
    model::ids::UserId,
    server::{
        clock,
        store::{
            Store, StoreError,
            sessions::{SessionKey, SessionRow},
        },
    },
};

/// The record's keys: who is signed in, since when, and until when (unix seconds).
pub const USER: &str = "user";
pub const CREATED_AT: &str = "created_at";
pub const EXPIRES_AT: &str = "expires_at";

/// How often a taken id is replaced by another one. 128 random bits never need the second try.
const TRIES: usize = 3;

/// The store of the session layer.
#[derive(Clone, Debug)]
pub struct DatabaseSessions(pub Store);

/// The database's name of a session.
pub fn key_of(id: Id) -> SessionKey {
    SessionKey::of(&id.to_string())
}

fn backend(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}

fn number(record: &Record, name: &str) -> Result<i64> {
    record.data.get(name).and_then(Value::as_i64).ok_or_else(|| Error::Encode(format!("a session without {name}")))
}

fn row_of(record: &Record) -> Result<SessionRow> {
    Ok(SessionRow {
        key: key_of(record.id),
        user: UserId(number(record, USER)?),
        created_at: number(record, CREATED_AT)?,
        expires_at: record.expiry_date.unix_timestamp(),
    })
}

#[async_trait]
impl SessionStore for DatabaseSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        for _ in 0..TRIES {
            match self.0.create_session(&row_of(record)?).await {
                Err(StoreError::Conflict) => record.id = Id::default(),
                outcome => return outcome.map_err(backend),
            }
        }
        Err(Error::Backend("no free session id".into()))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let row = row_of(record)?;
        self.0.prolong_session(&row.key, row.expires_at).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let row = self.0.session(&key_of(*id), clock::seconds()).await.map_err(backend)?;
        Ok(row.map(|row| Record {
            id: *id,
            data: [(USER, row.user.0), (CREATED_AT, row.created_at), (EXPIRES_AT, row.expires_at)]
                .map(|(name, value)| (name.to_owned(), value.into()))
                .into(),
            expiry_date: OffsetDateTime::from_unix_timestamp(row.expires_at).unwrap_or(OffsetDateTime::UNIX_EPOCH),
        }))
    }

    async fn delete(&self, _id: &Id) -> Result<()> {
        // Sessions end in one place, `ending`, with their chat tokens. What the layer deletes here is the row of an
        // id that it replaces at log-in; that session has been ended there before.
        Ok(())
    }
}
