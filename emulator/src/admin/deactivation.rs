//! Deactivation: a deactivated user is not found by anybody, cannot log in, and still owns its uid.

use std::sync::Arc;

use axum::extract::State;
use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use crate::{
    cloud::{SharedCloud, to_the_end},
    error::ApiError,
    render::list::Data,
    request::{body::Body, caller::Admin},
    socket::presence,
    store::users::{self, UserRow},
    uid::Uid,
};

/// `DELETE /users` with `uidsToDeactivate`.
pub(crate) async fn deactivate_many(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Body(body): Body,
) -> Result<Data, ApiError> {
    deactivate_all(&cloud, &body).await
}

/// Deactivates those whom `uidsToDeactivate` names, and ends their sockets.
pub(crate) async fn deactivate_all(cloud: &SharedCloud, body: &Map<String, Value>) -> Result<Data, ApiError> {
    let uids = uids(body, "uidsToDeactivate")?;
    let cloud = Arc::clone(cloud);
    to_the_end(async move {
        let (mut done, mut already, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        let mut turn = cloud.store.write().await?;
        for uid in &uids {
            match users::find(turn.connection(), uid).await? {
                Some(mut user) if user.deactivated_at.is_none() => {
                    deactivate(turn.connection(), &mut user, cloud.clock.now()).await?;
                    presence::note(turn.connection(), &cloud.hub, uid).await?;
                    done.push(uid.as_str());
                }
                Some(_) => already.push(uid.as_str()),
                None => unknown.push(uid.as_str()),
            }
        }
        let _committed = turn.commit().await?;
        for uid in &done {
            cloud.hub.close_user(uid);
        }
        Ok(Data(json!({ "deactivatedUids": done, "alreadyDeactivatedUids": already, "notFound": unknown })))
    })
    .await
}

/// `PUT /users` with `uidsToActivate`.
pub(crate) async fn reactivate_many(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Body(body): Body,
) -> Result<Data, ApiError> {
    reactivate_all(&cloud, &body).await
}

/// Brings back those whom `uidsToActivate` names.
pub(crate) async fn reactivate_all(cloud: &SharedCloud, body: &Map<String, Value>) -> Result<Data, ApiError> {
    let uids = uids(body, "uidsToActivate")?;
    let (mut done, mut active, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    let mut turn = cloud.store.write().await?;
    for uid in &uids {
        match users::find(turn.connection(), uid).await? {
            Some(mut user) if user.deactivated_at.is_some() => {
                user.deactivated_at = None;
                user.updated_at = Some(cloud.clock.now());
                users::save(turn.connection(), &user).await?;
                done.push(uid.as_str());
            }
            Some(_) => active.push(uid.as_str()),
            None => unknown.push(uid.as_str()),
        }
    }
    turn.commit().await?;
    Ok(Data(json!({ "reactivatedUids": done, "nonDeactivatedUids": active, "notFound": unknown })))
}

pub(crate) async fn deactivate(
    connection: &mut SqliteConnection,
    user: &mut UserRow,
    now: i64,
) -> Result<(), sqlx::Error> {
    user.deactivated_at = Some(now);
    users::save(connection, user).await
}

fn uids(body: &Map<String, Value>, field: &str) -> Result<Vec<Uid>, ApiError> {
    let uids: Option<Vec<Uid>> = body
        .get(field)
        .and_then(Value::as_array)
        .filter(|list| !list.is_empty())
        .and_then(|list| list.iter().map(|uid| uid.as_str().map(Uid::named)).collect());
    uids.ok_or_else(|| ApiError::field(field, format!("The {field} field must be an array of uids.")))
}
