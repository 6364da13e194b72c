//! The control API below `/__emulator`: what a test does to the emulator that no client could do to the cloud. It is not
//! CometChat's, exists only where the configuration switches it on, and stands outside the API's router: what rules do to
//! calls never happens to the calls that set them.

mod clock;
mod content;
mod fields;
mod guard;
mod people;
mod reset;
mod rules;
mod seed;
mod sockets;

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{delete, get, post},
};

use crate::{cloud::SharedCloud, config::Control, error::ApiError};

/// The control API, for whoever `control` lets in.
pub(crate) fn router(cloud: SharedCloud, control: &Control) -> Router {
    let endpoints = Router::new()
        .route("/reset", post(reset::reset))
        .route("/seed", post(seed::seed))
        .route("/users", delete(people::deactivate).put(people::reactivate))
        .route("/clock", get(clock::show).post(clock::forward))
        .route("/sockets", get(sockets::list).delete(sockets::drop_of))
        .route("/sockets/{id}", delete(sockets::drop_one))
        .route("/faults", get(rules::list).post(rules::add).delete(rules::clear))
        .route("/faults/{id}", delete(rules::remove))
        .route("/moderation", get(content::moderation).post(content::moderate).delete(content::stop_moderating))
        .route("/moderation/{id}", post(content::decide))
        .route("/previews", get(content::previews).post(content::preview).delete(content::stop_previewing))
        .fallback(async || ApiError::UnknownEndpoint)
        .method_not_allowed_fallback(async || ApiError::UnknownEndpoint)
        .layer(middleware::from_fn_with_state(Arc::new(control.clone()), guard::admit));
    Router::new().nest("/__emulator", endpoints).with_state(cloud)
}
