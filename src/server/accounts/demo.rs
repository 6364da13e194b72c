//! The accounts to try the site with, on one's own machine and with the emulator only: their passwords are public.

use crate::{
    model::demo::DEMO_ACCOUNTS,
    server::{
        clock,
        config::Config,
        error::ServerError,
        state::AppState,
        store::{StoreError, users::NewUser},
    },
};

/// Whether this server has them.
pub fn is_offered(config: &Config) -> bool {
    let http = &config.http;
    config.chat.cloud.is_local() && http.listen.ip().is_loopback() && http.public_origin.is_none()
}

/// Makes those that are missing, and leaves those that are there as they are. Whether all of them can be signed in to
/// as [`DEMO_ACCOUNTS`] says: somebody may have changed a password.
pub async fn seed(state: &AppState) -> Result<bool, ServerError> {
    let mut usable = true;
    for account in DEMO_ACCOUNTS {
        if let Some((_, hash)) = state.store.user_to_log_in(account.email).await? {
            usable &= state.passwords.verify(account.password.into(), Some(hash)).await?;
            continue;
        }
        let password_hash = state.passwords.hash(account.password.into()).await?;
        let new = NewUser { name: account.name.into(), email: account.email.into(), password_hash, avatar: None };
        match state.store.create_user(new, clock::seconds()).await {
            Ok(_) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(usable)
}
