//! How sessions end: the rows go, and the chat tokens of those sessions become due to be revoked, in one transaction with
//! whatever ends them. Neither a crash nor a dead cloud then loses one.

use super::{
    Connection, Store, StoreError,
    audit_events::{AuditRecord, add_audit_record},
    chat_removals::{Removal, remove_chat_user},
    chat_tokens::end_chat_tokens,
    sessions::{Ending, SessionKey},
    users::PasswordHash,
};
use crate::model::ids::UserId;

/// Whoever ends many sessions or tokens at once does so under this name, so that no two take the rows in another order and
/// wait for each other.
pub(super) const MANY_ROWS: &str = "endings";

/// A person's new password, in the place of the one that they have just proved to know.
#[derive(Clone, Debug)]
pub struct PasswordChange {
    pub user: UserId,
    pub known: PasswordHash,
    pub new: PasswordHash,
}

impl Store {
    /// Ends sessions, and names them; what the audit trail is to tell of it is written with it, or not at all.
    pub async fn end_sessions(
        &self,
        ending: &Ending,
        record: Option<&AuditRecord>,
    ) -> Result<Vec<SessionKey>, StoreError> {
        let mut transaction = self.begin().await?;
        if !matches!(ending, Ending::One(_)) {
            self.exclude_others(&mut transaction, MANY_ROWS).await?;
        }
        let ended = end(&mut transaction, ending).await?;
        note(&mut transaction, record).await?;
        transaction.commit().await?;
        Ok(ended)
    }

    /// Changes the password and ends every session of the person's but `kept`; none, and nothing done, when it is not the
    /// known one any more.
    pub async fn change_password(
        &self,
        change: &PasswordChange,
        kept: &SessionKey,
        record: Option<&AuditRecord>,
    ) -> Result<Option<Vec<SessionKey>>, StoreError> {
        let mut transaction = self.begin().await?;
        self.exclude_others(&mut transaction, MANY_ROWS).await?;
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
        note(&mut transaction, record).await?;
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
        record: Option<&AuditRecord>,
    ) -> Result<Option<Vec<SessionKey>>, StoreError> {
        let mut transaction = self.begin().await?;
        self.exclude_others(&mut transaction, MANY_ROWS).await?;
        // From here on nobody begins a session of theirs.
        let held = sqlx::query("UPDATE users SET password_hash = $2 WHERE id = $1 AND password_hash = $2")
            .bind(user.0)
            .bind(&known.0)
            .execute(&mut *transaction)
            .await?;
        if held.rows_affected() == 0 {
            return Ok(None);
        }
        let ended = end(&mut transaction, &Ending::AllOf(user)).await?;
        sqlx::query("DELETE FROM users WHERE id = $1").bind(user.0).execute(&mut *transaction).await?;
        remove_chat_user(&mut transaction, user, removal).await?;
        note(&mut transaction, record).await?;
        transaction.commit().await?;
        Ok(Some(ended))
    }
}

async fn note(connection: &mut Connection, record: Option<&AuditRecord>) -> Result<(), StoreError> {
    match record {
        Some(record) => add_audit_record(connection, record).await,
        None => Ok(()),
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{
        super::{
            sessions::SessionRow,
            testing,
            users::{NewUser, User},
        },
        *,
    };

    async fn ada(store: &Store) -> User {
        let password_hash = PasswordHash("old".into());
        let new = NewUser { name: "Ada".into(), email: "ada@example.com".into(), password_hash, avatar: None };
        store.create_user(new, 1).await.unwrap()
    }

    fn session(user: UserId) -> SessionRow {
        SessionRow { key: SessionKey::of("new"), user, created_at: 1, expires_at: 1_000 }
    }

    /// What a log-in relies on that looks at the password once more after it has begun its session.
    #[tokio::test]
    async fn a_session_that_begins_while_the_password_changes_waits_until_the_change_can_be_seen() {
        let (store, _folder) = testing::temporary().await;
        let ada = ada(&store).await;
        let mut change = store.begin().await.unwrap();
        let update = "UPDATE users SET password_hash = 'new' WHERE password_hash = 'old'";
        sqlx::query(update).execute(&mut *change).await.unwrap();
        end(&mut change, &Ending::AllOf(ada.id)).await.unwrap();
        let begin = tokio::spawn({
            let (store, row) = (store.clone(), session(ada.id));
            async move { store.create_session(&row).await.unwrap() }
        });
        // Long enough for one that does not wait.
        tokio::time::timeout(Duration::from_millis(300), async {
            while store.session(&session(ada.id).key, 1).await.unwrap().is_none() {
                tokio::task::yield_now().await;
            }
        })
        .await
        .unwrap_err();
        change.commit().await.unwrap();
        begin.await.unwrap();
        assert_eq!(store.password_hash(ada.id).await.unwrap(), Some(PasswordHash("new".into())));
    }
}
