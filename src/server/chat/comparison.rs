//! Compares the cloud's list of each chat user's tokens with the ledger, slowly and for ever, and ends what should not be
//! there: the ledger is what the site knows, and the cloud may know more, after a restored backup, a lost disk, or a user
//! who was deactivated while a token was to be revoked. Whose turn it is stands in the database: a restart goes on where the
//! last one ended, and of several servers each does a share.
//!
//! **How ours are told from foreign ones.** The cloud says of a token whose it is and when it was made, not who made it. But
//! the UIDs `user_<id>` are this site's own: nobody else has a reason to mint for them. So every token of theirs that the
//! ledger does not know is taken for ours, unless the owner of the app says that another back end mints for the same users
//! ([`ForeignTokens::Keep`]). Then ours are what the ledger knows, those included that have ended, and what was made within
//! the time of a recorded mint that never came to its end (`lost_tokens`).

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};

use super::{audit, error::ChatError, lost_tokens::Listed, service::Chat, worker::gone};
use crate::{
    model::{ids::UserId, token_digest::TokenDigest},
    server::store::{
        audit_events::{AuditEvent, AuditRecord},
        chat_tokens::Lease,
        comparisons::Record,
    },
};

/// What becomes of tokens of the site's users that the ledger does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignTokens {
    /// They are taken for ours, and end.
    End,
    /// Another back end may have made them.
    Keep,
}

/// How long after one comparison of a user the next one is due, in seconds, shortened by chance so that a round spreads.
const EVERY_SECONDS: i64 = 24 * 60 * 60;
/// The same for a user whom the cloud does not find: one who is deactivated comes back with all tokens of before.
const ABSENT_SECONDS: i64 = 60 * 60;
/// How many users are compared at once, and the pause after them: 14,000 an hour and server, less than a hundredth of what
/// the cloud allows an app.
const AT_ONCE: u32 = 4;
const PACE: Duration = Duration::from_secs(1);
/// A cloud that is down is left alone for so long,
const PAUSE: Duration = Duration::from_secs(30);
/// and the user in question for so many seconds.
const PAUSE_SECONDS: i64 = 5 * 60;
/// Longer than a comparison takes, were each of a hundred tokens to be ended.
const LEASE_SECONDS: i64 = 10 * 60;
/// A server that starts compares whoever had a token minted within the last days,
const RECENT_SECONDS: i64 = 2 * 24 * 60 * 60;
/// unless that was done within the last hour: several servers may start at once, and one of them again and again.
const DONE_SECONDS: i64 = 60 * 60;

/// What a comparison found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Compared,
    /// The cloud has no such user, or a deactivated one.
    Absent,
    /// A mint for the user is under way, whose token nobody could tell from a stranger.
    MintUnderWay,
}

/// When a new user's tokens are first compared, or a known one's the next time, in unix seconds.
pub(super) fn next_comparison(now: i64) -> i64 {
    now + rand::random_range(EVERY_SECONDS * 3 / 4..=EVERY_SECONDS)
}

impl Chat {
    /// Compares for as long as the server runs.
    pub async fn compare(self) {
        if let Err(error) = self.demand_recent_comparisons().await {
            tracing::error!("the comparisons that are due at a start cannot be recorded: {error}");
        }
        loop {
            let pause = match self.compare_some().await {
                Ok(_) => PACE,
                Err(error) => {
                    tracing::warn!("the cloud's tokens cannot be compared with the ledger: {error}");
                    PAUSE
                }
            };
            sleep(pause).await;
        }
    }

    /// What a server that starts may have left in the cloud at its last end is looked for now.
    pub async fn demand_recent_comparisons(&self) -> Result<(), ChatError> {
        let now = self.now();
        Ok(self.store().demand_comparisons(now - RECENT_SECONDS, now - DONE_SECONDS, now).await?)
    }

    /// Compares a few users who are due; how many there were.
    pub async fn compare_some(&self) -> Result<usize, ChatError> {
        let now = self.now();
        if !self.store().is_comparison_due(now).await? {
            return Ok(0);
        }
        let lease = Lease { now, until: now + LEASE_SECONDS, most: AT_ONCE };
        let users = self.store().take_comparisons(lease).await?;
        let mut work = JoinSet::new();
        for user in &users {
            let (chat, user) = (self.clone(), *user);
            work.spawn(async move { chat.compare_user(user, lease.until).await });
        }
        work.join_all().await.into_iter().collect::<Result<(), _>>()?;
        Ok(users.len())
    }

    async fn compare_user(&self, user: UserId, until: i64) -> Result<(), ChatError> {
        let outcome = self.compare_tokens_of(user).await;
        let now = self.now();
        match outcome {
            Ok(Outcome::Compared) => self.store().compared(user, until, now, next_comparison(now)).await?,
            Ok(Outcome::Absent) => self.store().compared(user, until, now, now + ABSENT_SECONDS).await?,
            Ok(Outcome::MintUnderWay) | Err(_) => {
                self.store().postpone_comparison(user, until, now + PAUSE_SECONDS).await?;
            }
        }
        outcome.map(drop)
    }

    async fn compare_tokens_of(&self, user: UserId) -> Result<Outcome, ChatError> {
        if self.store().user(user).await?.is_none() {
            // The server that brought the user to the cloud died before it saw that the account was gone.
            self.store().remove_chat_user(user, self.removal()).await?;
            self.wake_worker();
            return Ok(Outcome::Absent);
        }
        let uid = user.uid();
        // First the cloud, then the ledger: whatever was minted in between is not in the list, and what is in the list was
        // recorded before, or is being minted.
        let Some(found) = self.listed(&uid).await? else { return Ok(Outcome::Absent) };
        let digests: Vec<TokenDigest> = found.iter().map(|Listed { token, .. }| token.digest()).collect();
        let Some(records) = self.store().chat_token_records(user, &digests).await? else {
            return Ok(Outcome::MintUnderWay);
        };
        for (Listed { token, .. }, record) in found.into_iter().zip(records) {
            let is_to_end = match record {
                Record::Open => false,
                Record::Ended => true,
                Record::Unknown => self.settings().foreign == ForeignTokens::End,
            };
            if is_to_end {
                gone(self.rest().delete_token(&uid, &token).await)?;
                audit::stray_token_revoked(&uid, record == Record::Unknown);
                self.note(AuditRecord::done(AuditEvent::TokenRevocation, self.now()).by(user));
            }
        }
        Ok(Outcome::Compared)
    }
}
