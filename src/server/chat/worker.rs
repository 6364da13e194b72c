//! The worker: revokes in the cloud what has ended here, and removes the users of deleted accounts. What there is to do
//! stands in the database, so that no crash, outage or other server loses any of it; who takes a piece of work has it for
//! the time of a lease. What fails is tried again, ever more slowly.

use std::time::Duration;

use async_trait::async_trait;
use tokio::{task::JoinSet, time::timeout};

use super::{audit, error::ChatError, lost_tokens::settled, rest::RestError, service::Chat};
use crate::{
    model::ids::Uid,
    server::{
        sessions::ending::EndsWithSession,
        store::{
            StoreError,
            audit_events::{AuditEvent, AuditRecord},
            chat_removals::{ChatRemoval, Removal},
            chat_tokens::{EndingToken, Lease},
            sessions::SessionKey,
        },
    },
};

/// How many calls go to the cloud at once.
const AT_ONCE: u32 = 8;
/// How long a piece of work is nobody else's: longer than a call takes. Should it take longer still, it is done twice.
const LEASE_SECONDS: i64 = 20;
/// How often the database is asked for work that nobody here knows of: another server's, an administrator's, or what has
/// waited long enough.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// After so many seconds no creation of a user can come to its end any more that began before their account was deleted.
const SETTLING_SECONDS: i64 = 2 * 60;
const FIRST_PAUSE_SECONDS: i64 = 1;
const LONGEST_PAUSE_SECONDS: i64 = 5 * 60;

#[async_trait]
impl EndsWithSession for Chat {
    async fn ended(&self, sessions: &[SessionKey]) {
        for session in sessions {
            self.forget(session).await;
        }
        self.wake_worker();
    }
}

impl Chat {
    /// Works for as long as the server runs.
    pub async fn work(self) {
        loop {
            if let Err(error) = self.work_off().await {
                tracing::error!("the chat tokens to be revoked cannot be read or recorded: {error}");
            }
            let _ = timeout(LOOK_EVERY, self.worker_is_woken()).await;
        }
    }

    /// Does all that is due.
    pub async fn work_off(&self) -> Result<(), StoreError> {
        while self.store().is_chat_work_due(self.now()).await? {
            let now = self.now();
            let lease = Lease { now, until: now + LEASE_SECONDS, most: AT_ONCE };
            let mut work = JoinSet::new();
            for token in self.store().take_ending_chat_tokens(lease).await? {
                let chat = self.clone();
                work.spawn(async move { chat.end_token(token).await });
            }
            for removal in self.store().take_chat_removals(lease).await? {
                let chat = self.clone();
                work.spawn(async move { chat.remove_user(removal, lease.until).await });
            }
            if work.is_empty() {
                // Another server is about to take what is due.
                break;
            }
            for result in work.join_all().await {
                result?;
            }
        }
        Ok(())
    }

    async fn end_token(&self, token: EndingToken) -> Result<(), StoreError> {
        let uid = token.row.user.uid();
        let revoked = match (&token.digest, self.open(&token.row)) {
            (None, _) => self.revoke_lost_mint(&token.row).await,
            (Some(_), Ok(secret)) => gone(self.rest().delete_token(&uid, &secret).await),
            (Some(digest), Err(error)) => {
                tracing::error!(%uid, "{error}: was APP_SECRET or the key file changed? The token is looked for");
                self.revoke_by_digest(&uid, digest).await
            }
        };
        match revoked {
            // The cloud may take longer than we wait for it: the token may be there only after this look.
            Ok(()) if token.digest.is_none() && self.now() < settled(token.row.minted_at) => {
                self.store().postpone_chat_token(&token.row.id, settled(token.row.minted_at)).await
            }
            Ok(()) => {
                audit::token_revoked(&uid);
                self.note(AuditRecord::done(AuditEvent::TokenRevocation, self.now()).by(token.row.user));
                self.store().chat_token_ended(&token, self.now()).await
            }
            Err(error) => {
                audit::revocation_failed(&uid, token.attempts, &error);
                self.store().postpone_chat_token(&token.row.id, self.next_attempt(token.attempts, &error)).await
            }
        }
    }

    async fn remove_user(&self, task: ChatRemoval, until: i64) -> Result<(), StoreError> {
        let uid = task.user.uid();
        match self.remove_with_tokens(&uid, task.removal).await {
            Ok(()) if task.is_last => self.store().chat_user_removed(task.user, until).await,
            Ok(()) => {
                audit::user_removed(&uid);
                self.store().chat_user_removed_once(task.user, until, self.now() + SETTLING_SECONDS).await
            }
            Err(error) => {
                audit::removal_failed(&uid, task.attempts, &error);
                self.store().postpone_chat_removal(task.user, self.next_attempt(task.attempts, &error)).await
            }
        }
    }

    /// The tokens first: in the cloud those of a deactivated user lie and wait for their reactivation.
    async fn remove_with_tokens(&self, uid: &Uid, removal: Removal) -> Result<(), ChatError> {
        gone(self.rest().flush_tokens(uid).await)?;
        gone(match removal {
            Removal::Deactivate => self.rest().deactivate_user(uid).await,
            Removal::DeleteWithMessages => self.rest().delete_user(uid).await,
        })
    }

    /// When to try again, in unix seconds.
    fn next_attempt(&self, attempts: u32, error: &ChatError) -> i64 {
        let asked = match error {
            ChatError::Cloud(error) => error.retry_after(),
            _ => None,
        };
        let asked = asked.and_then(|pause| i64::try_from(pause.as_secs()).ok()).unwrap_or(0);
        self.now() + pause(attempts, rand::random_range(0.5..=1.0)).max(asked.min(LONGEST_PAUSE_SECONDS))
    }
}

/// Twice as long after each attempt, up to a limit, shortened by chance so that many do not come back at once.
fn pause(attempts: u32, chance: f64) -> i64 {
    let doubled = FIRST_PAUSE_SECONDS << attempts.min(16);
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a few hundred seconds")]
    let pause = (doubled.min(LONGEST_PAUSE_SECONDS) as f64 * chance).ceil() as i64;
    pause
}

/// What the cloud does not have any more is revoked.
pub(super) fn gone(result: Result<(), RestError>) -> Result<(), ChatError> {
    match result {
        Ok(()) | Err(RestError::TokenNotFound | RestError::UidNotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_five_minutes_and_chance_halves_them_at_most() {
        let longest: Vec<i64> = (1..=10).map(|attempts| pause(attempts, 1.0)).collect();
        assert_eq!(longest, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(pause(u32::MAX, 0.5), 150);
        assert_eq!(pause(1, 0.5), 1);
    }
}
