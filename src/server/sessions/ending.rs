//! The one place where sessions begin to be no more: log-out, "sign out everywhere", a changed password, a deleted account,
//! and time. The database does it in one transaction; then whoever holds something of those sessions lets go of it.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    model::ids::UserId,
    server::store::{
        Store, StoreError,
        audit_events::AuditRecord,
        chat_removals::Removal,
        endings::PasswordChange,
        sessions::{Ending, SessionKey},
        users::PasswordHash,
    },
};

/// What holds something of sessions in memory, or has work when they end.
#[async_trait]
pub trait EndsWithSession: Send + Sync + 'static {
    /// These have ended. It returns soon, and fails nothing.
    async fn ended(&self, sessions: &[SessionKey]);
}

/// Ends sessions.
#[derive(Clone)]
pub struct Sessions {
    store: Store,
    listeners: Arc<[Arc<dyn EndsWithSession>]>,
    record: Option<AuditRecord>,
}

impl Sessions {
    pub fn new(store: Store, listeners: impl Into<Arc<[Arc<dyn EndsWithSession>]>>) -> Self {
        Self { store, listeners: listeners.into(), record: None }
    }

    /// The same, to end sessions with this entry in the audit trail: both in one transaction.
    #[must_use]
    pub fn noting(&self, record: &AuditRecord) -> Self {
        Self { record: Some(record.clone()), ..self.clone() }
    }

    /// Ends them; the answer counts them.
    pub async fn end(&self, ending: &Ending) -> Result<usize, StoreError> {
        let ended = self.store.end_sessions(ending, self.record.as_ref()).await?;
        Ok(self.tell(&ended).await)
    }

    /// Gives a person another password and ends every session of theirs but `kept`, both or neither; the answer counts
    /// them. None when the password has become another one meanwhile.
    pub async fn change_password(
        &self,
        change: &PasswordChange,
        kept: &SessionKey,
    ) -> Result<Option<usize>, StoreError> {
        match self.store.change_password(change, kept, self.record.as_ref()).await? {
            Some(ended) => Ok(Some(self.tell(&ended).await)),
            None => Ok(None),
        }
    }

    /// Deletes a person's account, their sessions and, before long, their chat user. Whether it was done: not when the
    /// password has become another one meanwhile.
    pub async fn delete_account(
        &self,
        user: UserId,
        known: &PasswordHash,
        removal: Removal,
    ) -> Result<bool, StoreError> {
        let Some(ended) = self.store.delete_account(user, known, removal, self.record.as_ref()).await? else {
            return Ok(false);
        };
        self.tell(&ended).await;
        Ok(true)
    }

    async fn tell(&self, ended: &[SessionKey]) -> usize {
        if !ended.is_empty() {
            for listener in self.listeners.iter() {
                listener.ended(ended).await;
            }
        }
        ended.len()
    }
}
