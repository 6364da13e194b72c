//! Deleting one's own account. Whoever does it proves to know the password once more.

use secrecy::{ExposeSecret, SecretString};
use tower_sessions::Session;

use super::{
    forms::{self, Refusal, extension, record_of, signed_in, state},
    log_in,
    validation::{Problems, present},
};
use crate::{
    api::ApiError,
    model::form::{Field, FormReply, Problem},
    server::{
        audit,
        error::ServerError,
        store::audit_events::{AuditEvent, Outcome},
    },
};

/// Deletes the account with all its sessions; the chat user follows before long.
pub async fn submit(password: SecretString) -> Result<FormReply, ApiError> {
    forms::answer(Vec::new(), try_submit(password)).await
}

async fn try_submit(password: SecretString) -> Result<Option<String>, Refusal> {
    let (state, current) = (state()?, signed_in()?);
    let user = &current.user;
    let mut problems = Problems::default();
    problems.take(Field::Password, present(password.expose_secret()));
    problems.into_result()?;
    let attempt = log_in::begin(&state, &user.email).await?;
    let wrong = || Refusal::at(Field::Password, Problem::WrongPassword);
    let known = state.store.password_hash(user.id).await.map_err(ServerError::from)?.ok_or_else(wrong)?;
    let record = record_of(&current, AuditEvent::AccountDeletion);
    if !state.passwords.verify(password, Some(known.clone())).await? {
        state.audit.record(record.ended_as(Outcome::Refused));
        return Err(wrong());
    }
    attempt.succeeded(&state.store).await?;
    let removal = state.config.accounts.removal;
    // Not when somebody else was faster: what was verified is not the password any more.
    let sessions = state.sessions.noting(&record);
    if !sessions.delete_account(user.id, &known, removal).await.map_err(ServerError::from)? {
        return Err(wrong());
    }
    if let Some(session) = extension::<Session>() {
        session.flush().await.map_err(ServerError::from)?;
    }
    audit::log(&record, None);
    Ok(Some("/".into()))
}
