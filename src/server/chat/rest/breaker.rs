//! Spares a cloud that is down: after a few calls in a row that it did not answer, no call is made for a while, and then a
//! single one, which finds out whether it is back. Whoever asks meanwhile is told at once instead of waiting.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use metrics::{counter, gauge};

use super::RestError;

/// How long it stays open at first, and at most: it doubles with each probe in vain.
const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_mins(1);
/// A probe that nobody brings to its end, because its caller went away, gives way to another one.
const PROBE: Duration = Duration::from_secs(15);

/// Shared by the clones of a client.
#[derive(Debug)]
pub(super) struct Breaker {
    /// So many calls in a row open it.
    most: u32,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    /// None while it is closed.
    open: Option<Open>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    /// When the next probe may be made.
    until: Instant,
    /// How long it was opened for last.
    pause: Duration,
}

impl Breaker {
    pub fn new(most: u32) -> Self {
        Self { most, state: Mutex::default() }
    }

    /// Whether a call may be made; else in how long to ask again. Of many who ask when the time is over, one may.
    pub fn admit(&self) -> Result<(), Duration> {
        self.admit_at(Instant::now())
    }

    /// Notes how a call went, after its last attempt.
    pub fn note(&self, failure: Option<&RestError>) {
        self.note_at(failure, Instant::now());
    }

    fn admit_at(&self, now: Instant) -> Result<(), Duration> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(open) = &mut state.open else { return Ok(()) };
        let left = open.until.saturating_duration_since(now);
        if !left.is_zero() {
            counter!("chat_upstream_calls_spared_total").increment(1);
            return Err(left);
        }
        open.until = now + PROBE;
        Ok(())
    }

    fn note_at(&self, failure: Option<&RestError>, now: Instant) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(pause) = failure.and_then(|error| {
            let is_dead = matches!(
                error,
                RestError::Unreachable(_) | RestError::TimedOut | RestError::Fault { .. } | RestError::Malformed { .. }
            );
            is_dead.then(|| error.retry_after().unwrap_or_default())
        }) else {
            if state.open.take().is_some() {
                tracing::info!("the chat cloud answers again");
                gauge!("chat_upstream_breaker_open").set(0);
            }
            state.failures = 0;
            return;
        };
        state.failures = state.failures.saturating_add(1);
        if state.failures < self.most {
            return;
        }
        let doubled = state.open.map_or(FIRST, |open| open.pause * 2);
        let pause = doubled.max(pause).min(LONGEST);
        if state.open.is_none() {
            tracing::error!("the chat cloud does not answer: it is asked again in {} s", pause.as_secs());
            gauge!("chat_upstream_breaker_open").set(1);
        }
        state.open = Some(Open { until: now + pause, pause });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAILURES: u32 = 5;

    fn fault() -> RestError {
        RestError::Fault { status: 500, code: "ERR_X".into(), retry_after: None }
    }

    fn opened(now: Instant) -> Breaker {
        let breaker = Breaker::new(FAILURES);
        for _ in 0..FAILURES {
            assert!(breaker.admit_at(now).is_ok());
            breaker.note_at(Some(&fault()), now);
        }
        breaker
    }

    #[test]
    fn it_opens_after_failures_in_a_row_and_an_answer_between_them_begins_anew() {
        let (breaker, now) = (Breaker::new(FAILURES), Instant::now());
        for _ in 0..20 {
            for _ in 1..FAILURES {
                breaker.note_at(Some(&fault()), now);
            }
            breaker.note_at(Some(&RestError::UidNotFound), now);
        }
        assert!(breaker.admit_at(now).is_ok());
        assert_eq!(opened(now).admit_at(now), Err(FIRST));
    }

    #[test]
    fn when_its_time_is_over_one_call_probes_and_its_answer_closes_it() {
        let begin = Instant::now();
        let (breaker, now) = (opened(begin), begin + FIRST);
        assert!(breaker.admit_at(now).is_ok());
        assert_eq!(breaker.admit_at(now), Err(PROBE), "the others wait for the probe");
        breaker.note_at(None, now);
        assert!(breaker.admit_at(now).is_ok() && breaker.admit_at(now).is_ok());
    }

    #[test]
    fn a_cloud_that_is_down_for_an_hour_is_asked_about_once_a_minute() {
        let begin = Instant::now();
        let breaker = opened(begin);
        let mut probes = 0;
        for second in 0..3600 {
            let now = begin + Duration::from_secs(second);
            if breaker.admit_at(now).is_ok() {
                probes += 1;
                breaker.note_at(Some(&fault()), now);
            }
        }
        assert!((55..70).contains(&probes), "{probes}");
    }

    #[test]
    fn a_probe_whose_caller_went_away_gives_way_to_another() {
        let begin = Instant::now();
        let breaker = opened(begin);
        assert!(breaker.admit_at(begin + FIRST).is_ok());
        assert!(breaker.admit_at(begin + FIRST + PROBE).is_ok());
    }
}
