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
    server::{audit, error::ServerError, sessions::CurrentSession, state::AppState, store::sessions::SessionRow},
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
}

#[derive(Serialize)]
struct SessionData {
    signed_in_at: Option<String>,
    ends_at: Option<String>,
    is_this_one: bool,
}

pub async fn download(State(state): State<AppState>, current: Option<Extension<CurrentSession>>) -> Response {
    let Some(Extension(current)) = current else { return Redirect::to(&sign_in_url("/account")).into_response() };
    let sessions = match state.store.sessions_of(current.user.id).await {
        Ok(sessions) => sessions,
        Err(error) => return ServerError::from(error).into_response(),
    };
    audit::account_downloaded(&current.user.id.uid());
    let headers = [
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"account.json\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, Json(data(current, sessions))).into_response()
}

fn data(current: CurrentSession, sessions: Vec<SessionRow>) -> AccountData {
    let CurrentSession { user, key } = current;
    let sessions = sessions.into_iter().map(|session| SessionData {
        signed_in_at: time(session.created_at),
        ends_at: time(session.expires_at),
        is_this_one: session.key == key,
    });
    AccountData {
        chat_uid: user.id.uid().to_string(),
        name: user.name,
        email: user.email,
        avatar: user.avatar,
        created_at: time(user.created_at),
        sessions: sessions.collect(),
    }
}

fn time(unix_seconds: i64) -> Option<String> {
    OffsetDateTime::from_unix_timestamp(unix_seconds).ok()?.format(&Rfc3339).ok()
}
