//! How sessions end: the rows go, and the chat tokens of those sessions become due to be revoked, in one transaction with
//! whatever ends them. Neither a crash nor a dead cloud then loses one.

use super::{
    Connection, Store, StoreError,
    chat_removals::{Removal, remove_chat_user},
    chat_tokens::end_chat_tokens,
    sessions::{Ending, SessionKey},
    users::PasswordHash,
};
use crate::model::ids::UserId;

/// A person's new password, in the place of the one that they have just proved to know.
#[derive(Clone, Debug)]
pub struct PasswordChange {
    pub user: UserId,
    pub known: PasswordHash,
    pub new: PasswordHash,
}

impl Store {
    /// Ends sessions, and names them.
    pub async fn end_sessions(&self, ending: &Ending) -> Result<Vec<SessionKey>, StoreError> {
        let mut transaction = self.begin().await?;
        let ended = end(&mut transaction, ending).await?;
        transaction.commit().await?;
        Ok(ended)
    }

    /// Changes the password and ends every session of the person's but `kept`; none, and nothing done, when it is not the
    /// known one any more.
    pub async fn change_password(
        &self,
        change: &PasswordChange,
        kept: &SessionKey,
    ) -> Result<Option<Vec<SessionKey>>, StoreError> {
        let mut transaction = self.begin().await?;
        let changed = sqlx::query("UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2")
            .bind(change.user.0)
            .bind(&change.known.0)
            .bind(&change.new.0)
            .execute(&mut *transaction)
            .await?;
        if changed.rows_affected() == 0 {
            return Ok(None);
        }
        let ended = end(&mut transaction, &Ending::AllOfExcept(change.user, kept.clone())).await?;
        transaction.commit().await?;
        Ok(Some(ended))
    }

    /// Deletes an account with its sessions, and records that its chat user is to be removed; none, and nothing done, when
    /// the password is not the known one any more.
    pub async fn delete_account(
        &self,
        user: UserId,
        known: &PasswordHash,
        removal: Removal,
    ) -> Result<Option<Vec<SessionKey>>, StoreError> {
        let mut transaction = self.begin().await?;
        let ended = end(&mut transaction, &Ending::AllOf(user)).await?;
        let deleted = sqlx::query("DELETE FROM users WHERE id = $1 AND password_hash = $2")
            .bind(user.0)
            .bind(&known.0)
            .execute(&mut *transaction)
            .await?;
        if deleted.rows_affected() == 0 {
            transaction.rollback().await?;
            return Ok(None);
        }
        remove_chat_user(&mut transaction, user, removal).await?;
        transaction.commit().await?;
        Ok(Some(ended))
    }
}

async fn end(connection: &mut Connection, ending: &Ending) -> Result<Vec<SessionKey>, StoreError> {
    let query = match ending {
        Ending::One(key) => sqlx::query_as("DELETE FROM sessions WHERE key = $1 RETURNING key").bind(key.as_str()),
        Ending::AllOf(user) => sqlx::query_as("DELETE FROM sessions WHERE user_id = $1 RETURNING key").bind(user.0),
        Ending::AllOfExcept(user, key) => {
            sqlx::query_as("DELETE FROM sessions WHERE user_id = $1 AND key <> $2 RETURNING key")
                .bind(user.0)
                .bind(key.as_str())
        }
        Ending::ExpiredAt(now) => {
            sqlx::query_as("DELETE FROM sessions WHERE expires_at <= $1 RETURNING key").bind(*now)
        }
    };
    let rows: Vec<(String,)> = query.fetch_all(&mut *connection).await?;
    let ended: Vec<_> = rows.into_iter().map(|(key,)| SessionKey::stored(key)).collect();
    end_chat_tokens(connection, &ended).await?;
    Ok(ended)
}
