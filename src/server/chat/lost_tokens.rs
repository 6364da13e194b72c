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
    server::store::{chat_tokens::TokenRow, comparisons::Record},
};

/// A token that the cloud has.
pub(super) struct Listed {
    pub token: AuthToken,
    /// Unix seconds, by the cloud's clock.
    pub created_at: i64,
}

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
        let found = self.listed(&uid).await?.unwrap_or_default();
        let suspects = found.into_iter().filter(|listed| made.contains(&listed.created_at));
        let suspects: Vec<AuthToken> = suspects.map(|listed| listed.token).collect();
        let digests: Vec<TokenDigest> = suspects.iter().map(AuthToken::digest).collect();
        let records = self.store().chat_token_records(row.user, &digests).await?.ok_or(ChatError::Unsettled)?;
        for (token, _) in suspects.iter().zip(records).filter(|(_, record)| *record != Record::Open) {
            tracing::warn!(%uid, "a mint was cut short: the token that it left in the cloud is revoked");
            gone(self.rest().delete_token(&uid, token).await)?;
        }
        Ok(())
    }

    /// Ends a token whose seal cannot be opened: its digest says which one it is.
    pub(super) async fn revoke_by_digest(&self, uid: &Uid, digest: &TokenDigest) -> Result<(), ChatError> {
        for Listed { token, .. } in self.listed(uid).await?.unwrap_or_default() {
            if token.digest() == *digest {
                gone(self.rest().delete_token(uid, &token).await)?;
            }
        }
        Ok(())
    }

    /// The user's tokens in the cloud; none where it finds no such user: absent, or deactivated.
    pub(super) async fn listed(&self, uid: &Uid) -> Result<Option<Vec<Listed>>, ChatError> {
        let listed =
            |token: ListedToken| Listed { token: AuthToken::new(token.auth_token), created_at: token.created_at };
        match self.rest().list_tokens(uid).await {
            Ok(tokens) => Ok(Some(tokens.into_iter().map(listed).collect())),
            Err(RestError::UidNotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
