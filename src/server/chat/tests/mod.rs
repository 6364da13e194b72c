//! The token road below HTTP: a real database, a real REST client, and a cloud that keeps count.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod audited;
mod comparison;
mod ending;
mod http;
mod lost_tokens;
mod provisioning;
mod removals;
mod restore;
mod tokens;
pub mod upstream;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use tempfile::TempDir;
use time::OffsetDateTime;

use self::upstream::{KEY, Upstream};
use super::{
    auth_token::AuthToken,
    comparison::ForeignTokens,
    error::ChatError,
    provisioning::ChatPerson,
    rest::{RestClient, RestLimits, RestSettings},
    sealing::Sealer,
    service::{Chat, ChatParts, ChatVisitor, Clock, TokenSettings},
};
use crate::{
    model::{settings::Cloud, token_digest::TokenDigest},
    server::{
        audit::AuditTrail,
        config::RateLimit,
        sessions::{Sessions, ending::EndsWithSession},
        store::{
            Store,
            chat_removals::Removal,
            sessions::{SessionKey, SessionRow},
            testing,
            users::{NewUser, PasswordHash},
        },
    },
};

/// The moment at which every test's clock starts.
const BEGIN: i64 = 1_800_000_000;
/// Each byte of the secret that seals.
const SECRET: u8 = 7;

/// A server's chat with all that it stands on.
struct World {
    chat: Chat,
    store: Store,
    upstream: Upstream,
    clock: Arc<AtomicI64>,
    folder: TempDir,
}

impl World {
    /// With a limit that no test but the limit's meets.
    async fn new() -> Self {
        Self::with_limit(100_000).await
    }

    async fn with_limit(requests: u32) -> Self {
        let (store, folder) = testing::temporary().await;
        let clock = Arc::new(AtomicI64::new(BEGIN));
        let upstream = Upstream::at(&clock).await;
        let chat = server(&store, &upstream, &clock, requests, SECRET, ForeignTokens::End);
        Self { chat, store, upstream, clock, folder }
    }

    /// Another server over the same database and cloud.
    fn another_server(&self) -> Chat {
        server(&self.store, &self.upstream, &self.clock, 100_000, SECRET, ForeignTokens::End)
    }

    /// One that leaves tokens alone that it does not know.
    fn server_beside_another_back_end(&self) -> Chat {
        server(&self.store, &self.upstream, &self.clock, 100_000, SECRET, ForeignTokens::Keep)
    }

    /// The same with another `APP_SECRET`.
    fn server_with_another_secret(&self) -> Chat {
        server(&self.store, &self.upstream, &self.clock, 100_000, SECRET + 1, ForeignTokens::End)
    }

    /// The worker's turn.
    async fn work(&self) {
        self.chat.work_off().await.unwrap();
    }

    /// The tokens that the cloud knows.
    fn alive(&self) -> Vec<String> {
        self.upstream.state().tokens.iter().cloned().collect()
    }

    fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    /// A person with an account.
    async fn person(&self, name: &str) -> ChatPerson {
        let new = NewUser {
            name: name.into(),
            email: format!("{name}@example.com"),
            password_hash: PasswordHash("unused".into()),
            avatar: None,
        };
        let user = self.store.create_user(new, BEGIN).await.unwrap();
        ChatPerson { user_id: user.id, name: user.name, avatar: user.avatar }
    }

    /// The person after a change of their profile.
    async fn rename(&self, person: &ChatPerson, name: &str, avatar: Option<&str>) -> ChatPerson {
        self.store.change_profile(person.user_id, name, avatar).await.unwrap();
        self.store.user(person.user_id).await.unwrap().unwrap().into()
    }

    /// A log-in of a person.
    async fn log_in(&self, person: &ChatPerson, id: &str) -> ChatVisitor {
        let key = SessionKey::of(id);
        let row =
            SessionRow { key: key.clone(), user: person.user_id, created_at: BEGIN, expires_at: BEGIN + 100 * 86_400 };
        self.store.create_session(&row).await.unwrap();
        ChatVisitor { person: person.clone(), session: key, address: None }
    }

    async fn visitor(&self) -> ChatVisitor {
        let ada = self.person("ada").await;
        self.log_in(&ada, "first").await
    }

    fn sessions(&self) -> Sessions {
        Sessions::new(self.store.clone(), [Arc::new(self.chat.clone()) as Arc<dyn EndsWithSession>])
    }

    /// How many tokens the ledger holds in this state.
    async fn recorded(&self, state: &str) -> i64 {
        sqlx::query_scalar("SELECT COUNT(*) FROM chat_tokens WHERE state = $1")
            .bind(state)
            .fetch_one(self.store.readers())
            .await
            .unwrap()
    }
}

fn server(
    store: &Store,
    upstream: &Upstream,
    clock: &Arc<AtomicI64>,
    requests: u32,
    secret: u8,
    foreign: ForeignTokens,
) -> Chat {
    let limits = RestLimits {
        attempt: Duration::from_secs(3),
        pause: Duration::from_millis(20),
        // It runs by the real clock, and these tests by one of their own.
        failures: u32::MAX,
        ..RestLimits::default()
    };
    let settings = RestSettings { base_url: upstream.base_url(), app_id: "emuapp".into(), api_key: KEY.into(), limits };
    let clock = Arc::clone(clock);
    Chat::new(ChatParts {
        rest: RestClient::new(settings).unwrap(),
        cloud: Cloud { app_id: "emuapp".into(), region: "eu".into() },
        store: store.clone(),
        audit: AuditTrail::default(),
        sealer: Sealer::new(&vec![secret; 32].into(), None).unwrap(),
        removal: Removal::Deactivate,
        tokens: TokenSettings {
            cache: Duration::from_mins(5),
            max_age: Duration::from_hours(24),
            limit: RateLimit::new(requests, Duration::from_hours(1)),
            foreign,
        },
        clock: Clock::Set(Arc::new(move || OffsetDateTime::from_unix_timestamp(clock.load(Ordering::SeqCst)).unwrap())),
    })
}

async fn token_of(chat: &Chat, visitor: &ChatVisitor) -> String {
    chat.credentials(visitor, None).await.unwrap().auth_token
}

/// Waits until the background has brought it about; fails after ten seconds.
async fn eventually(what: &str, condition: impl AsyncFn() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(10), async {
        while !condition().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("never happened: {what}"));
}
