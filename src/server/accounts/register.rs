//! Making an account.

use secrecy::SecretString;

use super::{
    attempts::count_registration,
    forms::{self, Refusal, client_address, record_from_here, state},
    log_in::start_session,
    validation::{self, Problems},
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
        store::{StoreError, audit_events::AuditEvent, users::NewUser},
    },
};

/// What the form sends.
pub struct Form {
    pub name: String,
    pub email: String,
    pub password: SecretString,
    pub avatar: String,
    pub next: String,
}

pub async fn submit(form: Form) -> Result<FormReply, ApiError> {
    let Form { name, email, avatar, next, .. } = &form;
    let typed = [(Field::Name, name), (Field::Email, email), (Field::Avatar, avatar), (Field::Next, next)];
    let values = typed.map(|(field, value)| (field, value.clone())).into();
    forms::answer(values, try_submit(form)).await
}

async fn try_submit(form: Form) -> Result<Option<String>, Refusal> {
    let state = state()?;
    let mut problems = Problems::default();
    let name = problems.take(Field::Name, validation::name(&form.name));
    let email = problems.take(Field::Email, validation::email(&form.email));
    problems.take(Field::Password, validation::new_password(&form.password));
    let avatar = problems.take(Field::Avatar, validation::avatar(&form.avatar));
    problems.into_result()?;
    count_registration(&state.store, state.config.accounts.registration_rate_limit, client_address()?).await?;
    if state.passwords.is_guessable(form.password.clone(), vec![name.clone(), email.clone()]).await? {
        return Err(Refusal::at(Field::Password, Problem::TooGuessable));
    }
    let password_hash = state.passwords.hash(form.password).await?;
    let verified = password_hash.clone();
    let new = NewUser { name, email, password_hash, avatar };
    let record = record_from_here(AuditEvent::Registration);
    let user = match state.store.register_user(new, record.clone()).await {
        Ok(user) => user,
        Err(StoreError::Conflict) => return Err(Refusal::at(Field::Email, Problem::EmailTaken)),
        Err(error) => return Err(ServerError::from(error).into()),
    };
    audit::log(&record.by(user.id), None);
    (state.account_changed)(user.id);
    start_session(&state, &user, &verified).await?;
    Ok(Some(safe_path(&form.next).to_owned()))
}
