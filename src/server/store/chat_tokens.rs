//! The ledger of chat tokens: every token that was handed out, sealed, until it is revoked in the cloud. It cannot open
//! what it keeps.

use sqlx::SqliteConnection;

use super::{Store, StoreError, sessions::SessionKey};
use crate::model::{ids::UserId, token_digest::TokenDigest};

/// A token as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatTokenRow {
    /// Random; the sealed token is bound to it.
    pub id: String,
    pub user: UserId,
    pub sealed: Vec<u8>,
    pub digest: TokenDigest,
    /// Unix seconds.
    pub minted_at: i64,
}

/// What became of a new token's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// It is the session's token now; the one that it replaces is ending.
    Live,
    /// The session has ended meanwhile, or another server was first: the new token is recorded as ending.
    Ending,
}

/// Which ending tokens are meant.
#[derive(Clone, Copy, Debug)]
pub enum EndingTokens<'a> {
    Of(&'a SessionKey),
    All,
}

impl Store {
    /// The session's live token.
    pub async fn live_chat_token(&self, session: &SessionKey) -> Result<Option<ChatTokenRow>, StoreError> {
        let row = sqlx::query_as(
            "SELECT id, user_id, sealed, digest, minted_at FROM chat_tokens WHERE session_key = $1 AND state = 'live'",
        )
        .bind(session.as_str())
        .fetch_optional(self.readers())
        .await?;
        row.map(token).transpose()
    }

    /// Records a new token before anybody gets it. `replaced`, the id of an older one, ends in the same transaction.
    /// A session that has ended meanwhile gets no live token.
    pub async fn record_chat_token(
        &self,
        token: &ChatTokenRow,
        session: &SessionKey,
        replaced: Option<&str>,
    ) -> Result<Recorded, StoreError> {
        let mut transaction = self.writer().begin().await?;
        sqlx::query("UPDATE chat_tokens SET state = 'ending' WHERE id = $1 AND state = 'live'")
            .bind(replaced)
            .execute(&mut *transaction)
            .await?;
        let (state,): (String,) = sqlx::query_as(
            "INSERT INTO chat_tokens (id, user_id, session_key, sealed, digest, minted_at, state) \
             SELECT $1, $2, $3, $4, $5, $6, CASE \
                 WHEN EXISTS (SELECT 1 FROM sessions WHERE key = $3) \
                     AND NOT EXISTS (SELECT 1 FROM chat_tokens WHERE session_key = $3 AND state = 'live') \
                 THEN 'live' ELSE 'ending' END \
             RETURNING state",
        )
        .bind(&token.id)
        .bind(token.user.0)
        .bind(session.as_str())
        .bind(&token.sealed)
        .bind(token.digest.as_str())
        .bind(token.minted_at)
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(if state == "live" { Recorded::Live } else { Recorded::Ending })
    }

    /// Tokens that are still to be revoked, oldest first.
    pub async fn ending_chat_tokens(&self, which: EndingTokens<'_>) -> Result<Vec<ChatTokenRow>, StoreError> {
        let query = match which {
            EndingTokens::Of(session) => sqlx::query_as(
                "SELECT id, user_id, sealed, digest, minted_at FROM chat_tokens \
                 WHERE state = 'ending' AND session_key = $1 ORDER BY minted_at",
            )
            .bind(session.as_str()),
            EndingTokens::All => sqlx::query_as(
                "SELECT id, user_id, sealed, digest, minted_at FROM chat_tokens \
                 WHERE state = 'ending' ORDER BY minted_at",
            ),
        };
        query.fetch_all(self.readers()).await?.into_iter().map(token).collect()
    }

    /// Live tokens that were minted at `oldest` (unix seconds) or before end; the answer names their sessions.
    pub async fn end_chat_tokens_minted_before(&self, oldest: i64) -> Result<Vec<SessionKey>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "UPDATE chat_tokens SET state = 'ending' WHERE state = 'live' AND minted_at <= $1 RETURNING session_key",
        )
        .bind(oldest)
        .fetch_all(self.writer())
        .await?;
        Ok(rows.into_iter().map(|(key,)| SessionKey::stored(key)).collect())
    }

    /// Forgets the tokens that had ended by `before` (unix seconds).
    pub async fn sweep_ended_chat_tokens(&self, before: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM chat_tokens WHERE state = 'ended' AND ended_at < $1")
            .bind(before)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// A token is revoked, at `now` (unix seconds): nothing of it stays but the fact.
    pub async fn chat_token_ended(&self, id: &str, now: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE chat_tokens SET state = 'ended', ended_at = $2, sealed = NULL WHERE id = $1")
            .bind(id)
            .bind(now)
            .execute(self.writer())
            .await?;
        Ok(())
    }
}

/// Marks the tokens of these sessions, in the transaction that ends the sessions.
pub async fn end_chat_tokens(connection: &mut SqliteConnection, sessions: &[SessionKey]) -> Result<(), StoreError> {
    for session in sessions {
        sqlx::query("UPDATE chat_tokens SET state = 'ending' WHERE session_key = $1 AND state = 'live'")
            .bind(session.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

type Row = (String, i64, Option<Vec<u8>>, String, i64);

fn token((id, user, sealed, digest, minted_at): Row) -> Result<ChatTokenRow, StoreError> {
    let digest = digest.try_into().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    Ok(ChatTokenRow { id, user: UserId(user), sealed: sealed.unwrap_or_default(), digest, minted_at })
}
