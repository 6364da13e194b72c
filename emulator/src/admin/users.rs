//! Users: create, update, erase. The list and the look at one are shared with the client API.

use std::sync::Arc;

use axum::extract::State;
use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use super::deactivation;
use crate::{
    chat::{actor::active, profile},
    cloud::{Event, SharedCloud, to_the_end},
    error::{ApiError, Details},
    render::{list::Data, people},
    request::{
        body::{Body, UserBody},
        caller::Admin,
        path::Path,
    },
    socket::presence,
    store::{
        tokens,
        users::{self, UserRow},
    },
    uid::Uid,
};

/// `POST /users`, with a first auth token where `withAuthToken` asks for one.
pub(crate) async fn create(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    UserBody(body): UserBody,
) -> Result<Data, ApiError> {
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let (uid, rendered) = add(turn.connection(), &body, cloud.clock.now()).await?;
        drop(turn.commit().await?);
        tracing::info!(%uid, "user created");
        cloud.tell(Event::UserCreated(uid));
        Ok(Data(rendered))
    })
    .await
}

/// Makes the user that the body describes, and answers it as it is shown.
pub(crate) async fn add(
    connection: &mut SqliteConnection,
    body: &Map<String, Value>,
    now: i64,
) -> Result<(Uid, Value), ApiError> {
    let user = parse(body, now)?;
    let uid = Uid::named(&user.uid);
    if users::find(connection, &uid).await?.is_some() {
        return Err(ApiError::UidAlreadyExists(user.uid));
    }
    users::save(connection, &user).await?;
    let mut rendered = people::user(&user, false);
    if truthy(body.get("withAuthToken")) {
        rendered["authToken"] = json!(tokens::mint(connection, &uid, now).await?.0.token);
    }
    Ok((uid, rendered))
}

/// `PUT /users/{uid}`: changes what the body names, and forgets what `unset` names.
pub(crate) async fn update(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path(uid): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let cloud = Arc::clone(&cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let mut user = active(turn.connection(), &Uid::named(&uid)).await?;
        profile::apply(&mut user, &body)?;
        if let Some(role) = profile::role(body.get("role"))? {
            user.role = role;
        }
        for field in body.get("unset").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            match field {
                "avatar" => user.avatar = None,
                "link" => user.link = None,
                "metadata" => user.metadata = None,
                "statusMessage" => user.status_message = None,
                "tags" => user.tags = "[]".into(),
                _ => return Err(ApiError::field("unset", format!("The field {field:?} cannot be unset."))),
            }
        }
        user.updated_at = Some(cloud.clock.now());
        users::save(turn.connection(), &user).await?;
        let _committed = turn.commit().await?;
        cloud.hub.user_changed(&user);
        Ok(Data(people::user(&user, cloud.hub.is_online(&user.uid))))
    })
    .await
}

/// `DELETE /users/{uid}`: deactivates, or with `permanent` erases the user and all that was said with it.
pub(crate) async fn delete(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path(uid): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let uid = Uid::named(&uid);
    let permanent = truthy(body.get("permanent"));
    let cloud = Arc::clone(&cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        if permanent {
            // Also a deactivated one: there is no other way to free its uid.
            users::find(turn.connection(), &uid).await?.ok_or_else(|| ApiError::UidNotFound(uid.to_string()))?;
            users::erase(turn.connection(), &uid).await?;
        } else {
            let mut user = active(turn.connection(), &uid).await?;
            deactivation::deactivate(turn.connection(), &mut user, cloud.clock.now()).await?;
            presence::note(turn.connection(), &cloud.hub, &uid).await?;
        }
        let _committed = turn.commit().await?;
        cloud.hub.close_user(uid.as_str());
        tracing::info!(%uid, permanent, "user deleted");
        if permanent {
            return Ok(Data(
                json!({ "success": true, "message": format!("User with UID {uid} has been deleted successfully.") }),
            ));
        }
        Ok(Data(json!({ "success": true, "deactivatedUids": [uid.as_str()] })))
    })
    .await
}

fn parse(body: &Map<String, Value>, now: i64) -> Result<UserRow, ApiError> {
    let mut missing = Details::new();
    for field in ["uid", "name"] {
        if body.get(field).and_then(Value::as_str).is_none_or(|text| text.trim().is_empty()) {
            missing.insert(field.into(), vec![format!("The {field} field is required.")]);
        }
    }
    if !missing.is_empty() {
        return Err(ApiError::BadRequest(missing));
    }
    let uid = Uid::create(body.get("uid").and_then(Value::as_str).unwrap_or_default())?;
    let mut user = UserRow {
        uid: uid.to_string(),
        role: profile::role(body.get("role"))?.unwrap_or_else(|| "default".into()),
        tags: "[]".into(),
        created_at: now,
        ..UserRow::default()
    };
    profile::apply(&mut user, body)?;
    Ok(user)
}

fn truthy(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::Number(number)) => number.as_i64() == Some(1),
        Some(Value::String(text)) => matches!(text.as_str(), "1" | "true"),
        _ => false,
    }
}
