//! Whether the cloud answers: how the last call went, for as long as that says something.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::RestError;

/// How long one call speaks for the cloud.
const LATELY: Duration = Duration::from_mins(10);

/// Shared by the clones of a client.
#[derive(Debug, Default)]
pub(super) struct Answering(Mutex<Option<(Instant, bool)>>);

impl Answering {
    /// Notes how a call went, after its last attempt.
    pub fn note(&self, failure: Option<&RestError>) {
        let answers = failure.is_none_or(is_an_answer);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), answers));
    }

    /// None when there was no call lately.
    pub fn lately(&self) -> Option<bool> {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.filter(|(at, _)| at.elapsed() < LATELY).map(|(_, answers)| answers)
    }
}

/// Whether the cloud works and knows us, though it refused this call.
fn is_an_answer(error: &RestError) -> bool {
    match error {
        RestError::UidExists | RestError::UidNotFound | RestError::TokenNotFound | RestError::Rejected { .. } => true,
        RestError::Unreachable(_)
        | RestError::TimedOut
        | RestError::Spared { .. }
        | RestError::TooManyRequests { .. }
        | RestError::Fault { .. }
        | RestError::Malformed { .. }
        | RestError::KeyRefused { .. }
        | RestError::AppRefused { .. } => false,
    }
}
