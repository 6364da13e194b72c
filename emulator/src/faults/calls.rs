//! What rules do to a call: one layer around the whole API, there only where rules can be set.

use std::io;

use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::json;
use tokio::time::sleep;

use super::{kind::CallFault, rule::Subject};
use crate::{
    admin::tokens::revoke,
    cloud::SharedCloud,
    error::ApiError,
    request::caller::header as text,
    store::tokens::{self, TokenRow},
    uid::Uid,
};

/// What becomes of an answer that was made as it should be.
enum Mangled {
    Halved,
    Lost(std::time::Duration),
}

/// Lets a call through as the rules want it.
pub(crate) async fn intercept(State(cloud): State<SharedCloud>, request: Request, next: Next) -> Response {
    if cloud.faults.calls.is_empty() {
        return next.run(request).await;
    }
    // A body cannot be lent to a task.
    let (parts, body) = request.into_parts();
    let met = meet(&cloud, &parts).await;
    let request = Request::from_parts(parts, body);
    match met {
        Ok(None) => next.run(request).await,
        Ok(Some(Mangled::Halved)) => halved(next.run(request).await).await,
        Ok(Some(Mangled::Lost(hold))) => {
            drop(next.run(request).await);
            sleep(hold).await;
            cut()
        }
        Err(instead) => *instead,
    }
}

/// Meets the faults of this call: waits, and says what is to become of its answer, or what is answered instead.
async fn meet(cloud: &SharedCloud, call: &Parts) -> Result<Option<Mangled>, Box<Response>> {
    let refused = |error: ApiError| Box::new(error.into_response());
    let login = login(cloud, &call.headers).await.map_err(refused)?;
    let caller = match &login {
        Some(login) => Some(Uid::named(&login.uid)),
        None => text(&call.headers, "onbehalfof").map(Uid::named),
    };
    let path = call.uri.path();
    let path = ["/v3.0/", "/v3/"].iter().find_map(|version| path.strip_prefix(version)).unwrap_or(path);
    let path = format!("/{}", path.trim_start_matches('/'));
    let subject = Subject {
        path: &path,
        method: Some(&call.method),
        uid: caller.as_ref().map(Uid::as_str),
        ..Subject::default()
    };
    for fault in cloud.faults.calls.hit(&subject, CallFault::goes_on) {
        match fault {
            CallFault::Latency(time) => sleep(time).await,
            CallFault::TokenRevoked => {
                // Who has none has nothing to lose; twice is once.
                if let Some(login) = &login {
                    revoke(cloud, &Uid::named(&login.uid), &login.token).await.map_err(refused)?;
                }
            }
            CallFault::RateLimit { retry_after } => return Err(Box::new(too_many(cloud.clock.now(), retry_after))),
            CallFault::ServerError(status) => return Err(refused(ApiError::Failing(status))),
            CallFault::Refused { status, code } => return Err(Box::new(refusal(status, &code))),
            CallFault::CutConnection => return Err(Box::new(cut())),
            CallFault::BrokenJson => return Ok(Some(Mangled::Halved)),
            CallFault::LostAnswer { hold } => return Ok(Some(Mangled::Lost(hold))),
        }
    }
    Ok(None)
}

async fn login(cloud: &SharedCloud, headers: &HeaderMap) -> Result<Option<TokenRow>, ApiError> {
    let Some(token) = text(headers, "authtoken") else { return Ok(None) };
    let mut connection = cloud.store.read().await?;
    Ok(tokens::find_live(&mut connection, token).await?)
}

/// With the headers of CometChat's page on rate limits.
fn too_many(now: i64, retry_after: u64) -> Response {
    let mut response = ApiError::TooManyRequests.into_response();
    let reset = now.saturating_add_unsigned(retry_after);
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    headers.insert("x-rate-limit", HeaderValue::from(20_000));
    headers.insert("x-rate-limit-remaining", HeaderValue::from(0));
    headers.insert("x-rate-limit-reset", HeaderValue::from(reset));
    response
}

fn refusal(status: StatusCode, code: &str) -> Response {
    let message = "Refused on demand.";
    let error = json!({ "code": code, "message": message, "devMessage": message, "source": "chat-api" });
    (status, Json(json!({ "error": error }))).into_response()
}

/// The answer with the first half of its body alone.
async fn halved(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else { return cut() };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(whole.slice(..whole.len() / 2)))
}

/// An answer whose first byte fails: the server gives the connection up before it has written anything.
fn cut() -> Response {
    Response::new(Body::from_stream(stream::once(async { Err::<Vec<u8>, _>(io::Error::other("cut on demand")) })))
}
