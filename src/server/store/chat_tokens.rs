//! The ledger of chat tokens: every token that was minted, sealed, until it is revoked in the cloud. It cannot open what
//! it keeps. How a row comes in stands in [`super::mints`].

use sqlx::FromRow;

use super::{Connection, Store, StoreError, endings::MANY_ROWS, sessions::SessionKey};
use crate::model::{ids::UserId, token_digest::TokenDigest};

/// A token that is handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveToken {
    pub row: TokenRow,
    pub digest: TokenDigest,
}

/// What the sealed token is bound to, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// Random; the sealed token is bound to it.
    pub id: String,
    pub user: UserId,
    pub sealed: Vec<u8>,
    /// When its mint began, in unix seconds.
    pub minted_at: i64,
}

/// A token that is to be revoked, and that nobody else is revoking for the time of a lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingToken {
    pub row: TokenRow,
    /// None of a mint that was cut short: neither the token nor whether there is one is known.
    pub digest: Option<TokenDigest>,
    /// How often it was tried, this time counted.
    pub attempts: u32,
}

/// Work that several servers share: who takes it has it until the lease is over, so that what a killed server had taken
/// is taken again. Times in unix seconds.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    pub now: i64,
    pub until: i64,
    /// How much is taken at once.
    pub most: u32,
}

#[derive(FromRow)]
struct Row {
    id: String,
    user_id: i64,
    sealed: Option<Vec<u8>>,
    digest: Option<String>,
    minted_at: i64,
    attempts: i64,
}

impl Row {
    fn split(self) -> Result<EndingToken, StoreError> {
        let digest = self.digest.map(TokenDigest::try_from).transpose();
        Ok(EndingToken {
            row: TokenRow {
                id: self.id,
                user: UserId(self.user_id),
                sealed: self.sealed.unwrap_or_default(),
                minted_at: self.minted_at,
            },
            digest: digest.map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
        })
    }
}

impl Store {
    /// The session's live token.
    pub async fn live_chat_token(&self, session: &SessionKey) -> Result<Option<LiveToken>, StoreError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, user_id, sealed, digest, minted_at, attempts FROM chat_tokens \
             WHERE session_key = $1 AND state = 'live'",
        )
        .bind(session.as_str())
        .fetch_optional(self.readers())
        .await?;
        let Some(EndingToken { row, digest, .. }) = row.map(Row::split).transpose()? else { return Ok(None) };
        Ok(digest.map(|digest| LiveToken { row, digest }))
    }

    /// Whether this token is still its session's: no other server has replaced or ended it.
    pub async fn is_chat_token_live(&self, id: &str) -> Result<bool, StoreError> {
        let live: Option<(String,)> = sqlx::query_as("SELECT id FROM chat_tokens WHERE id = $1 AND state = 'live'")
            .bind(id)
            .fetch_optional(self.readers())
            .await?;
        Ok(live.is_some())
    }

    /// Takes tokens that are due to be revoked, those that have waited longest first. A mint whose time is over was cut
    /// short by a crash: it is due too.
    pub async fn take_ending_chat_tokens(&self, lease: Lease) -> Result<Vec<EndingToken>, StoreError> {
        let statement = self.engine.choose(
            "UPDATE chat_tokens SET state = 'ending', due_at = $2, attempts = attempts + 1 WHERE id IN ( \
                 SELECT id FROM chat_tokens WHERE state IN ('minting', 'ending') AND due_at <= $1 \
                 ORDER BY due_at LIMIT $3) \
             RETURNING id, user_id, sealed, digest, minted_at, attempts",
            "WITH due AS MATERIALIZED ( \
                 SELECT id FROM chat_tokens WHERE state IN ('minting', 'ending') AND due_at <= $1 \
                 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED) \
             UPDATE chat_tokens SET state = 'ending', due_at = $2, attempts = attempts + 1 \
             FROM due WHERE chat_tokens.id = due.id \
             RETURNING chat_tokens.id, user_id, sealed, digest, minted_at, attempts",
        );
        let rows: Vec<Row> = sqlx::query_as(statement)
            .bind(lease.now)
            .bind(lease.until)
            .bind(i64::from(lease.most))
            .fetch_all(self.writer())
            .await?;
        rows.into_iter().map(Row::split).collect()
    }

    /// Whether some token is due to be revoked at `now` (unix seconds): a look that writes nothing.
    pub async fn is_chat_work_due(&self, now: i64) -> Result<bool, StoreError> {
        let due: Option<(i64,)> = sqlx::query_as(
            "SELECT due_at FROM chat_tokens WHERE state IN ('minting', 'ending') AND due_at <= $1 \
             UNION ALL SELECT due_at FROM chat_removals WHERE due_at <= $1 AND NOT EXISTS ( \
                 SELECT 1 FROM chat_tokens WHERE chat_tokens.user_id = chat_removals.user_id \
                 AND state IN ('minting', 'ending')) \
             LIMIT 1",
        )
        .bind(now)
        .fetch_optional(self.readers())
        .await?;
        Ok(due.is_some())
    }

    /// A token could not be revoked: it is due again at `due_at` (unix seconds).
    pub async fn postpone_chat_token(&self, id: &str, due_at: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE chat_tokens SET due_at = $2 WHERE id = $1 AND state = 'ending'")
            .bind(id)
            .bind(due_at)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// A token is revoked, at `now` (unix seconds): nothing of it stays but the fact. A row in which another token was
    /// recorded meanwhile, by a mint that came late to its end, stays due.
    pub async fn chat_token_ended(&self, token: &EndingToken, now: i64) -> Result<(), StoreError> {
        let digest = token.digest.as_ref().map_or("", TokenDigest::as_str);
        sqlx::query(
            "UPDATE chat_tokens SET state = 'ended', ended_at = $2, sealed = NULL \
             WHERE id = $1 AND COALESCE(digest, '') = $3",
        )
        .bind(&token.row.id)
        .bind(now)
        .bind(digest)
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// Live tokens that were minted at `oldest` (unix seconds) or before end; the answer names their sessions.
    pub async fn end_chat_tokens_minted_before(&self, oldest: i64) -> Result<Vec<SessionKey>, StoreError> {
        let mut transaction = self.begin().await?;
        self.exclude_others(&mut transaction, MANY_ROWS).await?;
        let rows: Vec<(String,)> = sqlx::query_as(
            "UPDATE chat_tokens SET state = 'ending', due_at = 0 WHERE state = 'live' AND minted_at <= $1 \
             RETURNING session_key",
        )
        .bind(oldest)
        .fetch_all(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(rows.into_iter().map(|(key,)| SessionKey::stored(key)).collect())
    }

    /// Live tokens of a user end: the cloud has forgotten them.
    pub async fn end_chat_tokens_of(&self, user: UserId) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        self.exclude_others(&mut transaction, MANY_ROWS).await?;
        sqlx::query("UPDATE chat_tokens SET state = 'ending', due_at = 0 WHERE user_id = $1 AND state = 'live'")
            .bind(user.0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Forgets the tokens that had ended by `before` (unix seconds).
    pub async fn sweep_ended_chat_tokens(&self, before: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM chat_tokens WHERE state = 'ended' AND ended_at < $1")
            .bind(before)
            .execute(self.writer())
            .await?;
        Ok(())
    }
}

/// Marks the tokens of these sessions as due to be revoked, in the transaction that ends the sessions. A mint that is
/// under way is left to its maker, who finds the session gone.
pub async fn end_chat_tokens(connection: &mut Connection, sessions: &[SessionKey]) -> Result<(), StoreError> {
    for session in sessions {
        sqlx::query(
            "UPDATE chat_tokens SET state = 'ending', due_at = 0 \
             WHERE session_key = $1 AND (state = 'live' OR state = 'ending' AND attempts = 0)",
        )
        .bind(session.as_str())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
