//! What all forms have in common on the server: what they may use, and how their answer reaches the page.

use std::{
    future::Future,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::http::request::Parts;
use leptos::prelude::use_context;

use crate::{
    api::ApiError,
    model::form::{Field, FieldProblem, FormReply, Problem},
    server::{
        answer, clock,
        error::ServerError,
        layers::client_address::ClientAddress,
        sessions::CurrentSession,
        state::AppState,
        store::audit_events::{AuditEvent, AuditRecord},
    },
};

/// Why a form was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing was stored; every problem stands at its field.
    Problems(Vec<FieldProblem>),
    /// It has nothing to do with what was typed.
    Other(ApiError),
}

impl Refusal {
    pub fn at(field: Field, problem: Problem) -> Self {
        Self::Problems(vec![FieldProblem { field, problem }])
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Other(error)
    }
}

impl From<ServerError> for Refusal {
    fn from(error: ServerError) -> Self {
        Self::Other(error.into_api_error())
    }
}

/// What became of a form: for the handler of forms that ask for a page, which puts an empty one into the context and
/// makes a page or a redirect of it.
#[derive(Clone, Debug, Default)]
pub struct Outcome(Arc<Mutex<Option<Result<FormReply, ApiError>>>>);

impl Outcome {
    fn put(&self, outcome: Result<FormReply, ApiError>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
    }

    pub fn take(&self) -> Option<Result<FormReply, ApiError>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Runs a form's work and answers it. `values` is what was typed, without secrets; the work says where an accepted form
/// leads, if anywhere.
pub async fn answer(
    values: Vec<(Field, String)>,
    work: impl Future<Output = Result<Option<String>, Refusal>>,
) -> Result<FormReply, ApiError> {
    let result = match work.await {
        Ok(next) => Ok(FormReply { next, ..FormReply::default() }),
        Err(Refusal::Problems(problems)) => Ok(FormReply { problems, values: values.clone(), next: None }),
        Err(Refusal::Other(error)) => Err(error),
    };
    if let Some(outcome) = use_context::<Outcome>() {
        // A page has room for the waiting time beside what was typed.
        outcome.put(match &result {
            Err(ApiError::RateLimited { retry_after_seconds }) => {
                let problem = Problem::TryAgainIn(*retry_after_seconds);
                Ok(FormReply { problems: vec![FieldProblem { field: Field::Form, problem }], values, next: None })
            }
            result => result.clone(),
        });
    }
    answer::answer(result)
}

/// The server's handles, inside a server function.
pub fn state() -> Result<AppState, ApiError> {
    use_context::<AppState>().ok_or(ApiError::Internal)
}

/// Something that a layer put beside the request.
pub fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned())
}

/// The visitor's network address.
pub fn client_address() -> Result<IpAddr, ApiError> {
    extension::<ClientAddress>().map(|address| address.0).ok_or(ApiError::Internal)
}

/// Who is signed in, inside a server function.
pub fn current_session() -> Option<CurrentSession> {
    extension()
}

/// Who is signed in; nobody is an error.
pub fn signed_in() -> Result<CurrentSession, ApiError> {
    current_session().ok_or(ApiError::Unauthenticated)
}

/// An entry of the audit trail by whoever asks, whom nothing vouches for: with the address alone.
pub fn record_from_here(event: AuditEvent) -> AuditRecord {
    AuditRecord::done(event, clock::seconds()).from(extension::<ClientAddress>().map(|address| address.0))
}

/// The same by the person of this session, in it.
pub fn record_of(current: &CurrentSession, event: AuditEvent) -> AuditRecord {
    record_from_here(event).by(current.user.id).in_session(&current.key)
}
