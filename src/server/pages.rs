//! How pages, forms and server functions are answered.

use std::pin::Pin;

use axum::{
    Form,
    body::Body,
    extract::{Request, State, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use futures_util::stream;
use leptos::prelude::{IntoView, RenderHtml, provide_context, use_context};
use leptos_axum::{ResponseOptions, handle_response_inner, handle_server_fns_with_context};
use serde::Deserialize;

use super::{
    accounts::forms::Outcome,
    answer::{retry_after_of, status_of, with_status},
    context,
    document::document,
    layers::error_page,
    sessions::CurrentSession,
    state::AppState,
};
use crate::{
    api::ApiError,
    i18n::Language,
    model::{
        form::{Flash, FormName, FormReply, Problem},
        return_path::{local_path, sign_in_url},
    },
};

/// A page.
pub async fn page(State(state): State<AppState>, request: Request) -> Response {
    render(&state, request, StatusCode::OK, None).await
}

/// What no route knows.
pub async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    render(&state, request, StatusCode::NOT_FOUND, None).await
}

async fn render(state: &AppState, request: Request, status: StatusCode, flash: Option<Flash>) -> Response {
    let viewer = request.extensions().get::<CurrentSession>().map(CurrentSession::viewer);
    let is_signed_in = viewer.is_some();
    let session_tag = viewer.map(|viewer| viewer.session_tag).unwrap_or_default();
    let language = context::language(request.headers(), &state.config.http);
    let provide = {
        let state = state.clone();
        move || {
            context::provide(&state, flash.clone());
            if let Some(response) = use_context::<ResponseOptions>() {
                response.set_status(status);
            }
        }
    };
    let (options, assets) = (state.leptos.clone(), state.files.names().clone());
    // In one piece: no page waits for anything. What Leptos would append for hydration, nobody reads.
    let mut response = handle_response_inner(
        provide,
        move || document(options, assets, language, &session_tag),
        request,
        |document, _, _| {
            Box::pin(async move { Box::pin(stream::iter([document.into_view().to_html()])) as Pin<Box<_>> })
        },
    )
    .await;
    let cache = if is_signed_in { "no-store" } else { "private, no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("Cookie, Accept-Language"));
    response
}

/// A server function, called by the browser half.
pub async fn server_function(State(state): State<AppState>, mut request: Request) -> Response {
    forget_referrer(&mut request);
    // Nor does it lead anybody anywhere who says so: what is answered is JSON.
    request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let provide = move || context::provide(&state, None);
    let response = handle_server_fns_with_context(provide, request).await.into_response();
    let mut response = with_status(response).await;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A form's server function. A browser gets a redirect when it went well, else the page again, with the problems at
/// their fields: nothing of it travels in an address or a cookie.
pub async fn form(State(state): State<AppState>, name: Option<FormName>, mut request: Request) -> Response {
    forget_referrer(&mut request);
    if !wants_page(request.headers()) {
        return server_function(State(state), request).await;
    }
    let page = request_for_page(&request);
    let outcome = Outcome::default();
    let provide = {
        let (state, outcome) = (state.clone(), outcome.clone());
        move || {
            context::provide(&state, None);
            provide_context(outcome.clone());
        }
    };
    // Leptos' own answer would be a redirect with the error in its address.
    drop(handle_server_fns_with_context(provide, request).await.into_response());
    match (outcome.take(), name) {
        (Some(Ok(reply)), Some(form)) if !reply.accepted() => {
            let (status, retry_after) = refusal(&reply);
            let mut response = render(&state, page, status, Some(Flash { form, reply })).await;
            retry_after.map(|seconds| response.headers_mut().insert(header::RETRY_AFTER, seconds.into()));
            response
        }
        (Some(Ok(FormReply { next: Some(next), .. })), _) => Redirect::to(&next).into_response(),
        (Some(Ok(_)), Some(form)) => Redirect::to(context::saved_path(form)).into_response(),
        (Some(Err(ApiError::Unauthenticated)), _) => Redirect::to(&sign_in_url("/account")).into_response(),
        (Some(Err(error)), _) => {
            let mut response = error_page(status_of(&error));
            retry_after_of(&error).map(|seconds| response.headers_mut().insert(header::RETRY_AFTER, seconds.into()));
            response
        }
        (None | Some(Ok(_)), None) | (None, Some(_)) => error_page(StatusCode::BAD_REQUEST),
    }
}

/// Leptos leads whoever asks for HTML back to the address in `Referer`, which may be any site's.
fn forget_referrer(request: &mut Request) {
    request.headers_mut().remove(header::REFERER);
}

/// The status of a page that says why a form was refused.
fn refusal(reply: &FormReply) -> (StatusCode, Option<u32>) {
    let status = |problem: &Problem| match problem {
        Problem::TryAgainIn(seconds) => (StatusCode::TOO_MANY_REQUESTS, Some(*seconds)),
        Problem::WrongCredentials => (StatusCode::UNAUTHORIZED, None),
        _ => (StatusCode::UNPROCESSABLE_ENTITY, None),
    };
    reply.problems.first().map_or((StatusCode::UNPROCESSABLE_ENTITY, None), |found| status(&found.problem))
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// The same request as if it asked for the page that the form stands on.
fn request_for_page(request: &Request) -> Request {
    let mut page = Request::new(Body::empty());
    *page.uri_mut() = request.uri().clone();
    *page.headers_mut() = request.headers().clone();
    *page.extensions_mut() = request.extensions().clone();
    page
}

/// The language switch.
#[derive(Debug, Deserialize)]
pub struct LanguageChoice {
    language: Language,
    #[serde(default)]
    next: String,
}

/// Remembers the language and goes back to where the visitor was.
pub async fn choose_language(
    State(state): State<AppState>,
    choice: Result<Form<LanguageChoice>, FormRejection>,
) -> Response {
    let Ok(Form(choice)) = choice else { return error_page(StatusCode::BAD_REQUEST) };
    let secure = if state.config.http.is_https() { "; Secure" } else { "" };
    let (name, tag) = (context::language_cookie(&state.config.http), choice.language.tag());
    let cookie = format!("{name}={tag}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}");
    ([(header::SET_COOKIE, cookie)], Redirect::to(local_path(&choice.next))).into_response()
}
