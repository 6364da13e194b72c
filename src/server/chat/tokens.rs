//! One token per session: out of memory, else out of the ledger, else minted; minted once however many ask at once.

use std::sync::Arc;

use aws_lc_rs::rand;

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
    server::store::chat_tokens::{ChatTokenRow, Recorded},
};

/// A session's token in memory.
#[derive(Debug)]
pub(super) struct SessionToken {
    pub token: AuthToken,
    user_id: UserId,
    digest: TokenDigest,
    /// Of the profile that the cloud was told.
    profile_digest: String,
    /// Unix seconds, as is `cached_at`.
    minted_at: i64,
    cached_at: i64,
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
            if self.is_usable(&token, visitor, rejected) {
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

    /// Loads on a task of its own: a browser that goes away must not cut a mint short, and leave a token that nobody
    /// recorded.
    async fn load_undisturbed(
        &self,
        visitor: ChatVisitor,
        rejected: Option<TokenDigest>,
    ) -> Result<Arc<SessionToken>, ChatError> {
        let chat = self.clone();
        let load = tokio::spawn(async move { chat.load(&visitor, rejected.as_ref()).await.map(Arc::new) });
        load.await.unwrap_or(Err(ChatError::Unsettled))
    }

    async fn load(&self, visitor: &ChatVisitor, rejected: Option<&TokenDigest>) -> Result<SessionToken, ChatError> {
        let recorded = self.store().live_chat_token(&visitor.session).await?;
        if let Some(row) = &recorded
            && row.user == visitor.person.user_id
            && Some(&row.digest) != rejected
            && self.is_young(row.minted_at)
            && let Some(token) = self.open_or_report(row)
        {
            audit::token_cached(&visitor.person.user_id.uid(), Source::Ledger);
            self.create_user_in_background(visitor.person.clone());
            return Ok(self.session_token(visitor, token, row.minted_at));
        }
        self.mint(visitor, recorded.as_ref()).await
    }

    /// Mints, and records before anybody sees the token. What it replaces is ending from then on.
    async fn mint(&self, visitor: &ChatVisitor, replaced: Option<&ChatTokenRow>) -> Result<SessionToken, ChatError> {
        let person = &visitor.person;
        let uid = person.user_id.uid();
        self.provisioner().ensure(person.user_id, false, self.now()).await?;
        let token = match self.rest().mint_token(&uid).await {
            // Deactivated or deleted in the cloud since we provisioned it.
            Err(RestError::UidNotFound) => {
                self.provisioner().ensure(person.user_id, true, self.now()).await?;
                self.rest().mint_token(&uid).await?
            }
            result => result?,
        };
        let minted_at = self.now();
        let recorded = self.record(visitor, &token, minted_at, replaced).await;
        match recorded {
            Ok(Recorded::Live) => {
                audit::token_minted(&uid);
                if replaced.is_some() {
                    self.revoke_in_background(vec![visitor.session.clone()]);
                }
                Ok(self.session_token(visitor, token, minted_at))
            }
            Ok(Recorded::Ending) => {
                self.revoke_in_background(vec![visitor.session.clone()]);
                self.other_servers_token(visitor).await
            }
            // Nothing knows of it: it goes back at once.
            Err(error) => {
                let _ = self.rest().delete_token(&uid, &token).await;
                Err(error)
            }
        }
    }

    async fn record(
        &self,
        visitor: &ChatVisitor,
        token: &AuthToken,
        minted_at: i64,
        replaced: Option<&ChatTokenRow>,
    ) -> Result<Recorded, ChatError> {
        let mut id = [0; 16];
        rand::fill(&mut id).map_err(|_| SealingError)?;
        let id = hex::encode(id);
        let sealed = self.seal(token, &id)?;
        let row = ChatTokenRow { id, user: visitor.person.user_id, sealed, digest: token.digest(), minted_at };
        Ok(self.store().record_chat_token(&row, &visitor.session, replaced.map(|row| row.id.as_str())).await?)
    }

    /// The token that another server recorded first; without one, the session is over.
    async fn other_servers_token(&self, visitor: &ChatVisitor) -> Result<SessionToken, ChatError> {
        let row = self.store().live_chat_token(&visitor.session).await?.ok_or(ChatError::SessionEnded)?;
        let token = self.open(&row)?;
        Ok(self.session_token(visitor, token, row.minted_at))
    }

    fn open_or_report(&self, row: &ChatTokenRow) -> Option<AuthToken> {
        self.open(row).inspect_err(|error| tracing::error!(uid = %row.user.uid(), "{error}: a new one is minted")).ok()
    }

    fn session_token(&self, visitor: &ChatVisitor, token: AuthToken, minted_at: i64) -> SessionToken {
        SessionToken {
            user_id: visitor.person.user_id,
            digest: token.digest(),
            token,
            profile_digest: visitor.person.digest(),
            minted_at,
            cached_at: self.now(),
        }
    }
}

fn seconds(duration: std::time::Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
