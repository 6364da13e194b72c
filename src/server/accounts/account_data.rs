//! A person's own data, as a file to keep.

use axum::{
    Json,
    extract::{Extension, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    model::return_path::sign_in_url,
    server::{
        clock,
        error::ServerError,
        layers::client_address::ClientAddress,
        sessions::CurrentSession,
        state::AppState,
        store::{
            StoreError,
            audit_events::{AuditEvent, AuditRecord, StoredAuditRecord},
            sessions::SessionRow,
        },
    },
};

/// Where it is.
pub const PATH: &str = "/account/data";

/// All that the site keeps of a person, but for the hash of the password. What they wrote lies in the chat cloud, under
/// `chat_uid`.
#[derive(Serialize)]
struct AccountData {
    name: String,
    email: String,
    avatar: Option<String>,
    created_at: Option<String>,
    chat_uid: String,
    sessions: Vec<SessionData>,
    /// The newest first.
    events: Vec<EventData>,
}

#[derive(Serialize)]
struct SessionData {
    signed_in_at: Option<String>,
    ends_at: Option<String>,
    is_this_one: bool,
}

/// An entry of the audit trail.
#[derive(Serialize)]
struct EventData {
    at: Option<String>,
    event: String,
    outcome: String,
    session: Option<String>,
    address: Option<String>,
}

/// How many entries of the audit trail are in the file, at most.
const MOST_EVENTS: u32 = 10_000;

pub async fn download(
    State(state): State<AppState>,
    Extension(address): Extension<ClientAddress>,
    current: Option<Extension<CurrentSession>>,
) -> Response {
    let Some(Extension(current)) = current else { return Redirect::to(&sign_in_url("/account")).into_response() };
    let record = AuditRecord::done(AuditEvent::DataDownload, clock::seconds()).from(Some(address.0));
    state.audit.record(record.by(current.user.id).in_session(&current.key));
    let (sessions, events) = match read(&state, &current).await {
        Ok(read) => read,
        Err(error) => return ServerError::from(error).into_response(),
    };
    let headers = [
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"account.json\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, Json(data(current, sessions, events))).into_response()
}

async fn read(
    state: &AppState,
    current: &CurrentSession,
) -> Result<(Vec<SessionRow>, Vec<StoredAuditRecord>), StoreError> {
    // What has just happened is to be in it; where nothing can be written, the rest still can be read.
    if let Err(error) = state.audit.write_off(&state.store).await {
        tracing::warn!(%error, "the newest entries of the audit trail are not stored yet");
    }
    let user = current.user.id;
    Ok((state.store.sessions_of(user).await?, state.store.audit_records(Some(user), MOST_EVENTS).await?))
}

fn data(current: CurrentSession, sessions: Vec<SessionRow>, events: Vec<StoredAuditRecord>) -> AccountData {
    let CurrentSession { user, key } = current;
    let sessions = sessions.into_iter().map(|session| SessionData {
        signed_in_at: time(session.created_at),
        ends_at: time(session.expires_at),
        is_this_one: session.key == key,
    });
    let events = events.into_iter().map(|record| EventData {
        at: time(record.at),
        event: record.event,
        outcome: record.outcome,
        session: record.session,
        address: record.address,
    });
    AccountData {
        chat_uid: user.id.uid().to_string(),
        name: user.name,
        email: user.email,
        avatar: user.avatar,
        created_at: time(user.created_at),
        sessions: sessions.collect(),
        events: events.collect(),
    }
}

fn time(unix_seconds: i64) -> Option<String> {
    OffsetDateTime::from_unix_timestamp(unix_seconds).ok()?.format(&Rfc3339).ok()
}
