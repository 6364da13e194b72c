//! The chat service: what the rest of the server calls. It is handed a visitor that the session has vouched for, and
//! must not look at requests or cookies itself.

use std::{fmt, net::IpAddr, sync::Arc, time::Duration};

use moka::future::Cache;
use time::OffsetDateTime;
use tokio::sync::Notify;

use super::{
    audit,
    auth_token::AuthToken,
    comparison::ForeignTokens,
    error::ChatError,
    provisioning::{ChatPerson, Provisioner},
    rest::RestClient,
    sealing::{Sealer, SealingError},
    tokens::SessionToken,
};
use crate::{
    model::{
        settings::Cloud,
        token_digest::TokenDigest,
        viewer::{ChatCredentials, ChatUser},
    },
    server::{
        audit::AuditTrail,
        clock,
        config::RateLimit,
        store::{
            Store, StoreError,
            audit_events::{AuditEvent, AuditRecord, Outcome},
            chat_removals::Removal,
            chat_tokens::TokenRow,
            rate_events::{Moment, Verdict},
            sessions::SessionKey,
        },
    },
};

/// For how long the ledger remembers a token that has ended.
const LEDGER_SECONDS: i64 = 30 * 24 * 60 * 60;

/// The time.
#[derive(Clone)]
pub enum Clock {
    /// The system's; limits go by the database's, which all servers share.
    System,
    /// A test's own, for everything.
    Set(Arc<dyn Fn() -> OffsetDateTime + Send + Sync>),
}

/// A signed-in visitor, as the session says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatVisitor {
    pub person: ChatPerson,
    pub session: SessionKey,
    /// For the audit trail.
    pub address: Option<IpAddr>,
}

/// How long tokens last, and how many may be asked for.
#[derive(Clone, Copy, Debug)]
pub struct TokenSettings {
    /// In memory, before the database is asked again.
    pub cache: Duration,
    /// From its minting, before a new one takes its place.
    pub max_age: Duration,
    pub limit: RateLimit,
    /// Of the site's users, in the cloud.
    pub foreign: ForeignTokens,
}

/// What the service is made of.
pub struct ChatParts {
    pub rest: RestClient,
    pub cloud: Cloud,
    pub store: Store,
    pub audit: AuditTrail,
    pub sealer: Sealer,
    pub tokens: TokenSettings,
    /// What becomes of the user of a deleted account.
    pub removal: Removal,
    pub clock: Clock,
}

/// The service; cheap to clone.
#[derive(Clone)]
pub struct Chat(Arc<Inner>);

struct Inner {
    parts: ChatParts,
    provisioner: Provisioner,
    cache: Cache<SessionKey, Arc<SessionToken>>,
    /// There is something for the worker to do.
    work: Notify,
}

impl fmt::Debug for Chat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Chat").field("cloud", &self.0.parts.cloud).finish_non_exhaustive()
    }
}

impl Chat {
    pub fn new(parts: ChatParts) -> Self {
        let provisioner = Provisioner::new(parts.rest.clone(), parts.store.clone(), parts.removal);
        let cache = Cache::builder().max_capacity(100_000).time_to_live(parts.tokens.cache).build();
        Self(Arc::new(Inner { parts, provisioner, cache, work: Notify::new() }))
    }

    /// The visitor's token: within the limit, out of memory, out of the ledger, or minted.
    pub async fn credentials(
        &self,
        visitor: &ChatVisitor,
        rejected: Option<&TokenDigest>,
    ) -> Result<ChatCredentials, ChatError> {
        let uid = visitor.person.user_id.uid();
        let bucket = format!("chat_token:{uid}");
        let verdict = self.store().count_event(&bucket, self.settings().limit, self.moment()).await?;
        if let Verdict::RetryAfter(retry_after_seconds) = verdict {
            audit::request_limited(&uid, retry_after_seconds);
            self.note(self.record_of(visitor, AuditEvent::TokenRequest).ended_as(Outcome::Limited));
            return Err(ChatError::Limited { retry_after_seconds });
        }
        let token = self.token(visitor, rejected).await.inspect_err(|error| audit::request_failed(&uid, error))?;
        let Cloud { app_id, region } = self.0.parts.cloud.clone();
        Ok(ChatCredentials { uid, auth_token: token.token.expose().to_owned(), app_id, region })
    }

    /// Makes sure that the person exists in the cloud.
    pub async fn create_user(&self, person: &ChatPerson) -> Result<ChatUser, ChatError> {
        let created = self.provisioner().ensure(person.user_id, false, self.now()).await?;
        Ok(ChatUser { uid: person.user_id.uid(), created })
    }

    /// The same without making anybody wait: after a registration, or a change of name or avatar. A cloud that is down
    /// is no harm: the token road makes up for it.
    pub fn create_user_in_background(&self, person: ChatPerson) {
        let chat = self.clone();
        tokio::spawn(async move {
            if let Err(error) = chat.create_user(&person).await {
                tracing::warn!(uid = %person.user_id.uid(), "the chat user is not created yet: {error}");
            }
        });
    }

    /// Whether the cloud did what it was last asked for; none when it was not asked lately.
    pub fn upstream_answers(&self) -> Option<bool> {
        self.rest().answers()
    }

    /// Sessions keep their log-in for longer than a token may live, and a widget that resumes its own asks for none: what
    /// is too old ends here.
    pub async fn end_old_tokens(&self) -> Result<(), StoreError> {
        let oldest = self.now() - i64::try_from(self.settings().max_age.as_secs()).unwrap_or(i64::MAX);
        for session in self.store().end_chat_tokens_minted_before(oldest).await? {
            self.forget(&session).await;
        }
        self.store().sweep_ended_chat_tokens(self.now() - LEDGER_SECONDS).await?;
        self.wake_worker();
        Ok(())
    }

    /// Tells the worker that there is something to do, now or as soon as it is at leisure.
    pub fn wake_worker(&self) {
        self.0.work.notify_one();
    }

    pub(super) async fn worker_is_woken(&self) {
        self.0.work.notified().await;
    }

    /// Forgets a session's token in memory, once the session has ended.
    pub async fn forget(&self, session: &SessionKey) {
        self.0.cache.invalidate(session).await;
    }

    /// An entry of the audit trail by this visitor.
    pub(super) fn record_of(&self, visitor: &ChatVisitor, event: AuditEvent) -> AuditRecord {
        let record = AuditRecord::done(event, self.now()).by(visitor.person.user_id);
        record.in_session(&visitor.session).from(visitor.address)
    }

    /// Has an entry of the audit trail stored; [`super::audit`] logs it.
    pub(super) fn note(&self, record: AuditRecord) {
        self.0.parts.audit.store(record);
    }

    pub(super) fn settings(&self) -> TokenSettings {
        self.0.parts.tokens
    }

    pub(super) fn cache(&self) -> &Cache<SessionKey, Arc<SessionToken>> {
        &self.0.cache
    }

    pub(super) fn store(&self) -> &Store {
        &self.0.parts.store
    }

    pub(super) fn rest(&self) -> &RestClient {
        &self.0.parts.rest
    }

    pub(super) fn removal(&self) -> Removal {
        self.0.parts.removal
    }

    pub(super) fn provisioner(&self) -> &Provisioner {
        &self.0.provisioner
    }

    pub(super) fn seal(&self, token: &AuthToken, row: &str) -> Result<Vec<u8>, SealingError> {
        self.0.parts.sealer.seal(token, row)
    }

    pub(super) fn open(&self, row: &TokenRow) -> Result<AuthToken, SealingError> {
        self.0.parts.sealer.open(&row.sealed, &row.id)
    }

    /// Unix seconds.
    pub(super) fn now(&self) -> i64 {
        match &self.0.parts.clock {
            Clock::System => clock::seconds(),
            Clock::Set(now) => now().unix_timestamp(),
        }
    }

    fn moment(&self) -> Moment {
        match &self.0.parts.clock {
            Clock::System => Moment::Now,
            Clock::Set(now) => Moment::At(now().unix_timestamp() * 1000),
        }
    }
}
