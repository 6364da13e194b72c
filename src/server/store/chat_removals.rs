//! Deleted accounts whose chat user is still to be removed from the cloud.

use super::{Connection, Store, StoreError, chat_tokens::Lease};
use crate::model::ids::UserId;

/// What becomes of the chat user of a deleted account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// The user is gone, what they wrote stays.
    Deactivate,
    /// All that they wrote goes too.
    DeleteWithMessages,
}

/// A chat user to remove, who is nobody else's task for the time of a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatRemoval {
    pub user: UserId,
    pub removal: Removal,
    /// How often it was tried, this time counted.
    pub attempts: u32,
    /// It was done before, so long ago that no creation can come behind it any more: this is the last time.
    pub is_last: bool,
}

impl Store {
    /// Takes removals that are due; not before the user's tokens have ended, since the cloud finds no token of a user who is
    /// deactivated, and all of them again should the user be reactivated.
    pub async fn take_chat_removals(&self, lease: Lease) -> Result<Vec<ChatRemoval>, StoreError> {
        let statement = self.engine.choose(
            "UPDATE chat_removals SET due_at = $2, attempts = attempts + 1 WHERE user_id IN ( \
                 SELECT user_id FROM chat_removals WHERE due_at <= $1 AND NOT EXISTS ( \
                     SELECT 1 FROM chat_tokens WHERE chat_tokens.user_id = chat_removals.user_id \
                     AND state IN ('minting', 'ending')) \
                 ORDER BY due_at LIMIT $3) \
             RETURNING user_id, with_messages, attempts, settled_at",
            "WITH due AS MATERIALIZED ( \
                 SELECT user_id FROM chat_removals WHERE due_at <= $1 AND NOT EXISTS ( \
                     SELECT 1 FROM chat_tokens WHERE chat_tokens.user_id = chat_removals.user_id \
                     AND state IN ('minting', 'ending')) \
                 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED) \
             UPDATE chat_removals SET due_at = $2, attempts = attempts + 1 \
             FROM due WHERE chat_removals.user_id = due.user_id \
             RETURNING chat_removals.user_id, with_messages, attempts, settled_at",
        );
        let rows: Vec<(i64, i64, i64, i64)> = sqlx::query_as(statement)
            .bind(lease.now)
            .bind(lease.until)
            .bind(i64::from(lease.most))
            .fetch_all(self.writer())
            .await?;
        let removals = rows.into_iter().map(|(user, with_messages, attempts, settled_at)| ChatRemoval {
            user: UserId(user),
            removal: if with_messages == 0 { Removal::Deactivate } else { Removal::DeleteWithMessages },
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            is_last: settled_at != 0 && settled_at <= lease.now,
        });
        Ok(removals.collect())
    }

    /// It could not be done: it is due again at `due_at` (unix seconds).
    pub async fn postpone_chat_removal(&self, user: UserId, due_at: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE chat_removals SET due_at = $2 WHERE user_id = $1")
            .bind(user.0)
            .bind(due_at)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// The user is removed by whoever had the lease until `until`, for the first time: it is done again at `settled_at`
    /// (unix seconds), when nothing that was under way can bring the user back any more.
    pub async fn chat_user_removed_once(&self, user: UserId, until: i64, settled_at: i64) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE chat_removals SET settled_at = $3, due_at = $3, attempts = 0 WHERE user_id = $1 AND due_at = $2",
        )
        .bind(user.0)
        .bind(until)
        .bind(settled_at)
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// The user is removed for good by whoever had the lease until `until` (unix seconds); what was asked for since stays to be
    /// done.
    pub async fn chat_user_removed(&self, user: UserId, until: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM chat_removals WHERE user_id = $1 AND due_at = $2")
            .bind(user.0)
            .bind(until)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Records that a chat user is to be removed whose account is gone.
    pub async fn remove_chat_user(&self, user: UserId, removal: Removal) -> Result<(), StoreError> {
        let mut connection = self.writer().acquire().await.map_err(StoreError::from)?;
        remove_chat_user(&mut connection, user, removal).await
    }
}

/// The same in the transaction that deletes the account.
pub async fn remove_chat_user(connection: &mut Connection, user: UserId, removal: Removal) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM chat_users WHERE user_id = $1").bind(user.0).execute(&mut *connection).await?;
    sqlx::query(
        "INSERT INTO chat_removals (user_id, with_messages, due_at) VALUES ($1, $2, 0) \
         ON CONFLICT (user_id) DO UPDATE SET with_messages = excluded.with_messages, due_at = 0, attempts = 0, \
         settled_at = 0",
    )
    .bind(user.0)
    .bind(i64::from(removal == Removal::DeleteWithMessages))
    .execute(&mut *connection)
    .await?;
    Ok(())
}
