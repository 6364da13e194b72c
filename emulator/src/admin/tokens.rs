//! Auth tokens: what a backend mints for its users' browsers, and takes back. A revoked token's sockets close at once. As
//! the cloud does, it finds no token of a deactivated user: they lie there until the user is active again.

use std::sync::Arc;

use axum::extract::State;
use serde_json::{Value, json};

use crate::{
    chat::actor::active,
    cloud::{SharedCloud, to_the_end},
    error::ApiError,
    render::{list::Data, token::token},
    request::{body::Body, caller::Admin, path::Path},
    socket::presence,
    store::tokens,
    uid::Uid,
};

/// `POST /users/{uid}/auth_tokens`. Every call mints: the cloud may hand back an older token without `force`, which no
/// client can rely on.
pub(crate) async fn create(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path(uid): Path<String>,
    _body: Body,
) -> Result<Data, ApiError> {
    let uid = Uid::named(&uid);
    let cloud = Arc::clone(&cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        active(turn.connection(), &uid).await?;
        let (row, pushed_out) = tokens::mint(turn.connection(), &uid, cloud.clock.now()).await?;
        if !pushed_out.is_empty() {
            presence::note(turn.connection(), &cloud.hub, &uid).await?;
        }
        let _committed = turn.commit().await?;
        for old in pushed_out {
            cloud.hub.close_token(uid.as_str(), &old);
        }
        tracing::info!(%uid, "auth token created");
        Ok(Data(token(&row)))
    })
    .await
}

/// `GET /users/{uid}/auth_tokens`, newest first.
pub(crate) async fn list(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path(uid): Path<String>,
) -> Result<Data, ApiError> {
    let uid = Uid::named(&uid);
    let mut connection = cloud.store.read().await?;
    active(&mut connection, &uid).await?;
    let rows = tokens::list(&mut connection, &uid).await?;
    Ok(Data(rows.iter().map(token).collect()))
}

/// `GET /users/{uid}/auth_tokens/{token}`.
pub(crate) async fn show(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path((uid, text)): Path<(String, String)>,
) -> Result<Data, ApiError> {
    let uid = Uid::named(&uid);
    let mut connection = cloud.store.read().await?;
    active(&mut connection, &uid).await?;
    let row = tokens::find(&mut connection, &uid, &text).await?.ok_or(ApiError::AuthTokenNotFound)?;
    Ok(Data(token(&row)))
}

/// `PUT /users/{uid}/auth_tokens/{token}`: which device it serves.
pub(crate) async fn update(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path((uid, text)): Path<(String, String)>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let uid = Uid::named(&uid);
    let mut turn = cloud.store.write().await?;
    active(turn.connection(), &uid).await?;
    let mut row = tokens::find(turn.connection(), &uid, &text).await?.ok_or(ApiError::AuthTokenNotFound)?;
    for (field, place) in [("platform", &mut row.platform), ("userAgent", &mut row.user_agent)] {
        match body.get(field) {
            None => {}
            Some(Value::String(text)) if text.chars().count() <= 500 => *place = Some(text.clone()),
            Some(_) => {
                return Err(ApiError::field(field, format!("The {field} must be a string of up to 500 characters.")));
            }
        }
    }
    if let Some(app_info) = body.get("appInfo") {
        row.app_info = Some(app_info.to_string());
    }
    tokens::describe(turn.connection(), &row).await?;
    turn.commit().await?;
    Ok(Data(token(&row)))
}

/// `DELETE /users/{uid}/auth_tokens/{token}`.
pub(crate) async fn delete(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path((uid, text)): Path<(String, String)>,
) -> Result<Data, ApiError> {
    let uid = Uid::named(&uid);
    {
        let mut connection = cloud.store.read().await?;
        active(&mut connection, &uid).await?;
    }
    if !revoke(&cloud, &uid, &text).await? {
        return Err(ApiError::AuthTokenNotFound);
    }
    Ok(Data(json!({ "success": true, "message": format!("Auth token deleted successfully for uid {uid}.") })))
}

/// Takes a token back and ends its sockets; whether there was one.
pub(crate) async fn revoke(cloud: &SharedCloud, uid: &Uid, token: &str) -> Result<bool, ApiError> {
    let (cloud, uid, token) = (Arc::clone(cloud), uid.clone(), token.to_owned());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        if !tokens::delete(turn.connection(), &uid, &token).await? {
            return Ok(false);
        }
        presence::note(turn.connection(), &cloud.hub, &uid).await?;
        let _committed = turn.commit().await?;
        cloud.hub.close_token(uid.as_str(), &token);
        tracing::info!(%uid, "auth token deleted");
        Ok(true)
    })
    .await
}

/// `DELETE /users/{uid}/auth_tokens`: all of them.
pub(crate) async fn flush(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path(uid): Path<String>,
) -> Result<Data, ApiError> {
    let uid = Uid::named(&uid);
    let cloud = Arc::clone(&cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        active(turn.connection(), &uid).await?;
        tokens::delete_all(turn.connection(), &uid).await?;
        presence::note(turn.connection(), &cloud.hub, &uid).await?;
        let _committed = turn.commit().await?;
        cloud.hub.close_user(uid.as_str());
        tracing::info!(%uid, "auth tokens deleted");
        Ok(Data(json!({ "success": true, "message": format!("Cleared Auth Tokens successfully for uid {uid}.") })))
    })
    .await
}
