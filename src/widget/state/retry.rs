//! Trying again by itself: when, and how often. Every log-in may cost one of the few tokens that a visitor has in an
//! hour, so that the pauses grow; and a page that nobody looks at waits until somebody does.

use super::{Effect, Failure, Millis, Phase, State, Timer};

/// Between two tries while the network is gone.
const OFFLINE: Pauses = Pauses { first: 5_000, longest: 5 * 60_000 };
/// While our server or the cloud has a bad time. Each try counts as a token: these are ten in the first hour.
const UNAVAILABLE: Pauses = Pauses { first: 30_000, longest: 10 * 60_000 };
/// Between two tries of a catch-up.
pub(super) const CATCH_UP: Pauses = Pauses { first: 5_000, longest: 5 * 60_000 };

/// Pauses that double.
pub(super) struct Pauses {
    first: Millis,
    longest: Millis,
}

impl Pauses {
    /// After so many failures in a row.
    pub(super) fn after(&self, failures: u32) -> Millis {
        self.first.saturating_mul(1 << failures.min(16)).min(self.longest)
    }
}

pub(super) fn schedule(timer: Timer, pause: Millis) -> Effect {
    Effect::Schedule { timer, after_ms: u32::try_from(pause.max(0)).unwrap_or(u32::MAX) }
}

impl State {
    /// The login failed: says when it is tried again by itself.
    pub(super) fn login_failed(&mut self, failure: Failure, now: Millis, effects: &mut Vec<Effect>) {
        let connection = &mut self.connection;
        let failures = connection.failures;
        connection.failures += 1;
        connection.phase = Phase::Failed(failure);
        let until = match failure {
            // The network came back while the attempt was still failing for want of it.
            Failure::Offline if connection.came_online => return self.connect(effects),
            Failure::Offline => now + OFFLINE.after(failures),
            Failure::RateLimited { until } => until,
            Failure::Unavailable { until } => until.max(now + UNAVAILABLE.after(failures)),
            // The same would come of the same.
            Failure::Broken => return,
        };
        if let Phase::Failed(Failure::Unavailable { until: shown }) = &mut connection.phase {
            *shown = until;
        }
        connection.retry_at = Some(until);
        effects.push(schedule(Timer::WaitOver, until - now));
    }

    /// Goes on with a login that failed, once its time has come and somebody looks at the page.
    pub(super) fn retry_if_due(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        let Some(at) = self.connection.retry_at else { return };
        if !matches!(self.connection.phase, Phase::Failed(_)) || !self.panel.page_visible || !self.connection.online {
            return;
        }
        // Timers and the clock do not quite agree.
        if now < at { effects.push(schedule(Timer::WaitOver, at - now)) } else { self.connect(effects) }
    }
}
