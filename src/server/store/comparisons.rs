//! Which chat users are next to have the cloud's list of their tokens compared with the ledger, and what the ledger says of
//! the tokens that are found. Servers share the work by leases.

use super::{Store, StoreError, chat_tokens::Lease};
use crate::model::{ids::UserId, token_digest::TokenDigest};

/// What the ledger knows of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// Nothing.
    Unknown,
    /// It is handed out, or is being revoked.
    Open,
    /// It was revoked.
    Ended,
}

impl Store {
    /// Whether some user's comparison is due at `now` (unix seconds): a look that writes nothing.
    pub async fn is_comparison_due(&self, now: i64) -> Result<bool, StoreError> {
        let due: Option<(i64,)> = sqlx::query_as("SELECT compare_at FROM chat_users WHERE compare_at <= $1 LIMIT 1")
            .bind(now)
            .fetch_optional(self.readers())
            .await?;
        Ok(due.is_some())
    }

    /// Takes users whose comparison is due, those that have waited longest first.
    pub async fn take_comparisons(&self, lease: Lease) -> Result<Vec<UserId>, StoreError> {
        let statement = self.engine.choose(
            "UPDATE chat_users SET compare_at = $2 WHERE user_id IN ( \
                 SELECT user_id FROM chat_users WHERE compare_at <= $1 ORDER BY compare_at LIMIT $3) \
             RETURNING user_id",
            "WITH due AS MATERIALIZED ( \
                 SELECT user_id FROM chat_users WHERE compare_at <= $1 ORDER BY compare_at LIMIT $3 \
                 FOR UPDATE SKIP LOCKED) \
             UPDATE chat_users SET compare_at = $2 FROM due WHERE chat_users.user_id = due.user_id \
             RETURNING chat_users.user_id",
        );
        let rows: Vec<(i64,)> = sqlx::query_as(statement)
            .bind(lease.now)
            .bind(lease.until)
            .bind(i64::from(lease.most))
            .fetch_all(self.writer())
            .await?;
        Ok(rows.into_iter().map(|(user,)| UserId(user)).collect())
    }

    /// It was done at `now`, by whoever had the lease until `until`, and is next due at `next` (unix seconds). What was
    /// asked for meanwhile stays due.
    pub async fn compared(&self, user: UserId, until: i64, now: i64, next: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE chat_users SET compare_at = $4, compared_at = $3 WHERE user_id = $1 AND compare_at = $2")
            .bind(user.0)
            .bind(until)
            .bind(now)
            .bind(next)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// It could not be done: it is due again at `due_at` (unix seconds).
    pub async fn postpone_comparison(&self, user: UserId, until: i64, due_at: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE chat_users SET compare_at = $3 WHERE user_id = $1 AND compare_at = $2")
            .bind(user.0)
            .bind(until)
            .bind(due_at)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// The comparison of this user is due at once, also of one who is not known to be in the cloud.
    pub async fn demand_comparison(&self, user: UserId) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO chat_users (user_id, profile_digest, provisioned_at) VALUES ($1, '', 0) \
             ON CONFLICT (user_id) DO UPDATE SET compare_at = 0",
        )
        .bind(user.0)
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// The comparison of whoever had a token minted at `minted` or later is due at `now`, unless it was done at `compared`
    /// or later (unix seconds).
    pub async fn demand_comparisons(&self, minted: i64, compared: i64, now: i64) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE chat_users SET compare_at = $3 WHERE compare_at > $3 AND compared_at < $2 \
             AND user_id IN (SELECT user_id FROM chat_tokens WHERE minted_at >= $1)",
        )
        .bind(minted)
        .bind(compared)
        .bind(now)
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// What the ledger says of tokens that the cloud has of a user, by their digests and in their order. None where a mint
    /// for the user is under way: its token may be among them.
    pub async fn chat_token_records(
        &self,
        user: UserId,
        found: &[TokenDigest],
    ) -> Result<Option<Vec<Record>>, StoreError> {
        let rows: Vec<(String, Option<String>)> =
            sqlx::query_as("SELECT state, digest FROM chat_tokens WHERE user_id = $1")
                .bind(user.0)
                .fetch_all(self.readers())
                .await?;
        if rows.iter().any(|(state, _)| state == "minting") {
            return Ok(None);
        }
        let record = |digest: &TokenDigest| {
            let row = rows.iter().find(|(_, known)| known.as_deref() == Some(digest.as_str()));
            match row.map(|(state, _)| state.as_str()) {
                None => Record::Unknown,
                Some("ended") => Record::Ended,
                Some(_) => Record::Open,
            }
        };
        Ok(Some(found.iter().map(record).collect()))
    }
}
