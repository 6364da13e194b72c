//! Sees to it that a user of the site exists in the cloud, active, under today's name and avatar. What was done is
//! remembered, so that it costs nothing as long as nothing changes.

use std::{sync::Arc, time::Duration};

use moka::future::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

use super::{
    audit,
    comparison::next_comparison,
    error::ChatError,
    rest::{ChatProfile, Creation, RestClient, RestError},
};
use crate::{
    model::ids::UserId,
    server::store::{Store, chat_removals::Removal},
};

/// The site's user as the chat is to show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatPerson {
    pub user_id: UserId,
    pub name: String,
    pub avatar: Option<String>,
}

impl ChatPerson {
    fn profile(&self) -> ChatProfile {
        ChatProfile { uid: self.user_id.uid(), name: self.name.clone(), avatar: self.avatar.clone() }
    }

    /// Changes with everything that the cloud is told.
    pub fn digest(&self) -> String {
        let avatar = self.avatar.as_deref().unwrap_or_default();
        // Lengths first, so that no two profiles read the same.
        let text = format!("{}:{}{avatar}", self.name.len(), self.name);
        hex::encode(&Sha256::digest(text)[..16])
    }
}

/// Provisions users, one at a time each.
#[derive(Clone, Debug)]
pub struct Provisioner {
    rest: RestClient,
    store: Store,
    /// What becomes of the user of a deleted account.
    removal: Removal,
    in_progress: Cache<UserId, Arc<Mutex<()>>>,
}

impl Provisioner {
    pub fn new(rest: RestClient, store: Store, removal: Removal) -> Self {
        let in_progress = Cache::builder().time_to_idle(Duration::from_mins(2)).build();
        Self { rest, store, removal, in_progress }
    }

    /// Makes the cloud know the person; whether this call created them there. `doubted`: the cloud said that there is
    /// no such user, whatever is remembered.
    pub async fn ensure(&self, user: UserId, doubted: bool, now: i64) -> Result<bool, ChatError> {
        let lock = self.in_progress.get_with(user, async { Arc::default() }).await;
        let _guard = lock.lock().await;
        // Read only now: whoever waited for the lock may have been sent for an older name.
        let person: ChatPerson = self.store.user(user).await?.ok_or(ChatError::SessionEnded)?.into();
        let (digest, profile) = (person.digest(), person.profile());
        let known = if doubted { None } else { self.store.provisioned_profile(person.user_id).await? };
        if known.as_ref() == Some(&digest) {
            return Ok(false);
        }
        let created =
            match without_a_refused_avatar(profile, |profile| self.bring_about(user, profile, known.is_some())).await {
                // The user was active a moment ago: an old name is better than no chat.
                Err(error) if known.is_some() => {
                    tracing::warn!(uid = %person.user_id.uid(), "the chat user could not be updated: {error}");
                    return Ok(false);
                }
                result => result?,
            };
        self.store.remember_profile(user, &digest, now, next_comparison(now)).await?;
        if self.store.user(user).await?.is_none() {
            // The account was deleted meanwhile, and its chat user may be back.
            self.store.remove_chat_user(user, self.removal).await?;
            return Err(ChatError::SessionEnded);
        }
        Ok(created)
    }

    async fn bring_about(&self, user: UserId, profile: ChatProfile, known: bool) -> Result<bool, ChatError> {
        if !known && self.rest.create_user(&profile).await? == Creation::Created {
            audit::user_created(&profile.uid);
            return Ok(true);
        }
        match self.rest.update_user(&profile).await {
            Ok(()) => {}
            // Exists, and is not found: deactivated. Or it was deleted for good behind our back.
            Err(RestError::UidNotFound) => return self.bring_back(user, &profile).await,
            Err(error) => return Err(error.into()),
        }
        if known {
            audit::user_updated(&profile.uid);
        }
        Ok(false)
    }

    async fn bring_back(&self, user: UserId, profile: &ChatProfile) -> Result<bool, ChatError> {
        if self.rest.create_user(profile).await? == Creation::Created {
            audit::user_created(&profile.uid);
            return Ok(true);
        }
        // Should it break off before the end, the comparison finds what is left.
        self.store.demand_comparison(user).await?;
        self.rest.reactivate_user(&profile.uid).await?;
        audit::user_reactivated(&profile.uid);
        // All tokens of before are good again, also those that were to be revoked while the user could not be found.
        self.rest.flush_tokens(&profile.uid).await?;
        self.store.end_chat_tokens_of(user).await?;
        self.rest.update_user(profile).await?;
        Ok(false)
    }
}

/// An avatar that the cloud does not take is no reason to have no chat.
async fn without_a_refused_avatar<F>(
    profile: ChatProfile,
    attempt: impl Fn(ChatProfile) -> F,
) -> Result<bool, ChatError>
where
    F: Future<Output = Result<bool, ChatError>>,
{
    let is_of_avatar = |error: &RestError| match error {
        RestError::Rejected { fields, .. } => fields.iter().any(|field| field == "avatar"),
        _ => false,
    };
    match attempt(profile.clone()).await {
        Err(ChatError::Cloud(error)) if profile.avatar.is_some() && is_of_avatar(&error) => {
            tracing::warn!(uid = %profile.uid, "the chat cloud does not take this user's avatar");
            attempt(ChatProfile { avatar: None, ..profile }).await
        }
        result => result,
    }
}
