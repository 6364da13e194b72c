//! Signing in and out.

use secrecy::{ExposeSecret, SecretString};
use time::OffsetDateTime;
use tower_sessions::{Expiry, Session};

use super::{
    attempts::Attempt,
    forms::{self, Refusal, client_address, current_session, extension, record_from_here, record_of, signed_in, state},
    validation::{Problems, present},
};
use crate::{
    api::ApiError,
    model::{
        form::{Field, FormReply, Problem},
        return_path::safe_path,
    },
    server::{
        audit,
        error::ServerError,
        sessions::{
            cookie,
            store::{CREATED_AT, USER, key_of},
        },
        state::AppState,
        store::{
            audit_events::{AuditEvent, AuditRecord, Outcome},
            sessions::Ending,
            users::{PasswordHash, User},
        },
    },
};

/// What the form sends.
pub struct Form {
    pub email: String,
    pub password: SecretString,
    pub next: String,
}

pub async fn submit(form: Form) -> Result<FormReply, ApiError> {
    let values = vec![(Field::Email, form.email.clone()), (Field::Next, form.next.clone())];
    forms::answer(values, try_submit(form)).await
}

async fn try_submit(form: Form) -> Result<Option<String>, Refusal> {
    let state = state()?;
    let email = form.email.trim().to_lowercase();
    let mut problems = Problems::default();
    problems.take(Field::Email, present(&email));
    problems.take(Field::Password, present(form.password.expose_secret()));
    problems.into_result()?;
    let attempt = begin(&state, &email).await?;
    let known = state.store.user_to_log_in(&email).await.map_err(ServerError::from)?;
    let hash = known.as_ref().map(|(_, hash)| hash.clone());
    let matches = state.passwords.verify(form.password, hash).await?;
    let (user, hash) = match known {
        Some(known) if matches => known,
        unproven => {
            // Of an e-mail without an account there is nobody to name.
            let refused = record_from_here(AuditEvent::LogIn).ended_as(Outcome::Refused);
            state.audit.record(AuditRecord { user: unproven.map(|(user, _)| user.id), ..refused });
            return Err(wrong_credentials());
        }
    };
    attempt.succeeded(&state.store).await?;
    start_session(&state, &user, &hash).await?;
    Ok(Some(safe_path(&form.next).to_owned()))
}

fn wrong_credentials() -> Refusal {
    Refusal::at(Field::Form, Problem::WrongCredentials)
}

/// Counts an attempt for the account and for the address.
pub(super) async fn begin(state: &AppState, email: &str) -> Result<Attempt, Refusal> {
    let address = client_address()?;
    match Attempt::begin(&state.store, email, address).await? {
        Ok(attempt) => Ok(attempt),
        Err(retry_after_seconds) => {
            state.audit.record(record_from_here(AuditEvent::LogIn).ended_as(Outcome::Limited));
            Err(ApiError::RateLimited { retry_after_seconds }.into())
        }
    }
}

/// Begins a session with an id of its own, for whoever proved to know the password with this hash. One that the browser
/// had before ends, with its chat token.
pub(super) async fn start_session(state: &AppState, user: &User, verified: &PasswordHash) -> Result<(), Refusal> {
    let session = extension::<Session>().ok_or(ApiError::Internal)?;
    if let Some(before) = current_session() {
        end(&Ending::One(before.key.clone()), record_of(&before, AuditEvent::LogOut)).await?;
    }
    let now = OffsetDateTime::now_utc();
    session.clear().await;
    session.cycle_id().await.map_err(ServerError::from)?;
    session.insert(USER, user.id.0).await.map_err(ServerError::from)?;
    session.insert(CREATED_AT, now.unix_timestamp()).await.map_err(ServerError::from)?;
    session.set_expiry(Some(Expiry::AtDateTime(cookie::expiry(state.config.session, now, now))));
    // A changed password ends all sessions that there are. Stored now and looked at after, this one is either among
    // them or finds the change.
    session.save().await.map_err(ServerError::from)?;
    let key = session.id().map(key_of).ok_or(ApiError::Internal)?;
    if state.store.password_hash(user.id).await.map_err(ServerError::from)?.as_ref() != Some(verified) {
        state.sessions.end(&Ending::One(key)).await.map_err(ServerError::from)?;
        session.flush().await.map_err(ServerError::from)?;
        return Err(wrong_credentials());
    }
    state.audit.record(record_from_here(AuditEvent::LogIn).by(user.id).in_session(&key));
    Ok(())
}

/// Ends this session. Without one there is nothing to do, which is no error.
pub async fn log_out() -> Result<FormReply, ApiError> {
    forms::answer(Vec::new(), async {
        if let Some(current) = current_session() {
            let record = record_of(&current, AuditEvent::LogOut);
            end(&Ending::One(current.key), record).await?;
            flush().await?;
        }
        Ok(Some("/".into()))
    })
    .await
}

/// Ends all sessions of the person.
pub async fn sign_out_everywhere() -> Result<FormReply, ApiError> {
    forms::answer(Vec::new(), async {
        let current = signed_in()?;
        let record = record_of(&current, AuditEvent::SignOutEverywhere);
        end(&Ending::AllOf(current.user.id), record).await?;
        flush().await?;
        Ok(Some("/".into()))
    })
    .await
}

async fn end(ending: &Ending, record: AuditRecord) -> Result<(), Refusal> {
    let ended = state()?.sessions.noting(&record).end(ending).await.map_err(ServerError::from)?;
    audit::log(&record, Some(ended));
    Ok(())
}

/// Takes the cookie away.
async fn flush() -> Result<(), Refusal> {
    if let Some(session) = extension::<Session>() {
        session.flush().await.map_err(ServerError::from)?;
    }
    Ok(())
}
