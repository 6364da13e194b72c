//! Accounts: register, log in, log out, the profile, the password, and who is signed in.
//!
//! Forms of a page have an address beside the page's own, not under `/api/`: without JavaScript the browser shows their
//! answer there, and it is that page.

use leptos::server;

use super::{ApiError, codec::OptionalJson};
use crate::{
    model::{form::FormReply, viewer::Viewer},
    server::accounts::{deletion, forms, log_in, profile, register},
};

/// Makes an account and signs its person in.
#[server(endpoint = "/register", prefix = "", output = OptionalJson)]
pub async fn register(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] avatar: String,
    #[server(default)] next: String,
) -> Result<FormReply, ApiError> {
    register::submit(register::Form { name, email, password: password.into(), avatar, next }).await
}

/// Signs somebody in.
#[server(endpoint = "/login", prefix = "", output = OptionalJson)]
pub async fn log_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<FormReply, ApiError> {
    log_in::submit(log_in::Form { email, password: password.into(), next }).await
}

/// Ends this session.
#[server(endpoint = "/logout", prefix = "/api", output = OptionalJson)]
pub async fn log_out() -> Result<FormReply, ApiError> {
    log_in::log_out().await
}

/// Ends every session of the person, this one too.
#[server(endpoint = "/sign-out-everywhere", prefix = "/api", output = OptionalJson)]
pub async fn sign_out_everywhere() -> Result<FormReply, ApiError> {
    log_in::sign_out_everywhere().await
}

/// Changes name and picture.
#[server(endpoint = "/account/profile", prefix = "", output = OptionalJson)]
pub async fn change_profile(
    #[server(default)] name: String,
    #[server(default)] avatar: String,
) -> Result<FormReply, ApiError> {
    profile::change(name, avatar).await
}

/// Changes the password and ends the person's other sessions.
#[server(endpoint = "/account/password", prefix = "", output = OptionalJson)]
pub async fn change_password(
    #[server(default)] current_password: String,
    #[server(default)] new_password: String,
) -> Result<FormReply, ApiError> {
    profile::change_password(current_password.into(), new_password.into()).await
}

/// Deletes the account.
#[server(endpoint = "/account/delete", prefix = "", output = OptionalJson)]
pub async fn delete_account(#[server(default)] password: String) -> Result<FormReply, ApiError> {
    deletion::submit(password.into()).await
}

/// Who is signed in, straight from the session: the widget asks when it doubts its login.
#[allow(clippy::unused_async, reason = "the macro wants an async function")]
#[server(endpoint = "/session", prefix = "/api", output = OptionalJson)]
pub async fn current_viewer() -> Result<Option<Viewer>, ApiError> {
    Ok(forms::current_session().map(|session| session.viewer()))
}
