//! How the browser half calls a server function: same origin, with the session's cookie, within a time, and with the
//! answer's status and `Retry-After` read into an [`ApiError`]. The functions themselves are Leptos'; of them only the
//! address and the body are needed here, and the code that the macro makes for a browser would be a twentieth of the WASM.

use std::{cell::Cell, rc::Rc, time::Duration};

use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::Function;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AbortController, RequestCredentials};

use super::{ApiError, addresses};
use crate::model::{
    json::{FromJson, Json, JsonRecord},
    token_digest::TokenDigest,
    viewer::{ChatCredentials, Viewer},
};

/// How long an answer may take. Longer than the server itself waits for the cloud, so that its answer is heard.
const PATIENCE: Duration = Duration::from_secs(25);

/// What to say of a server that took longer: try again soon.
const SOON: ApiError = ApiError::Unavailable { retry_after_seconds: 5 };

/// This session's chat token; `rejected` names one that the cloud has refused.
pub async fn auth_token(rejected: Option<TokenDigest>) -> Result<ChatCredentials, ApiError> {
    let body = match &rejected {
        Some(rejected) => JsonRecord::new().text("rejected", rejected.as_str()),
        None => JsonRecord::new(),
    };
    let answer = call(addresses::AUTH_TOKEN, Some(body.finish())).await?;
    ChatCredentials::from_json(&answer).map_err(|_| ApiError::Internal)
}

/// Who is signed in, straight from the session.
pub async fn current_viewer() -> Result<Option<Viewer>, ApiError> {
    let answer = call(addresses::SESSION, Some("{}".to_owned())).await?;
    if answer.is_nothing() { Ok(None) } else { Viewer::from_json(&answer).map(Some).map_err(|_| ApiError::Internal) }
}

/// A file of the site that is JSON.
pub async fn file(address: &str) -> Result<Json, ApiError> {
    call(address, None).await
}

/// Posts the body, or gets what is there.
async fn call(address: &str, body: Option<String>) -> Result<Json, ApiError> {
    let controller = AbortController::new().map_err(|_| ApiError::Internal)?;
    let signal = controller.signal();
    let request = RequestBuilder::new(address)
        .method(if body.is_some() { Method::POST } else { Method::GET })
        .credentials(RequestCredentials::SameOrigin)
        .header("Accept", "application/json")
        .header("Content-Type", "application/json")
        .abort_signal(Some(&signal));
    let request = match body {
        Some(body) => request.body(body),
        None => request.build(),
    }
    .map_err(|_| ApiError::Internal)?;
    let late = Rc::new(Cell::new(false));
    let timer = abort_later(controller, Rc::clone(&late));
    let answer = async { read(request.send().await?).await }.await;
    if let (Some(window), Some(timer)) = (web_sys::window(), timer) {
        window.clear_timeout_with_handle(timer);
    }
    match answer {
        Ok(answer) => answer,
        Err(_) if late.get() => Err(SOON),
        Err(_) => Err(ApiError::Offline),
    }
}

/// Gives the request up once it has taken too long.
fn abort_later(controller: AbortController, late: Rc<Cell<bool>>) -> Option<i32> {
    let alarm = Closure::once_into_js(move || {
        late.set(true);
        controller.abort();
    });
    let after = i32::try_from(PATIENCE.as_millis()).unwrap_or(i32::MAX);
    let alarm: &Function = alarm.unchecked_ref();
    web_sys::window()?.set_timeout_with_callback_and_timeout_and_arguments_0(alarm, after).ok()
}

/// Reads the whole answer. The outer error is the network's, the inner one the server's.
async fn read(response: Response) -> Result<Result<Json, ApiError>, gloo_net::Error> {
    let headers = response.headers();
    let retry_after = headers.get("Retry-After").and_then(|seconds| seconds.trim().parse().ok());
    let is_json = headers.get("Content-Type").is_some_and(|kind| kind.starts_with("application/json"));
    let (status, succeeded) = (response.status(), response.ok());
    let text = response.text().await?;
    Ok(match (succeeded, is_json) {
        (false, _) => Err(ApiError::from_answer(status, retry_after, &text)),
        (true, true) => Json::parse(&text).ok_or(ApiError::Internal),
        // Not our server's answer: the sign-in page of somebody's Wi-Fi.
        (true, false) => Err(ApiError::Offline),
    })
}
