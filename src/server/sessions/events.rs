//! The stream of a page's events (server-sent events): see [`super::open_pages`] for what is said, and
//! `assets/session_events.js` for who listens.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Extension, Query, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::watch;

use super::{CurrentSession, open_pages::Word};
use crate::server::state::AppState;

/// Where it is.
pub const PATH: &str = "/api/session/events";

/// Proxies give up connections that say nothing.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
const RENEW: &str = "renew";
const ENDED: &str = "ended";

/// Which session the page belongs to, by its tag: the cookie may be another one's by now.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    session: String,
}

/// A page whose session is over is told so at once.
pub async fn stream(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    current: Option<Extension<CurrentSession>>,
) -> Response {
    let current = current.filter(|session| session.key.tag() == asked.session);
    let receiver = match current {
        Some(Extension(session)) => state.open_pages.join(&session.key),
        None => Some(watch::channel(Word::Ended).1),
    };
    let Some(mut receiver) = receiver else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    // What was said before it listened counts too.
    receiver.mark_changed();
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // nginx keeps an answer back until it has enough of it.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (headers, Sse::new(stream::unfold(receiver, next)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
        .into_response()
}

/// The next event; none after the last, and when the server goes down.
async fn next(mut receiver: watch::Receiver<Word>) -> Option<(Result<Event, Infallible>, watch::Receiver<Word>)> {
    loop {
        receiver.changed().await.ok()?;
        let word = *receiver.borrow_and_update();
        match word {
            Word::Nothing => {}
            Word::Renew(_) => return Some((Ok(Event::default().data(RENEW)), receiver)),
            Word::Ended => return Some((Ok(Event::default().data(ENDED)), receiver)),
        }
    }
}
