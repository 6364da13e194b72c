//! Every route of the server, on one page.

use axum::{
    Router,
    extract::{Request, State},
    middleware::from_fn,
    routing::{MethodRouter, get, post},
};
use leptos::server_fn::ServerFn;
use leptos_axum::generate_route_list;

use super::{
    accounts::account_data,
    health,
    layers::{self, content_type, fetch_metadata::own_pages_only},
    pages,
    sessions::events,
    state::AppState,
};
use crate::{
    api::{
        accounts::{
            ChangePassword, ChangeProfile, CurrentViewer, DeleteAccount, LogIn, LogOut, Register, SignOutEverywhere,
        },
        chat::{AuthToken, CreateUser},
    },
    app::App,
    model::form::FormName,
};

/// The whole site.
pub fn router(state: AppState) -> Router {
    let site = layers::with_session(pages_and_forms(), &state)
        .merge(state.files.router())
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .with_state(state.clone());
    layers::around(site, &state)
}

/// What has a session.
fn pages_and_forms() -> Router<AppState> {
    let mut router = Router::new();
    for page in generate_route_list(App) {
        router = router.route(page.path(), get(pages::page));
    }
    router
        .route(Register::PATH, form(Some(FormName::Register)))
        .route(LogIn::PATH, form(Some(FormName::LogIn)))
        .route(ChangeProfile::PATH, form(Some(FormName::ChangeProfile)))
        .route(ChangePassword::PATH, form(Some(FormName::ChangePassword)))
        .route(DeleteAccount::PATH, form(Some(FormName::DeleteAccount)))
        .route(LogOut::PATH, form(None))
        .route(SignOutEverywhere::PATH, form(None))
        .route("/api/language", post(pages::choose_language))
        .route(events::PATH, get(events::stream).layer(from_fn(own_pages_only)))
        .route(account_data::PATH, get(account_data::download).layer(from_fn(own_pages_only)))
        .route(CurrentViewer::PATH, server_function())
        .route(AuthToken::PATH, server_function())
        .route(CreateUser::PATH, server_function())
        .fallback(pages::not_found)
}

/// The address of a function that the browser half calls.
fn server_function() -> MethodRouter<AppState> {
    post(pages::server_function).layer(from_fn(content_type::json))
}

/// The address of a form; the name is that of the form whose problems a page can show.
fn form(name: Option<FormName>) -> MethodRouter<AppState> {
    post(move |state: State<AppState>, request: Request| pages::form(state, name, request))
        .layer(from_fn(content_type::form))
}
