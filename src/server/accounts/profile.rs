//! What people change of their account.

use secrecy::{ExposeSecret, SecretString};

use super::{
    attempts::count_profile_change,
    forms::{self, Refusal, record_of, signed_in, state},
    log_in,
    validation::{self, Problems, present},
};
use crate::{
    api::ApiError,
    model::form::{Field, FormReply, Problem},
    server::{
        audit,
        error::ServerError,
        store::{
            audit_events::{AuditEvent, Outcome},
            endings::PasswordChange,
        },
    },
};

/// Changes name and picture.
pub async fn change(name: String, avatar: String) -> Result<FormReply, ApiError> {
    let values = vec![(Field::Name, name.clone()), (Field::Avatar, avatar.clone())];
    forms::answer(values, try_change(name, avatar)).await
}

async fn try_change(name: String, avatar: String) -> Result<Option<String>, Refusal> {
    let (state, current) = (state()?, signed_in()?);
    let mut problems = Problems::default();
    let name = problems.take(Field::Name, validation::name(&name));
    let avatar = problems.take(Field::Avatar, validation::avatar(&avatar));
    problems.into_result()?;
    count_profile_change(&state.store, &current.user.id.uid()).await?;
    state.store.change_profile(current.user.id, &name, avatar.as_deref()).await.map_err(ServerError::from)?;
    (state.account_changed)(current.user.id);
    Ok(None)
}

/// Changes the password; everybody else who is signed in with the old one is signed out.
pub async fn change_password(current: SecretString, new: SecretString) -> Result<FormReply, ApiError> {
    forms::answer(Vec::new(), try_change_password(current, new)).await
}

async fn try_change_password(password: SecretString, new: SecretString) -> Result<Option<String>, Refusal> {
    let (state, current) = (state()?, signed_in()?);
    let user = &current.user;
    let mut problems = Problems::default();
    problems.take(Field::CurrentPassword, present(password.expose_secret()));
    problems.take(Field::NewPassword, validation::new_password(&new));
    problems.into_result()?;
    let attempt = log_in::begin(&state, &user.email).await?;
    let wrong = || Refusal::at(Field::CurrentPassword, Problem::WrongPassword);
    let known = state.store.password_hash(user.id).await.map_err(ServerError::from)?.ok_or_else(wrong)?;
    let record = record_of(&current, AuditEvent::PasswordChange);
    if !state.passwords.verify(password, Some(known.clone())).await? {
        state.audit.record(record.ended_as(Outcome::Refused));
        return Err(wrong());
    }
    attempt.succeeded(&state.store).await?;
    if state.passwords.is_guessable(new.clone(), vec![user.name.clone(), user.email.clone()]).await? {
        return Err(Refusal::at(Field::NewPassword, Problem::TooGuessable));
    }
    let change = PasswordChange { user: user.id, known, new: state.passwords.hash(new).await? };
    let sessions = state.sessions.noting(&record);
    let ended = sessions.change_password(&change, &current.key).await.map_err(ServerError::from)?;
    // Somebody else was faster: what was verified is not the password any more.
    let ended = ended.ok_or_else(wrong)?;
    audit::log(&record, Some(ended));
    Ok(None)
}
