//! The session's cookie and how long it lasts.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use time::OffsetDateTime;
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use super::store::DatabaseSessions;
use crate::server::{
    config::{HttpConfig, SessionConfig},
    state::AppState,
};

/// The cookie's name. The prefix makes browsers refuse one that was not set by this very host over https.
pub fn name(http: &HttpConfig) -> &'static str {
    if http.is_https() { "__Host-session" } else { "session" }
}

/// The layer that turns the cookie into a session and back.
pub fn layer(
    store: DatabaseSessions,
    http: &HttpConfig,
    session: SessionConfig,
) -> SessionManagerLayer<DatabaseSessions> {
    SessionManagerLayer::new(store)
        .with_name(name(http))
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(http.is_https())
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(session.idle))
}

/// The layer round it: `tower-sessions` (0.15) removes a cookie with one that has nothing but a path, and browsers
/// ignore any `__Host-` cookie without `Secure`, so that the old one would stay.
pub async fn secure_removal(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if state.config.http.is_https()
        && let header::Entry::Occupied(mut cookies) = response.headers_mut().entry(header::SET_COOKIE)
    {
        for cookie in cookies.iter_mut() {
            if let Some(secured) = secured(cookie, name(&state.config.http)) {
                *cookie = secured;
            }
        }
    }
    response
}

/// The session's cookie with what it lacks; none where nothing is to be done.
fn secured(cookie: &HeaderValue, name: &str) -> Option<HeaderValue> {
    let text = cookie.to_str().ok()?;
    let is_sessions = text.split_once('=').is_some_and(|(found, _)| found == name);
    let is_secure = text.split(';').any(|part| part.trim().eq_ignore_ascii_case("secure"));
    (is_sessions && !is_secure)
        .then(|| HeaderValue::try_from(format!("{text}; HttpOnly; SameSite=Lax; Secure")).ok())
        .flatten()
}

/// When a session that was created at `created` ends if nothing happens after `now`.
pub fn expiry(session: SessionConfig, created: OffsetDateTime, now: OffsetDateTime) -> OffsetDateTime {
    (now + session.idle).min(created + session.absolute)
}

/// Whether it is worth a write to prolong a session: a tenth of the idle time is gone. Without this every request would
/// write.
pub fn is_worth_prolonging(session: SessionConfig, expires: OffsetDateTime, prolonged: OffsetDateTime) -> bool {
    prolonged - expires >= session.idle / 10
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    const WEEK: SessionConfig = SessionConfig { idle: Duration::days(7), absolute: Duration::days(30) };

    #[test]
    fn a_busy_session_ends_thirty_days_after_its_log_in() {
        let created = OffsetDateTime::UNIX_EPOCH;
        assert_eq!(expiry(WEEK, created, created), created + Duration::days(7));
        assert_eq!(expiry(WEEK, created, created + Duration::days(29)), created + Duration::days(30));
    }

    #[test]
    fn most_requests_write_nothing() {
        let expires = OffsetDateTime::UNIX_EPOCH + Duration::days(7);
        assert!(!is_worth_prolonging(WEEK, expires, expires + Duration::hours(16)));
        assert!(is_worth_prolonging(WEEK, expires, expires + Duration::hours(17)));
    }
}
