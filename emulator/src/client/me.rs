//! Logging in, oneself, logging out.

use axum::{Json, extract::State, response::IntoResponse};
use serde_json::{Value, json};

use crate::{
    chat::profile,
    cloud::{Cloud, SharedCloud, to_the_end},
    error::ApiError,
    render::{list::Data, people},
    request::{address::Address, body::Body, caller::Login},
    settings,
    socket::presence,
    store::{tokens, users},
};

/// `GET /me`: a refreshed log-in.
pub(crate) async fn show(State(cloud): State<SharedCloud>, address: Address, login: Login) -> Result<Data, ApiError> {
    let mut connection = cloud.store.read().await?;
    let user = users::find_active(&mut connection, &login.uid).await?.ok_or(ApiError::LoginGone)?;
    Ok(Data(me(&cloud, &address, &login, &user)))
}

/// `PUT /me`: logs in, and changes what the body says of the person. Neither role nor uid can be changed here.
pub(crate) async fn update(
    State(cloud): State<SharedCloud>,
    address: Address,
    mut login: Login,
    Body(body): Body,
) -> Result<Data, ApiError> {
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        // Again: the body may have been long on its way.
        tokens::find_live(turn.connection(), &login.token.token).await?.ok_or(ApiError::LoginGone)?;
        let mut user = users::find_active(turn.connection(), &login.uid).await?.ok_or(ApiError::LoginGone)?;
        let before = user.clone();
        profile::apply(&mut user, &body)?;
        let changed = user != before;
        if changed {
            user.updated_at = Some(cloud.clock.now());
            users::save(turn.connection(), &user).await?;
        }
        if let Some(platform) = body.get("platform").and_then(Value::as_str) {
            let app_info = body.get("appInfo");
            login.token.platform = Some(platform.chars().take(100).collect());
            login.token.user_agent =
                app_info.and_then(|info| info["userAgent"].as_str()).map(|text| text.chars().take(500).collect());
            login.token.app_info = app_info.map(Value::to_string).filter(|info| info.len() <= 2_000);
            tokens::describe(turn.connection(), &login.token).await?;
        }
        let _committed = turn.commit().await?;
        if changed {
            cloud.hub.user_changed(&user);
        }
        Ok(Data(me(&cloud, &address, &login, &user)))
    })
    .await
}

/// `DELETE /me`: logs out. The token is gone for good, and with it its sockets.
pub(crate) async fn delete(State(cloud): State<SharedCloud>, login: Login) -> Result<Data, ApiError> {
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        tokens::delete(turn.connection(), &login.uid, &login.token.token).await?;
        presence::note(turn.connection(), &cloud.hub, &login.uid).await?;
        let _committed = turn.commit().await?;
        cloud.hub.close_token(login.uid.as_str(), &login.token.token);
        Ok(Data(json!({ "success": true, "message": "User logged out successfully." })))
    })
    .await
}

/// `POST /me/jwt`.
pub(crate) async fn jwt(login: Login) -> Data {
    Data(json!({ "jwt": login.token.jwt }))
}

/// `GET /settings`.
pub(crate) async fn show_settings(
    State(cloud): State<SharedCloud>,
    address: Address,
    _login: Login,
) -> impl IntoResponse {
    Json(json!({ "data": settings::settings(&cloud.config, &address) }))
}

fn me(cloud: &Cloud, address: &Address, login: &Login, user: &users::UserRow) -> Value {
    let mut me = people::user(user, true);
    // SDK 4.2.0 logs in a second time where the token is missing.
    me["authToken"] = json!(login.token.token);
    me["jwt"] = json!(login.token.jwt);
    me["wsChannel"] = json!({ "identity": format!("[{}]{}", cloud.config.app_id, user.uid) });
    me["settings"] = settings::settings(&cloud.config, address);
    me
}
