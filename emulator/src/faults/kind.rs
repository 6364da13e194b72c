//! The faults there are.

use std::time::Duration;

use axum::http::StatusCode;

/// A fault of either kind.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    Call(CallFault),
    Frame(FrameFault),
}

/// What can go wrong with a call.
#[derive(Clone, Debug)]
pub(crate) enum CallFault {
    /// It is answered later.
    Latency(Duration),
    /// Too many calls: nothing is done, and the client may try again after so many seconds.
    RateLimit { retry_after: u64 },
    /// Nothing is done, and a failure of the server is answered.
    ServerError(StatusCode),
    /// Nothing is done, and this code is answered: for refusals that depend on what the emulator has not, such as a plan.
    Refused { status: StatusCode, code: String },
    /// It is done, and half of the answer's JSON comes.
    BrokenJson,
    /// Nothing is done, and the connection ends.
    CutConnection,
    /// It is done, and the connection ends after this time without an answer.
    LostAnswer { hold: Duration },
    /// The caller's auth token is taken back before the call, for good.
    TokenRevoked,
}

impl CallFault {
    /// Whether a further rule may apply to the same call.
    pub(crate) const fn goes_on(&self) -> bool {
        matches!(self, Self::Latency(_) | Self::TokenRevoked)
    }
}

/// What can go wrong with a frame on its way to a socket.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FrameFault {
    /// It never comes.
    Lost,
    /// It comes twice.
    Duplicate,
    /// It comes behind the next frame of this socket.
    Reorder,
}
