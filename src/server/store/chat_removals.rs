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
}

impl Store {
    /// Takes removals that are due.
    pub async fn take_chat_removals(&self, lease: Lease) -> Result<Vec<ChatRemoval>, StoreError> {
        let statement = self.engine.choose(
            "UPDATE chat_removals SET due_at = $2, attempts = attempts + 1 WHERE user_id IN ( \
                 SELECT user_id FROM chat_removals WHERE due_at <= $1 ORDER BY due_at LIMIT $3) \
             RETURNING user_id, with_messages, attempts",
            "WITH due AS MATERIALIZED ( \
                 SELECT user_id FROM chat_removals WHERE due_at <= $1 ORDER BY due_at LIMIT $3 \
                 FOR UPDATE SKIP LOCKED) \
             UPDATE chat_removals SET due_at = $2, attempts = attempts + 1 \
             FROM due WHERE chat_removals.user_id = due.user_id \
             RETURNING chat_removals.user_id, with_messages, attempts",
        );
        let rows: Vec<(i64, i64, i64)> = sqlx::query_as(statement)
            .bind(lease.now)
            .bind(lease.until)
            .bind(i64::from(lease.most))
            .fetch_all(self.writer())
            .await?;
        let removals = rows.into_iter().map(|(user, with_messages, attempts)| ChatRemoval {
            user: UserId(user),
            removal: if with_messages == 0 { Removal::Deactivate } else { Removal::DeleteWithMessages },
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
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

    /// The user is removed by whoever had the lease until `until` (unix seconds); what was asked for since stays to be
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
         ON CONFLICT (user_id) DO UPDATE SET with_messages = excluded.with_messages, due_at = 0, attempts = 0",
    )
    .bind(user.0)
    .bind(i64::from(removal == Removal::DeleteWithMessages))
    .execute(&mut *connection)
    .await?;
    Ok(())
}
