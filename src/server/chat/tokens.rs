//! One token per session: out of memory, else out of the ledger, else minted; minted once however many ask at once, on
//! however many servers.

use std::{sync::Arc, time::Duration};

use aws_lc_rs::rand;
use tokio::time::timeout;
use tracing::Instrument;

use super::{
    audit::{self, Source},
    auth_token::AuthToken,
    error::ChatError,
    rest::RestError,
    sealing::SealingError,
    service::{Chat, ChatVisitor},
};
use crate::{
    model::{ids::UserId, token_digest::TokenDigest},
    server::store::{
        audit_events::AuditEvent,
        chat_tokens::LiveToken,
        mints::{MintBegin, Minted, NewMint, Recorded},
    },
};

/// After so many seconds a mint counts as cut short.
pub(super) const MINT_SECONDS: i64 = 15;
/// How long its maker waits for the cloud: shorter, so that a token that comes late is not handed out.
const PATIENCE: Duration = Duration::from_secs(12);
/// For so many seconds a token that another one replaces goes on: pages are still moving to the new one.
const GRACE_SECONDS: i64 = 60;
/// How often, and after what pause, the ledger is asked for the token that another server is minting.
const LOOKS: u32 = 100;
const PAUSE: Duration = Duration::from_millis(100);

/// A session's token in memory.
#[derive(Debug)]
pub(super) struct SessionToken {
    pub token: AuthToken,
    /// Of its row in the ledger.
    row: String,
    user_id: UserId,
    digest: TokenDigest,
    /// Of the profile that the cloud was told.
    profile_digest: String,
    /// Unix seconds, as is `cached_at`.
    minted_at: i64,
    cached_at: i64,
}

/// Where a mint failed.
enum MintError {
    /// No token was asked for yet.
    Before(ChatError),
    Minting(RestError),
}

impl Chat {
    /// The session's token, not the one that was `rejected`.
    pub(super) async fn token(
        &self,
        visitor: &ChatVisitor,
        rejected: Option<&TokenDigest>,
    ) -> Result<Arc<SessionToken>, ChatError> {
        // More than once, since a request without `rejected` may be fetching the rejected one at this moment.
        for _ in 0..3 {
            let entry = self
                .cache()
                .entry_by_ref(&visitor.session)
                .or_try_insert_with(self.load_undisturbed(visitor.clone(), rejected.cloned()))
                .await
                .map_err(Arc::unwrap_or_clone)?;
            let from_memory = !entry.is_fresh();
            let token = entry.into_value();
            let is_usable = self.is_usable(&token, visitor, rejected);
            // Another server may have replaced or ended it.
            if is_usable && (!from_memory || self.store().is_chat_token_live(&token.row).await?) {
                if from_memory {
                    audit::token_cached(&visitor.person.user_id.uid(), Source::Memory);
                    self.follow_profile(visitor, &token);
                }
                return Ok(token);
            }
            self.forget(&visitor.session).await;
        }
        Err(ChatError::Unsettled)
    }

    fn is_usable(&self, token: &SessionToken, visitor: &ChatVisitor, rejected: Option<&TokenDigest>) -> bool {
        let cached_for = self.now() - token.cached_at;
        token.user_id == visitor.person.user_id
            && Some(&token.digest) != rejected
            && (cached_for == 0 || cached_for < seconds(self.settings().cache))
            && self.is_young(token.minted_at)
    }

    fn is_young(&self, minted_at: i64) -> bool {
        self.now() - minted_at < seconds(self.settings().max_age)
    }

    /// A changed name or avatar does not hold the answer up.
    fn follow_profile(&self, visitor: &ChatVisitor, token: &SessionToken) {
        if token.profile_digest != visitor.person.digest() {
            self.create_user_in_background(visitor.person.clone());
        }
    }

    /// Loads on a task of its own: a browser that goes away must not cut a mint short.
    async fn load_undisturbed(
        &self,
        visitor: ChatVisitor,
        rejected: Option<TokenDigest>,
    ) -> Result<Arc<SessionToken>, ChatError> {
        let chat = self.clone();
        let load = async move { chat.load(&visitor, rejected.as_ref()).await.map(Arc::new) };
        // What it logs stands under the request that began it.
        let load = tokio::spawn(load.in_current_span());
        load.await.unwrap_or(Err(ChatError::Unsettled))
    }

    /// Out of the ledger, or minted; while another server mints, the ledger is asked again and again.
    async fn load(&self, visitor: &ChatVisitor, rejected: Option<&TokenDigest>) -> Result<SessionToken, ChatError> {
        for _ in 0..LOOKS {
            if let Some(token) = self.recorded(visitor, rejected).await? {
                return Ok(token);
            }
            let mint = self.new_mint(visitor)?;
            match self.store().begin_mint(&mint).await? {
                MintBegin::SessionEnded => return Err(ChatError::SessionEnded),
                MintBegin::UnderWay => tokio::time::sleep(PAUSE).await,
                MintBegin::Begun => {
                    // Another server may have finished between the look and the beginning. None can from now on.
                    if let Some(token) = self.recorded(visitor, rejected).await? {
                        self.store().forget_mint(&mint.id).await?;
                        return Ok(token);
                    }
                    let token = self.mint(visitor, &mint).await?;
                    let renewed = rejected.is_some();
                    let event = if renewed { AuditEvent::TokenRenewal } else { AuditEvent::TokenMint };
                    self.note(self.record_of(visitor, event));
                    audit::token_minted(&visitor.person.user_id.uid(), renewed);
                    return Ok(token);
                }
            }
        }
        Err(ChatError::Unsettled)
    }

    /// The ledger's token for this session, if it is of use.
    async fn recorded(
        &self,
        visitor: &ChatVisitor,
        rejected: Option<&TokenDigest>,
    ) -> Result<Option<SessionToken>, ChatError> {
        let Some(LiveToken { row, digest }) = self.store().live_chat_token(&visitor.session).await? else {
            return Ok(None);
        };
        if row.user != visitor.person.user_id || Some(&digest) == rejected || !self.is_young(row.minted_at) {
            return Ok(None);
        }
        match self.open(&row) {
            Ok(token) => {
                audit::token_cached(&visitor.person.user_id.uid(), Source::Ledger);
                self.create_user_in_background(visitor.person.clone());
                Ok(Some(self.session_token(visitor, token, &row.id, row.minted_at)))
            }
            Err(error) => {
                tracing::error!(uid = %row.user.uid(), "{error}: a new one is minted");
                Ok(None)
            }
        }
    }

    fn new_mint(&self, visitor: &ChatVisitor) -> Result<NewMint, ChatError> {
        let mut id = [0; 16];
        rand::fill(&mut id).map_err(|_| SealingError)?;
        let begun_at = self.now();
        Ok(NewMint {
            id: hex::encode(id),
            user: visitor.person.user_id,
            session: visitor.session.clone(),
            begun_at,
            until: begun_at + MINT_SECONDS,
        })
    }

    /// Mints, and records before anybody sees the token.
    async fn mint(&self, visitor: &ChatVisitor, mint: &NewMint) -> Result<SessionToken, ChatError> {
        let uid = visitor.person.user_id.uid();
        let asked = timeout(PATIENCE, self.ask_for_token(visitor)).await;
        let token = match asked.unwrap_or(Err(MintError::Minting(RestError::TimedOut))) {
            Ok(token) => token,
            Err(MintError::Before(error)) => {
                self.store().forget_mint(&mint.id).await?;
                return Err(error);
            }
            Err(MintError::Minting(error)) if !error.may_be_done() => {
                self.store().forget_mint(&mint.id).await?;
                return Err(error.into());
            }
            Err(MintError::Minting(error)) => {
                self.store().doubt_mint(&mint.id).await?;
                self.wake_worker();
                return Err(error.into());
            }
        };
        let recorded = async {
            let minted = Minted { sealed: self.seal(&token, &mint.id)?, digest: token.digest() };
            Ok(self.store().finish_mint(mint, &minted, self.now() + GRACE_SECONDS).await?)
        };
        match recorded.await {
            Ok(Recorded::Live) => Ok(self.session_token(visitor, token, &mint.id, mint.begun_at)),
            Ok(recorded) => {
                self.wake_worker();
                Err(if recorded == Recorded::SessionEnded { ChatError::SessionEnded } else { ChatError::Unsettled })
            }
            // It goes back at once; if that fails too, the ledger knows that there may be one.
            Err(error) => {
                let _ = self.rest().delete_token(&uid, &token).await;
                Err(error)
            }
        }
    }

    async fn ask_for_token(&self, visitor: &ChatVisitor) -> Result<AuthToken, MintError> {
        let user = visitor.person.user_id;
        self.provisioner().ensure(user, false, self.now()).await.map_err(MintError::Before)?;
        match self.rest().mint_token(&user.uid()).await {
            // Deactivated or deleted in the cloud since we provisioned it.
            Err(RestError::UidNotFound) => {
                self.provisioner().ensure(user, true, self.now()).await.map_err(MintError::Before)?;
                self.rest().mint_token(&user.uid()).await.map_err(MintError::Minting)
            }
            result => result.map_err(MintError::Minting),
        }
    }

    fn session_token(&self, visitor: &ChatVisitor, token: AuthToken, row: &str, minted_at: i64) -> SessionToken {
        SessionToken {
            row: row.to_owned(),
            user_id: visitor.person.user_id,
            digest: token.digest(),
            token,
            profile_digest: visitor.person.digest(),
            minted_at,
            cached_at: self.now(),
        }
    }
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
