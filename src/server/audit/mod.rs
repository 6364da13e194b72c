//! The audit trail: who did what, in which session, from which address, with what outcome; in the log, and in the database
//! (`store::audit_events`). Never a password, an e-mail, a cookie or a token.

mod trail;

use tracing::{field::display, info, warn};

pub use self::trail::AuditTrail;
use super::store::audit_events::{AuditEvent, AuditRecord, Outcome};

/// The target of audit lines, so that they can be kept apart from the rest of the log.
pub const TARGET: &str = "audit";

/// Writes an entry to the log; `sessions_ended` where that is what it did.
pub fn log(record: &AuditRecord, sessions_ended: Option<usize>) {
    let uid = record.user.map(|user| display(user.uid()));
    let session = record.session.as_deref();
    let address = record.address.map(display);
    let (event, outcome) = (record.event.name(), record.outcome.name());
    let sentence = sentence(record.event, record.outcome);
    if record.outcome == Outcome::Limited {
        warn!(target: TARGET, event, outcome, uid, session, address, "{sentence}");
    } else {
        info!(target: TARGET, event, outcome, uid, session, address, sessions_ended, "{sentence}");
    }
}

fn sentence(event: AuditEvent, outcome: Outcome) -> &'static str {
    match (event, outcome) {
        (AuditEvent::Registration, _) => "account created",
        (AuditEvent::LogIn, Outcome::Done) => "signed in",
        (AuditEvent::LogIn, Outcome::Refused) => "log-in failed",
        (AuditEvent::LogIn, Outcome::Limited) => "too many failed log-ins",
        (AuditEvent::LogOut, _) => "signed out",
        (AuditEvent::SignOutEverywhere, _) => "signed out everywhere",
        (AuditEvent::SignOutByAdministrator, _) => "signed out by an administrator",
        (AuditEvent::Restoration, _) => "restored from a backup: all sessions ended",
        (AuditEvent::PasswordChange, Outcome::Done) => "password changed",
        (AuditEvent::PasswordChange, _) => "password not changed: the old one is wrong",
        (AuditEvent::AccountDeletion, Outcome::Done) => "account deleted",
        (AuditEvent::AccountDeletion, _) => "account not deleted: the password is wrong",
        (AuditEvent::DataDownload, _) => "account data downloaded",
        (AuditEvent::TokenMint, _) => "chat token minted",
        (AuditEvent::TokenRenewal, _) => "chat token renewed",
        (AuditEvent::TokenRequest, _) => "chat token refused",
        (AuditEvent::TokenRevocation, _) => "chat token revoked",
    }
}
