//! What has to be done now and then: sessions whose time is over end, with their chat tokens; so do tokens that are too
//! old; and what was only counted is summed up.

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use super::{clock, state::AppState, store::sessions::Ending};

const EVERY: Duration = Duration::from_mins(1);
/// No limit looks further back (milliseconds): a day, and an hour by which the database's clock may differ.
const LONGEST_WINDOW: i64 = 25 * 60 * 60 * 1000;

/// Does it for as long as the server runs.
pub async fn run(state: AppState) {
    let mut ticks = tokio::time::interval(EVERY);
    // After a stall once, not as often as was missed.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        once(&state).await;
    }
}

/// What is due now.
pub(super) async fn once(state: &AppState) {
    match state.sessions.end(&Ending::ExpiredAt(clock::seconds())).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "sessions expired"),
        Err(error) => tracing::error!(%error, "could not end expired sessions"),
    }
    if let Err(error) = state.chat.end_old_tokens().await {
        tracing::error!(%error, "could not end old chat tokens");
    }
    let oldest = clock::seconds() - state.config.audit.retention_seconds();
    if let Err(error) = state.store.sweep_audit_records(oldest).await {
        tracing::error!(%error, "could not sweep the audit trail");
    }
    state.metrics.sum_up();
    if let Err(error) = state.store.sweep_events(clock::milliseconds() - LONGEST_WINDOW).await {
        tracing::error!(%error, "could not sweep the limits' events");
    }
}
