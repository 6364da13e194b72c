//! The one place where sessions begin to be no more: log-out, "sign out everywhere", a changed password, and time.
//! The rows go, and the chat tokens of those sessions are marked, in one transaction; then the tokens are revoked.

use std::sync::Arc;

use async_trait::async_trait;
use sqlx::SqliteConnection;

use crate::server::store::{
    Store, StoreError,
    sessions::{Ending, PasswordChange, SessionKey, change_password, delete_sessions},
};

/// What has to happen to the chat tokens of sessions that end.
#[async_trait]
pub trait EndsWithSession: Send + Sync + 'static {
    /// Marks the tokens of these sessions as ending, in the transaction that deletes the sessions: neither a crash
    /// nor a dead cloud loses one.
    async fn mark(&self, connection: &mut SqliteConnection, ended: &[SessionKey]) -> Result<(), StoreError>;

    /// After the commit: revokes what was marked. It returns soon, and an outage of the cloud fails nothing.
    async fn revoke(&self, ended: &[SessionKey]);
}

/// Ends sessions.
#[derive(Clone)]
pub struct Sessions {
    store: Store,
    chat: Arc<dyn EndsWithSession>,
}

impl Sessions {
    pub fn new(store: Store, chat: Arc<dyn EndsWithSession>) -> Self {
        Self { store, chat }
    }

    /// Ends them; the answer counts them.
    pub async fn end(&self, ending: &Ending) -> Result<usize, StoreError> {
        let mut transaction = self.store.writer().begin().await?;
        let ended = delete_sessions(&mut transaction, ending).await?;
        if !ended.is_empty() {
            self.chat.mark(&mut transaction, &ended).await?;
        }
        transaction.commit().await?;
        self.revoke(&ended).await;
        Ok(ended.len())
    }

    /// Gives a person another password and ends every session of theirs but `kept`, both or neither; the answer counts
    /// them. None when the password has become another one meanwhile.
    pub async fn change_password(
        &self,
        change: &PasswordChange,
        kept: &SessionKey,
    ) -> Result<Option<usize>, StoreError> {
        let mut transaction = self.store.writer().begin().await?;
        if !change_password(&mut transaction, change).await? {
            return Ok(None);
        }
        let ended = delete_sessions(&mut transaction, &Ending::AllOfExcept(change.user, kept.clone())).await?;
        if !ended.is_empty() {
            self.chat.mark(&mut transaction, &ended).await?;
        }
        transaction.commit().await?;
        self.revoke(&ended).await;
        Ok(Some(ended.len()))
    }

    async fn revoke(&self, ended: &[SessionKey]) {
        if !ended.is_empty() {
            self.chat.revoke(ended).await;
        }
    }
}
