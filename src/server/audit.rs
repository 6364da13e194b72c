//! The audit log: who did what, by UID, with its outcome; failed log-ins with the address they came from. Never a password, an e-mail, a cookie or a token.

use std::net::IpAddr;

use crate::model::ids::Uid;

const TARGET: &str = "audit";

pub fn registered(uid: &Uid) {
    tracing::info!(target: TARGET, %uid, "account created");
}

pub fn signed_in(uid: &Uid) {
    tracing::info!(target: TARGET, %uid, "signed in");
}

/// Of an e-mail without an account there is no UID.
pub fn log_in_refused(uid: Option<&Uid>, address: IpAddr) {
    tracing::info!(target: TARGET, uid = uid.map(tracing::field::display), %address, outcome = "refused", "log-in failed");
}

pub fn log_in_limited(address: IpAddr) {
    tracing::warn!(target: TARGET, %address, outcome = "limited", "too many failed log-ins");
}

pub fn signed_out(uid: &Uid) {
    tracing::info!(target: TARGET, %uid, "signed out");
}

pub fn signed_out_everywhere(uid: &Uid) {
    tracing::info!(target: TARGET, %uid, "signed out everywhere");
}

pub fn signed_out_by_administrator(uid: &Uid, sessions_ended: usize) {
    tracing::info!(target: TARGET, %uid, sessions_ended, "signed out by an administrator");
}

/// A backup was restored, and whatever it brought back has ended.
pub fn restored_by_administrator(sessions_ended: u64) {
    tracing::warn!(target: TARGET, sessions_ended, "restored from a backup: all sessions ended");
}

pub fn account_deleted(uid: &Uid) {
    tracing::info!(target: TARGET, %uid, "account deleted");
}

pub fn account_downloaded(uid: &Uid) {
    tracing::info!(target: TARGET, %uid, "account data downloaded");
}

pub fn password_changed(uid: &Uid, sessions_ended: usize) {
    tracing::info!(target: TARGET, %uid, sessions_ended, "password changed");
}
