//! The audit trail of the token road: who, and with what outcome; and its counters. It never gets a token to see.

use metrics::counter;
use tracing::{info, warn};

use crate::model::ids::Uid;

/// The target of audit lines, so that they can be kept apart from the rest of the log.
const TARGET: &str = "audit";

/// Where a token that is not new came from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    Memory,
    Ledger,
}

pub fn user_created(uid: &Uid) {
    counter!("chat_users_created_total").increment(1);
    info!(target: TARGET, %uid, outcome = "user_created", "[CometChat] Created new user {uid}");
}

pub fn user_updated(uid: &Uid) {
    info!(target: TARGET, %uid, outcome = "user_updated", "[CometChat] Updated user {uid}");
}

pub fn user_reactivated(uid: &Uid) {
    info!(target: TARGET, %uid, outcome = "user_reactivated", "[CometChat] Reactivated user {uid}");
}

pub fn token_cached(uid: &Uid, source: Source) {
    let from = match source {
        Source::Memory => "memory",
        Source::Ledger => "ledger",
    };
    counter!("chat_token_cache_hits_total", "from" => from).increment(1);
    info!(target: TARGET, %uid, outcome = "token_cached", from, "[CometChat] Returning cached token for {uid}");
}

pub fn token_minted(uid: &Uid, renewed: bool) {
    counter!("chat_tokens_minted_total").increment(1);
    info!(target: TARGET, %uid, outcome = "token_minted", renewed, "[CometChat] Minted token for {uid}");
}

pub fn token_revoked(uid: &Uid) {
    counter!("chat_tokens_revoked_total").increment(1);
    info!(target: TARGET, %uid, outcome = "token_revoked", "[CometChat] Revoked token of {uid}");
}

/// One that the cloud has and should not have: `unknown` to the ledger, or ended there.
pub fn stray_token_revoked(uid: &Uid, unknown: bool) {
    counter!("chat_stray_tokens_revoked_total").increment(1);
    warn!(target: TARGET, %uid, outcome = "stray_token_revoked", unknown, "[CometChat] Revoked a stray token of {uid}");
}

pub fn revocation_failed(uid: &Uid, attempts: u32, error: &dyn std::error::Error) {
    counter!("chat_token_revocation_failures_total").increment(1);
    warn!(target: TARGET, %uid, outcome = "revocation_failed", attempts, "[CometChat] Could not revoke token of {uid}: {error}");
}

pub fn user_removed(uid: &Uid) {
    info!(target: TARGET, %uid, outcome = "user_removed", "[CometChat] Removed user {uid}");
}

pub fn removal_failed(uid: &Uid, attempts: u32, error: &dyn std::error::Error) {
    warn!(target: TARGET, %uid, outcome = "removal_failed", attempts, "[CometChat] Could not remove user {uid}: {error}");
}

pub fn request_limited(uid: &Uid, retry_after_seconds: u32) {
    counter!("chat_token_refusals_total", "reason" => "limit").increment(1);
    info!(target: TARGET, %uid, outcome = "refused", retry_after_seconds, "[CometChat] Refused token for {uid}: over the limit");
}

pub fn request_without_session() {
    counter!("chat_token_refusals_total", "reason" => "session").increment(1);
    info!(target: TARGET, outcome = "refused", "[CometChat] Refused: no session");
}

pub fn provisioning_failed(uid: &Uid, error: &dyn std::error::Error) {
    warn!(target: TARGET, %uid, outcome = "failed", "[CometChat] Could not create user {uid}: {error}");
}

pub fn request_failed(uid: &Uid, error: &dyn std::error::Error) {
    counter!("chat_token_refusals_total", "reason" => "failure").increment(1);
    warn!(target: TARGET, %uid, outcome = "failed", "[CometChat] No token for {uid}: {error}");
}
