//! Every endpoint on one page.

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::Method,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, patch, post, put},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    cors::{AllowHeaders, Any, CorsLayer},
};

use crate::{
    admin,
    client::{
        blocks, conversations, groups, interactions, me, members, messages, pins, presence, reactions, sessions,
        threads, uploads, users,
    },
    cloud::SharedCloud,
    control,
    error::ApiError,
    faults::calls,
    files::serve,
    hosts::Hosts,
    request::address::Address,
    socket::connection,
};

/// A frame is no larger than the largest message, and a little room for its envelope.
const FRAME: usize = 128 * 1024;

/// The API under `/v3`, `/v3.0` and no version (the first call of an SDK with overridden hosts has none), and sockets
/// on any path. Where tests may control the emulator, what they do to calls happens around all of it.
pub(crate) fn router(cloud: SharedCloud) -> Router {
    let api = api();
    let router = Router::new()
        .merge(api.clone())
        .nest("/v3", api.clone())
        .nest("/v3.0", api)
        .route("/files/{id}/{name}", get(serve::show))
        .route("/uploads/{id}", post(uploads::take))
        .route("/v1/ping", post(sessions::ping))
        .route("/ws/api/{version}/online-members", post(presence::online_members))
        // Under the cloud's own names the socket has a host for itself.
        .route("/api/{version}/online-members", post(presence::online_members))
        // Each handler counts for itself: JSON and files have different limits.
        .layer(DefaultBodyLimit::disable())
        .fallback(unknown_endpoint)
        .method_not_allowed_fallback(unknown_endpoint)
        .layer(middleware::from_fn_with_state(Arc::clone(&cloud), upgrade));
    let Some(control) = &cloud.config.control else { return guarded(router).with_state(cloud) };
    let router = router.layer(middleware::from_fn_with_state(Arc::clone(&cloud), calls::intercept));
    control::router(Arc::clone(&cloud), control).merge(guarded(router).with_state(Arc::clone(&cloud)))
}

/// Answers also where a handler panics, in a way that a page of another origin can read: CORS stands outermost.
fn guarded<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router
        .layer(CatchPanicLayer::custom(|_| ApiError::Internal("a handler panicked".into()).into_response()))
        .layer(cors())
}

/// The admin API and the client API share their paths; the headers of a call say which one it means.
fn api() -> Router<SharedCloud> {
    Router::new()
        .route("/me", get(me::show).put(me::update).delete(me::delete))
        .route("/me/jwt", post(me::jwt))
        .route("/settings", get(me::show_settings))
        .route("/user_sessions", post(sessions::create))
        .route(
            "/users",
            get(users::list)
                .post(admin::users::create)
                .put(admin::deactivation::reactivate_many)
                .delete(admin::deactivation::deactivate_many),
        )
        .route("/users/{uid}", get(users::show).put(admin::users::update).delete(admin::users::delete))
        .route(
            "/users/{uid}/auth_tokens",
            get(admin::tokens::list).post(admin::tokens::create).delete(admin::tokens::flush),
        )
        .route(
            "/users/{uid}/auth_tokens/{token}",
            get(admin::tokens::show).put(admin::tokens::update).delete(admin::tokens::delete),
        )
        .route(
            "/users/{uid}/friends",
            get(admin::friends::list).post(admin::friends::add).delete(admin::friends::remove),
        )
        .route("/users/{uid}/groups", get(groups::list_of_user))
        .nest("/users/{uid}", conversation())
        .nest("/groups/{guid}", conversation())
        .merge(groups())
        .route("/messages", get(messages::list_all).post(messages::create))
        .route("/messages/{id}", get(messages::show).put(messages::update).delete(messages::delete))
        .merge(around_messages())
        .route("/files/upload-url", post(uploads::announce))
        .route("/conversations", get(conversations::list))
        .route("/threads", get(threads::list))
        .route("/blockedusers", get(blocks::list).post(blocks::add).delete(blocks::remove))
        .route("/users/{uid}/blockedusers", get(blocks::list_for).post(blocks::add_for).delete(blocks::remove_for))
        .method_not_allowed_fallback(unknown_endpoint)
}

fn around_messages() -> Router<SharedCloud> {
    Router::new()
        .route("/messages/{id}/thread", get(messages::list_thread).post(messages::reply))
        .route("/messages/{id}/thread/subscription", post(threads::follow).delete(threads::unfollow))
        .route("/messages/{id}/reactions", get(reactions::list))
        .route(
            "/messages/{id}/reactions/{reaction}",
            get(reactions::list_one).post(reactions::add).delete(reactions::remove),
        )
        .route("/messages/{id}/pin", post(pins::pin).delete(pins::unpin))
        .route("/messages/{id}/save", post(pins::save).delete(pins::unsave))
        .route("/messages/{id}/flagged", post(pins::flag))
        .route("/messages/{id}/interacted", patch(interactions::mark))
}

/// What stands below a person and below a group alike.
fn conversation() -> Router<SharedCloud> {
    Router::new()
        .route("/messages", get(messages::list_with))
        .route("/threads", get(threads::list_with))
        .route("/conversation/pin", post(pins::pin_conversation).delete(pins::unpin_conversation))
        .route("/conversation", get(conversations::show).put(conversations::tag).delete(conversations::delete))
        .route("/conversation/read", post(conversations::mark_read).delete(conversations::mark_unread))
        .route("/conversation/delivered", post(conversations::mark_delivered))
}

fn groups() -> Router<SharedCloud> {
    Router::new()
        .route("/groups", get(groups::list).post(groups::create))
        .route("/groups/{guid}", get(groups::show).put(groups::update).delete(groups::delete))
        .route("/groups/{guid}/owner", patch(members::hand_over))
        .route(
            "/groups/{guid}/members",
            get(members::list).post(members::join_or_add).put(members::add).delete(members::leave),
        )
        .route("/groups/{guid}/members/{uid}", put(members::change_scope).delete(members::kick))
        .route("/groups/{guid}/bannedusers", get(members::list_banned))
        .route("/groups/{guid}/bannedusers/{uid}", post(members::ban).delete(members::unban))
}

/// Unknown paths and wrong methods alike, as in CometChat's error guide.
async fn unknown_endpoint() -> ApiError {
    ApiError::UnknownEndpoint
}

/// Takes a socket on any path: SDK 4.2.0 makes its address out of pieces that the settings give it.
async fn upgrade(
    State(cloud): State<SharedCloud>,
    address: Address,
    socket: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    request: Request,
    next: Next,
) -> Response {
    match socket {
        Ok(socket) => socket
            .max_message_size(FRAME)
            .max_frame_size(FRAME)
            .on_upgrade(move |socket| {
                let files = Hosts::of(&cloud.config, &address).files;
                connection::serve(cloud, socket, files)
            })
            .into_response(),
        Err(_) => next.run(request).await,
    }
}

/// Pages of other origins may call, as they may call the cloud. Nothing here rests on cookies.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS])
        // `*` would leave `authorization` out.
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(Any)
        .max_age(std::time::Duration::from_hours(1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]
    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered_in_json_that_a_foreign_page_may_read() {
        async fn panics() {
            panic!("a test")
        }
        let router = guarded(Router::<()>::new().route("/", get(panics)));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        let request = reqwest::Client::new().get(format!("http://{address}/")).header("origin", "http://page.example");
        let answer = request.send().await.unwrap();
        server.abort();
        assert_eq!(answer.status(), 500);
        assert_eq!(answer.headers()["access-control-allow-origin"], "*");
        assert_eq!(answer.json::<serde_json::Value>().await.unwrap()["error"]["code"], "ERR_OPERATION_FAILED");
    }
}
