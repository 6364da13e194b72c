//! Puts the chat service together from the configuration.

use std::{sync::Arc, time::Duration};

use super::{
    rest::{RestClient, RestError, RestLimits, RestSettings},
    sealing::{Sealer, SealingError},
    secret_file::{self, SecretFileError},
    service::{Chat, ChatParts, Clock, TokenSettings},
};
use crate::{
    model::ids::UserId,
    server::{
        audit::AuditTrail,
        config::{Config, DatabaseConfig},
        state::AccountHook,
        store::Store,
    },
};
use secrecy::{ExposeSecret, SecretString};

/// Why there is no chat service: one sentence for whoever starts the server.
#[derive(Debug, thiserror::Error)]
pub enum ChatStartError {
    #[error(transparent)]
    SecretFile(#[from] SecretFileError),
    #[error(transparent)]
    Sealing(#[from] SealingError),
    #[error(transparent)]
    Rest(#[from] RestError),
}

/// The service for this configuration; the cloud is not asked for anything yet.
pub fn service(config: &Config, store: &Store, audit: &AuditTrail) -> Result<Chat, ChatStartError> {
    let chat = &config.chat;
    let rest = RestClient::new(RestSettings {
        base_url: chat.api_base_url.clone(),
        app_id: chat.cloud.app_id.clone(),
        api_key: chat.api_key.clone(),
        limits: RestLimits::default(),
    })?;
    Ok(Chat::new(ChatParts {
        rest,
        cloud: chat.cloud.clone(),
        store: store.clone(),
        audit: audit.clone(),
        sealer: sealer(&config.database)?,
        tokens: TokenSettings {
            cache: Duration::from_secs(chat.token_cache_seconds),
            max_age: Duration::from_secs(chat.token_max_age_seconds),
            limit: chat.token_rate_limit,
            foreign: chat.foreign_tokens,
        },
        removal: config.accounts.removal,
        clock: Clock::System,
    }))
}

/// What sessions and accounts call when a person is new, or has changed name or avatar.
pub fn account_hook(chat: &Chat, store: &Store) -> AccountHook {
    let (chat, store) = (chat.clone(), store.clone());
    Arc::new(move |user: UserId| {
        let (chat, store) = (chat.clone(), store.clone());
        tokio::spawn(async move {
            match store.user(user).await {
                Ok(Some(user)) => chat.create_user_in_background(user.into()),
                Ok(None) => {}
                Err(error) => tracing::error!("a changed account cannot be read: {error}"),
            }
        });
    })
}

fn sealer(config: &DatabaseConfig) -> Result<Sealer, ChatStartError> {
    let given = |secret: &SecretString| secret.expose_secret().as_bytes().to_vec().into();
    let current = match &config.app_secret {
        Some(secret) => given(secret),
        None => secret_file::read_or_create(&config.folder())?,
    };
    let previous = match &config.previous_app_secret {
        Some(secret) => Some(given(secret)),
        None => secret_file::read_previous(&config.folder())?,
    };
    Ok(Sealer::new(&current, previous.as_ref())?)
}
