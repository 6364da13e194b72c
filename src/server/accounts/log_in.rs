//! Signing in and out.

use secrecy::{ExposeSecret, SecretString};
use time::OffsetDateTime;
use tower_sessions::{Expiry, Session};

use super::{
    attempts::Attempt,
    forms::{self, Refusal, client_address, current_session, extension, signed_in, state},
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
            audit::log_in_refused(unproven.map(|(user, _)| user.id.uid()).as_ref(), client_address()?);
            return Err(wrong_credentials());
        }
    };
    attempt.succeeded(&state.store).await?;
    start_session(&state, &user, &hash).await?;
    audit::signed_in(&user.id.uid());
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
            audit::log_in_limited(address);
            Err(ApiError::RateLimited { retry_after_seconds }.into())
        }
    }
}

/// Begins a session with an id of its own, for whoever proved to know the password with this hash. One that the browser
/// had before ends, with its chat token.
pub(super) async fn start_session(state: &AppState, user: &User, verified: &PasswordHash) -> Result<(), Refusal> {
    let session = extension::<Session>().ok_or(ApiError::Internal)?;
    if let Some(before) = current_session() {
        state.sessions.end(&Ending::One(before.key)).await.map_err(ServerError::from)?;
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
    if state.store.password_hash(user.id).await.map_err(ServerError::from)?.as_ref() != Some(verified) {
        if let Some(id) = session.id() {
            state.sessions.end(&Ending::One(key_of(id))).await.map_err(ServerError::from)?;
        }
        session.flush().await.map_err(ServerError::from)?;
        return Err(wrong_credentials());
    }
    Ok(())
}

/// Ends this session. Without one there is nothing to do, which is no error.
pub async fn log_out() -> Result<FormReply, ApiError> {
    forms::answer(Vec::new(), async {
        if let Some(current) = current_session() {
            end(&Ending::One(current.key)).await?;
            audit::signed_out(&current.user.id.uid());
        }
        Ok(Some("/".into()))
    })
    .await
}

/// Ends all sessions of the person.
pub async fn sign_out_everywhere() -> Result<FormReply, ApiError> {
    forms::answer(Vec::new(), async {
        let current = signed_in()?;
        end(&Ending::AllOf(current.user.id)).await?;
        audit::signed_out_everywhere(&current.user.id.uid());
        Ok(Some("/".into()))
    })
    .await
}

async fn end(ending: &Ending) -> Result<(), Refusal> {
    state()?.sessions.end(ending).await.map_err(ServerError::from)?;
    if let Some(session) = extension::<Session>() {
        session.flush().await.map_err(ServerError::from)?;
    }
    Ok(())
}
