//! When a call may be made again, and after what pause.

use std::time::Duration;

use backon::ExponentialBuilder;

use super::RestError;

/// What a repetition of a call may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Safety {
    /// The second time changes nothing more.
    Repeatable,
    /// Only after an answer, or a lack of a connection, that says that nothing was done.
    NothingDone,
    /// Never: the caller keeps count itself.
    Once,
}

impl Safety {
    /// Whether `error` allows another attempt, if the pause that the cloud asks for is not longer than `longest`.
    pub fn allows(self, error: &RestError, longest: Duration) -> bool {
        if error.retry_after().is_some_and(|pause| pause > longest) {
            return false;
        }
        let nothing_done = match error {
            RestError::Unreachable(cause) => cause.is_connect(),
            RestError::TooManyRequests { .. } | RestError::Fault { status: 503, .. } => true,
            _ => false,
        };
        let passing = matches!(
            error,
            RestError::Unreachable(_) | RestError::TimedOut | RestError::Fault { .. } | RestError::Malformed { .. }
        );
        match self {
            Self::Repeatable => nothing_done || passing,
            Self::NothingDone => nothing_done,
            Self::Once => false,
        }
    }
}

/// Two more attempts after about 0.2 and 0.4 seconds, each lengthened by chance, so that many do not come back at once.
pub(super) fn pauses(longest: Duration) -> ExponentialBuilder {
    ExponentialBuilder::new()
        .with_min_delay(Duration::from_millis(200))
        .with_max_delay(longest)
        .with_max_times(2)
        .with_jitter()
}
