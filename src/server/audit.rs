//! The audit log: who did what, by UID, with its outcome. Never a password, an e-mail, a cookie or a token.

use crate::model::ids::Uid;

const TARGET: &str = "audit";

pub fn registered(uid: &Uid) {
    tracing::info!(target: TARGET, %uid, "account created");
}

pub fn signed_in(uid: &Uid) {
    tracing::info!(target: TARGET, %uid, "signed in");
}

pub fn log_in_refused() {
    tracing::info!(target: TARGET, outcome = "refused", "log-in failed");
}

pub fn log_in_limited() {
    tracing::warn!(target: TARGET, outcome = "limited", "too many failed log-ins");
}

pub fn signed_out(uid: &Uid) {
    tracing::info!(target: TARGET, %uid, "signed out");
}

pub fn signed_out_everywhere(uid: &Uid) {
    tracing::info!(target: TARGET, %uid, "signed out everywhere");
}

pub fn password_changed(uid: &Uid, sessions_ended: usize) {
    tracing::info!(target: TARGET, %uid, sessions_ended, "password changed");
}
