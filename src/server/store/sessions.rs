//! Log-ins: which session belongs to whom, and until when.

use std::{collections::HashMap, fmt};

use super::{Store, StoreError};
use crate::model::ids::UserId;
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;

/// The name of a session in the database: the SHA-256 of its id, in hexadecimal. The id itself is in the cookie only.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionKey(String);

impl SessionKey {
    pub fn of(id: &str) -> Self {
        Self(hex::encode(Sha256::digest(id)))
    }

    /// As it stands in the database.
    pub(super) fn stored(key: String) -> Self {
        Self(key)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the page may know of it, see [`crate::model::viewer::Viewer::session_tag`]: a digest of its own domain,
    /// so that it tells nothing of the key.
    pub fn tag(&self) -> String {
        let digest = Sha256::new().chain_update(b"session tag\0").chain_update(&self.0).finalize();
        hex::encode(&digest[..8])
    }
}

/// Enough to tell log lines apart, too little to be of use.
impl fmt::Debug for SessionKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SessionKey({}…)", self.0.get(..6).unwrap_or_default())
    }
}

/// A live session. Times in unix seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    pub key: SessionKey,
    pub user: UserId,
    pub created_at: i64,
    pub expires_at: i64,
}

/// Which sessions end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// This one: a log-out.
    One(SessionKey),
    /// All of a person: "sign out everywhere".
    AllOf(UserId),
    /// All of a person but this one: a changed password.
    AllOfExcept(UserId, SessionKey),
    /// Those whose time is over at this unix second.
    ExpiredAt(i64),
}

impl Store {
    /// Adds a session; [`StoreError::Conflict`] where its id is taken. Whoever changes the person's password meanwhile is
    /// waited for, or waits: the session is then among those that end, or is there after the change for all to see.
    pub async fn create_session(&self, row: &SessionRow) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        sqlx::query("UPDATE users SET password_hash = password_hash WHERE id = $1")
            .bind(row.user.0)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("INSERT INTO sessions (key, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)")
            .bind(row.key.as_str())
            .bind(row.user.0)
            .bind(row.created_at)
            .bind(row.expires_at)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The session, where it is alive at `now`.
    pub async fn session(&self, key: &SessionKey, now: i64) -> Result<Option<SessionRow>, StoreError> {
        let row: Option<(i64, i64, i64)> =
            sqlx::query_as("SELECT user_id, created_at, expires_at FROM sessions WHERE key = $1 AND expires_at > $2")
                .bind(key.as_str())
                .bind(now)
                .fetch_optional(self.readers())
                .await?;
        Ok(row.map(|(user, created_at, expires_at)| SessionRow {
            key: key.clone(),
            user: UserId(user),
            created_at,
            expires_at,
        }))
    }

    /// A person's sessions, the newest first.
    pub async fn sessions_of(&self, user: UserId) -> Result<Vec<SessionRow>, StoreError> {
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT key, created_at, expires_at FROM sessions WHERE user_id = $1 ORDER BY created_at DESC",
        )
        .bind(user.0)
        .fetch_all(self.readers())
        .await?;
        let row = |(key, created_at, expires_at)| SessionRow { key: SessionKey(key), user, created_at, expires_at };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Which of these sessions are alive at `now`, and when the chat token of each was minted (unix seconds), if it has one.
    pub async fn sessions_with_tokens(
        &self,
        sessions: &[SessionKey],
        now: i64,
    ) -> Result<HashMap<SessionKey, Option<i64>>, StoreError> {
        let places: Vec<String> = (2..2 + sessions.len()).map(|place| format!("${place}")).collect();
        // Nothing but the numbers of the places is written into it.
        let statement = AssertSqlSafe(format!(
            "SELECT sessions.key, chat_tokens.minted_at FROM sessions \
             LEFT JOIN chat_tokens ON chat_tokens.session_key = sessions.key AND chat_tokens.state = 'live' \
             WHERE sessions.expires_at > $1 AND sessions.key IN ({})",
            places.join(", ")
        ));
        let mut query = sqlx::query_as(statement).bind(now);
        for session in sessions {
            query = query.bind(session.as_str().to_owned());
        }
        let rows: Vec<(String, Option<i64>)> = query.fetch_all(self.readers()).await?;
        Ok(rows.into_iter().map(|(key, minted_at)| (SessionKey(key), minted_at)).collect())
    }

    /// Prolongs a session. One that has ended meanwhile stays ended: nothing is inserted.
    pub async fn prolong_session(&self, key: &SessionKey, expires_at: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE sessions SET expires_at = $2 WHERE key = $1")
            .bind(key.as_str())
            .bind(expires_at)
            .execute(self.writer())
            .await?;
        Ok(())
    }
}
