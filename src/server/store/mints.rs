//! How a chat token comes into the ledger: the mint is recorded before the cloud is asked, so that a server that dies in
//! between leaves a trace, and so that of many servers that are asked at once one mints.

use super::{Connection, Store, StoreError, sessions::SessionKey};
use crate::model::{ids::UserId, token_digest::TokenDigest};

/// A mint that is to begin. Times in unix seconds.
#[derive(Clone, Debug)]
pub struct NewMint {
    /// Random.
    pub id: String,
    pub user: UserId,
    pub session: SessionKey,
    pub begun_at: i64,
    /// When it counts as cut short.
    pub until: i64,
}

/// Whether it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MintBegin {
    Begun,
    /// Another request, here or on another server, is minting for this session.
    UnderWay,
    SessionEnded,
}

/// What the cloud answered to a mint.
#[derive(Clone, Debug)]
pub struct Minted {
    pub sealed: Vec<u8>,
    pub digest: TokenDigest,
}

/// What became of a new token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// It is the session's token now.
    Live,
    /// The session has ended meanwhile: it is recorded to be revoked.
    SessionEnded,
    /// The mint counts as cut short already: it is recorded to be revoked.
    TooLate,
}

impl Store {
    /// Records that a token is about to be minted for this session.
    pub async fn begin_mint(&self, mint: &NewMint) -> Result<MintBegin, StoreError> {
        let mut transaction = self.begin().await?;
        if !hold_session(&mut transaction, &mint.session).await? {
            return Ok(MintBegin::SessionEnded);
        }
        sqlx::query(
            "UPDATE chat_tokens SET state = 'ending' WHERE session_key = $1 AND state = 'minting' AND due_at <= $2",
        )
        .bind(mint.session.as_str())
        .bind(mint.begun_at)
        .execute(&mut *transaction)
        .await?;
        let inserted = sqlx::query(
            "INSERT INTO chat_tokens (id, user_id, session_key, minted_at, due_at, state) \
             VALUES ($1, $2, $3, $4, $5, 'minting') ON CONFLICT DO NOTHING",
        )
        .bind(&mint.id)
        .bind(mint.user.0)
        .bind(mint.session.as_str())
        .bind(mint.begun_at)
        .bind(mint.until)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(if inserted.rows_affected() == 1 { MintBegin::Begun } else { MintBegin::UnderWay })
    }

    /// Records the token before anybody gets it. The one that it replaces is due to be revoked at `replaced_due_at` (unix
    /// seconds).
    pub async fn finish_mint(
        &self,
        mint: &NewMint,
        minted: &Minted,
        replaced_due_at: i64,
    ) -> Result<Recorded, StoreError> {
        let mut transaction = self.begin().await?;
        let recorded = if !hold_session(&mut transaction, &mint.session).await? {
            Recorded::SessionEnded
        } else if hold_mint(&mut transaction, &mint.id).await? {
            Recorded::Live
        } else {
            Recorded::TooLate
        };
        if recorded == Recorded::Live {
            sqlx::query(
                "UPDATE chat_tokens SET state = 'ending', due_at = $2 WHERE session_key = $1 AND state = 'live'",
            )
            .bind(mint.session.as_str())
            .bind(replaced_due_at)
            .execute(&mut *transaction)
            .await?;
        }
        // Also where it was taken for cut short, and even found and revoked: once more does no harm.
        sqlx::query("UPDATE chat_tokens SET state = $2, sealed = $3, digest = $4, due_at = 0 WHERE id = $1")
            .bind(&mint.id)
            .bind(if recorded == Recorded::Live { "live" } else { "ending" })
            .bind(&minted.sealed)
            .bind(minted.digest.as_str())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(recorded)
    }

    /// The cloud minted nothing.
    pub async fn forget_mint(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM chat_tokens WHERE id = $1 AND sealed IS NULL").bind(id).execute(self.writer()).await?;
        Ok(())
    }

    /// The cloud may have minted, and its answer was lost: what it made is to be found and revoked.
    pub async fn doubt_mint(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE chat_tokens SET state = 'ending', due_at = 0 WHERE id = $1 AND state = 'minting'")
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(())
    }
}

/// Whether the session is there; it stays until the transaction ends, since whoever ends it waits for the row.
async fn hold_session(connection: &mut Connection, session: &SessionKey) -> Result<bool, StoreError> {
    let held = sqlx::query("UPDATE sessions SET key = key WHERE key = $1").bind(session.as_str());
    Ok(held.execute(connection).await?.rows_affected() == 1)
}

/// Whether the mint does not count as cut short; nobody takes it for that until the transaction ends.
async fn hold_mint(connection: &mut Connection, id: &str) -> Result<bool, StoreError> {
    let held = sqlx::query("UPDATE chat_tokens SET id = id WHERE id = $1 AND state = 'minting'").bind(id);
    Ok(held.execute(connection).await?.rows_affected() == 1)
}
