//! Friends: who they are is the app's own business, and it says so here.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use crate::{
    chat::actor::active,
    cloud::{Cloud, SharedCloud, to_the_end},
    error::ApiError,
    render::{list::Data, people},
    request::{body::Body, caller::Admin, parameters::Parameters, path::Path},
    store::{
        friends,
        users::{self, UserFilter},
    },
    uid::Uid,
};

/// The cloud's limit for one call.
const AT_ONCE: usize = 25;

/// `POST /users/{uid}/friends` with `accepted`: each succeeds or fails by itself. `addToConversations` is not looked at.
pub(crate) async fn add(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path(uid): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let uid = Uid::named(&uid);
    let others = uids(&body, "accepted")?;
    let cloud = Arc::clone(&cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        active(turn.connection(), &uid).await?;
        let mut outcome = Map::new();
        let mut made = Vec::new();
        for other in others {
            let one = match befriend(turn.connection(), &cloud, &uid, &other).await {
                Ok(()) => {
                    made.push(other.clone());
                    json!({ "success": true, "message": "Created relationship with status accepted." })
                }
                Err(ApiError::Internal(cause)) => return Err(ApiError::Internal(cause)),
                Err(refusal) => json!({ "success": false, "error": refusal.body() }),
            };
            outcome.insert(other.to_string(), one);
        }
        let _committed = turn.commit().await?;
        for other in made {
            cloud.hub.befriend(&uid, &other, true);
        }
        Ok(Data(json!({ "accepted": outcome })))
    })
    .await
}

/// `GET /users/{uid}/friends`, by name.
pub(crate) async fn list(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path(uid): Path<String>,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    let uid = Uid::named(&uid);
    let page = parameters.page(100, 1_000)?;
    let filter = UserFilter {
        friends_of: Some(uid.clone()),
        search: parameters.search(),
        search_name: true,
        search_uid: true,
        ..UserFilter::default()
    };
    let mut connection = cloud.store.read().await?;
    active(&mut connection, &uid).await?;
    let total = users::count(&mut connection, &filter).await?;
    let rows = users::list(&mut connection, &filter, page.size, page.offset()).await?;
    let rendered = rows.iter().map(|row| {
        let mut person = people::user(row, cloud.hub.is_online(&row.uid));
        person["conversationId"] = json!(uid.conversation_with(&Uid::named(&row.uid)));
        person
    });
    let changed = rows.iter().map(|row| row.updated_at.unwrap_or(row.created_at)).max();
    Ok(page.answer_with_cursor(rendered.collect(), total, changed))
}

/// `DELETE /users/{uid}/friends` with `friends`. Who was none is no failure.
pub(crate) async fn remove(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path(uid): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let uid = Uid::named(&uid);
    let others = uids(&body, "friends")?;
    let cloud = Arc::clone(&cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        active(turn.connection(), &uid).await?;
        for other in &others {
            friends::remove(turn.connection(), &uid, other).await?;
        }
        let _committed = turn.commit().await?;
        for other in &others {
            cloud.hub.befriend(&uid, other, false);
        }
        Ok(Data(json!({ "success": true, "message": "Deleted the friend relations successfully." })))
    })
    .await
}

async fn befriend(connection: &mut SqliteConnection, cloud: &Cloud, uid: &Uid, other: &Uid) -> Result<(), ApiError> {
    if uid == other {
        return Err(ApiError::field("accepted", "Nobody is a friend of itself."));
    }
    active(connection, other).await?;
    let most = cloud.config.limits.friends_per_user;
    for (one, new) in [(uid, other), (other, uid)] {
        let known = friends::of(connection, one).await?;
        if known.len() >= most && !known.iter().any(|friend| friend == new.as_str()) {
            return Err(ApiError::field("accepted", format!("A user may have up to {most} friends.")));
        }
    }
    Ok(friends::add(connection, uid, other, cloud.clock.now()).await?)
}

fn uids(body: &Map<String, Value>, field: &str) -> Result<Vec<Uid>, ApiError> {
    body.get(field)
        .and_then(Value::as_array)
        .filter(|list| !list.is_empty() && list.len() <= AT_ONCE)
        .and_then(|list| list.iter().map(|uid| uid.as_str().map(Uid::named)).collect())
        .ok_or_else(|| ApiError::field(field, format!("The {field} field must be an array of 1 to {AT_ONCE} uids.")))
}
