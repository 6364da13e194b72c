//! Finds tokens in the cloud that cannot be named here, by comparing the cloud's list of a user's tokens with the ledger.
//!
//! The cloud does not say who minted a token, and the owner of the app may mint some for the same users elsewhere: those
//! are not ours to end. Ours are told by time: every mint is recorded before it begins, so that a token of ours that the
//! ledger does not know was made within the time of a recorded mint that never came to its end.

use super::{
    auth_token::AuthToken,
    error::ChatError,
    rest::{ListedToken, RestError},
    service::Chat,
    tokens::MINT_SECONDS,
    worker::gone,
};
use crate::{
    model::{ids::Uid, token_digest::TokenDigest},
    server::store::chat_tokens::TokenRow,
};

/// By how many seconds the cloud's clock and ours may differ.
const CLOCK_DIFFERENCE: i64 = 60;

/// When whatever a mint may have left in the cloud is there, in unix seconds, with some patience for a slow cloud.
pub(super) fn settled(minted_at: i64) -> i64 {
    minted_at + MINT_SECONDS + CLOCK_DIFFERENCE
}

impl Chat {
    /// Ends what a mint that was cut short may have left in the cloud. While another mint for the user is under way nobody
    /// can tell the two apart, and it is tried again later.
    pub(super) async fn revoke_lost_mint(&self, row: &TokenRow) -> Result<(), ChatError> {
        let uid = row.user.uid();
        let made = row.minted_at - CLOCK_DIFFERENCE..=settled(row.minted_at);
        let suspects = self.listed(&uid).await?.into_iter().filter(|(_, created_at)| made.contains(created_at));
        let suspects: Vec<AuthToken> = suspects.map(|(token, _)| token).collect();
        let digests: Vec<TokenDigest> = suspects.iter().map(AuthToken::digest).collect();
        let unknown = self.store().unknown_chat_tokens(row.user, &digests).await?.ok_or(ChatError::Unsettled)?;
        for token in suspects.iter().filter(|token| unknown.contains(&token.digest())) {
            tracing::warn!(%uid, "a mint was cut short: the token that it left in the cloud is revoked");
            gone(self.rest().delete_token(&uid, token).await)?;
        }
        Ok(())
    }

    /// Ends a token whose seal cannot be opened: its digest says which one it is.
    pub(super) async fn revoke_by_digest(&self, uid: &Uid, digest: &TokenDigest) -> Result<(), ChatError> {
        for (token, _) in self.listed(uid).await? {
            if token.digest() == *digest {
                gone(self.rest().delete_token(uid, &token).await)?;
            }
        }
        Ok(())
    }

    /// The user's tokens in the cloud, each with its time.
    async fn listed(&self, uid: &Uid) -> Result<Vec<(AuthToken, i64)>, ChatError> {
        match self.rest().list_tokens(uid).await {
            Ok(tokens) => Ok(tokens.into_iter().map(listed).collect()),
            Err(RestError::UidNotFound) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }
}

fn listed(ListedToken { auth_token, created_at }: ListedToken) -> (AuthToken, i64) {
    (AuthToken::new(auth_token), created_at)
}
