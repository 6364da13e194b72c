//! Who is signed in, for a request: read from the session once, put beside the request.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use time::OffsetDateTime;
use tower_sessions::{Expiry, Session};

use super::{
    cookie,
    store::{CREATED_AT, EXPIRES_AT, USER, key_of},
};
use crate::{
    model::{ids::UserId, viewer::Viewer},
    server::{
        error::ServerError,
        state::AppState,
        store::{sessions::SessionKey, users::User},
    },
};

/// The session of a request that comes from somebody who is signed in.
#[derive(Clone, Debug)]
pub struct CurrentSession {
    pub user: User,
    pub key: SessionKey,
}

impl CurrentSession {
    /// What the page may know.
    pub fn viewer(&self) -> Viewer {
        viewer(&self.user, &self.key)
    }
}

pub(in crate::server) fn viewer(user: &User, key: &SessionKey) -> Viewer {
    Viewer { uid: user.id.uid(), name: user.name.clone(), avatar: user.avatar.clone(), session_tag: key.tag() }
}

/// The layer: puts a [`CurrentSession`] into the request's extensions, and prolongs it when that is due.
pub async fn read(State(state): State<AppState>, session: Session, mut request: Request, next: Next) -> Response {
    match load(&state, &session).await {
        Ok(Some(current)) => {
            request.extensions_mut().insert(current);
        }
        Ok(None) => {}
        Err(error) => return error.into_response(),
    }
    next.run(request).await
}

async fn load(state: &AppState, session: &Session) -> Result<Option<CurrentSession>, ServerError> {
    let Some(id) = session.get::<i64>(USER).await? else { return Ok(None) };
    let (Some(user), Some(session_id)) = (state.store.user(UserId(id)).await?, session.id()) else { return Ok(None) };
    prolong(state, session).await?;
    Ok(Some(CurrentSession { user, key: key_of(session_id) }))
}

async fn prolong(state: &AppState, session: &Session) -> Result<(), ServerError> {
    let config = state.config.session;
    let (Some(created), Some(expires)) = (time_of(session, CREATED_AT).await?, time_of(session, EXPIRES_AT).await?)
    else {
        return Ok(());
    };
    let prolonged = cookie::expiry(config, created, OffsetDateTime::now_utc());
    if cookie::is_worth_prolonging(config, expires, prolonged) {
        session.set_expiry(Some(Expiry::AtDateTime(prolonged)));
    }
    Ok(())
}

async fn time_of(session: &Session, name: &str) -> Result<Option<OffsetDateTime>, ServerError> {
    Ok(session.get::<i64>(name).await?.and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok()))
}
