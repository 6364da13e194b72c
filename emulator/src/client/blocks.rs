//! Whom one has blocked, and by whom one is blocked; also for an admin, of somebody.

use axum::{extract::State, response::Response};
use serde_json::{Map, Value};
use sqlx::SqliteConnection;

use crate::{
    chat::{
        actor::{Actor, Right, active},
        block,
        fan_out::{self, Notice},
    },
    cloud::{Cloud, SharedCloud},
    error::ApiError,
    peer::Peer,
    render::{entities::Entities, list::Data},
    request::{body::Body, caller::Admin, parameters::Parameters, path::Path},
    store::blocks::{self, Direction},
    uid::Uid,
    webhook::event::Event,
};

/// `POST /blockedusers`.
pub(crate) async fn add(State(cloud): State<SharedCloud>, viewer: Actor, Body(body): Body) -> Result<Data, ApiError> {
    change(&cloud, &viewer, &body, true).await
}

/// `DELETE /blockedusers`.
pub(crate) async fn remove(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Body(body): Body,
) -> Result<Data, ApiError> {
    change(&cloud, &viewer, &body, false).await
}

/// `GET /blockedusers`, by name.
pub(crate) async fn list(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    answer(&cloud, &viewer.uid, &parameters).await
}

/// `POST /users/{uid}/blockedusers`.
pub(crate) async fn add_for(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path(uid): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    change(&cloud, &trusted(&uid), &body, true).await
}

/// `DELETE /users/{uid}/blockedusers`.
pub(crate) async fn remove_for(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path(uid): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    change(&cloud, &trusted(&uid), &body, false).await
}

/// `GET /users/{uid}/blockedusers`.
pub(crate) async fn list_for(
    State(cloud): State<SharedCloud>,
    _admin: Admin,
    Path(uid): Path<String>,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    let uid = Uid::named(&uid);
    {
        let mut connection = cloud.store.read().await?;
        active(&mut connection, &uid).await?;
    }
    answer(&cloud, &uid, &parameters).await
}

fn trusted(uid: &str) -> Actor {
    Actor { uid: Uid::named(uid), device: "rest-api".into(), right: Right::Trusted, files: String::new() }
}

async fn change(cloud: &SharedCloud, viewer: &Actor, body: &Map<String, Value>, block: bool) -> Result<Data, ApiError> {
    let others: Option<Vec<Uid>> = body
        .get("blockedUids")
        .and_then(Value::as_array)
        .filter(|list| !list.is_empty() && list.len() <= 100)
        .and_then(|list| list.iter().map(|uid| uid.as_str().map(Uid::named)).collect());
    let others = others
        .ok_or_else(|| ApiError::field("blockedUids", "The blockedUids field must be an array of 1 to 100 uids."))?;
    let mut turn = cloud.store.write().await?;
    viewer.check(turn.connection()).await?;
    let outcome = block::change(turn.connection(), &viewer.uid, &others, block, cloud.clock.now()).await?;
    // Let go by one side, they are still apart where the other has blocked, too.
    let (blocked, blocked_by) = blocks::around(turn.connection(), &viewer.uid).await?;
    let apart: Vec<Uid> = blocked.iter().chain(&blocked_by).map(|uid| Uid::named(uid)).collect();
    let told = event(turn.connection(), cloud, viewer, &outcome, block).await?;
    let committed = turn.commit().await?;
    fan_out::tell(cloud, told.into_iter().collect(), &committed);
    for other in &others {
        cloud.hub.part(&viewer.uid, other, apart.contains(other));
    }
    Ok(Data(outcome))
}

/// What webhooks hear of those with whom it succeeded.
async fn event(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    viewer: &Actor,
    outcome: &Value,
    block: bool,
) -> Result<Option<Notice>, ApiError> {
    let done: Vec<&String> = outcome
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, outcome)| outcome["success"] == true)
        .map(|(uid, _)| uid)
        .collect();
    if cloud.webhooks.is_none() || done.is_empty() {
        return Ok(None);
    }
    let named = done.iter().map(|uid| Peer::of("user", uid)).chain([Peer::User(viewer.uid.clone())]);
    let entities = Entities::load(connection, &cloud.hub, &viewer.uid, named).await?;
    let users = done.iter().map(|uid| ((*uid).clone(), entities.user(uid))).collect();
    Ok(Some(Notice::Event(Event::blocked(&entities.user(viewer.uid.as_str()), users, block))))
}

async fn answer(cloud: &SharedCloud, uid: &Uid, parameters: &Parameters) -> Result<Response, ApiError> {
    let direction = match parameters.text("direction") {
        Some("blockedByMe") => Direction { by_me: true, by_them: false },
        Some("hasBlockedMe") => Direction { by_me: false, by_them: true },
        None | Some("both") => Direction { by_me: true, by_them: true },
        Some(_) => {
            return Err(ApiError::field("direction", "The direction must be blockedByMe, hasBlockedMe or both."));
        }
    };
    let page = parameters.page(30, 100)?;
    let search = parameters.search();
    let mut connection = cloud.store.read().await?;
    let (rows, total) =
        blocks::list(&mut connection, uid, direction, search.as_deref(), page.size, page.offset()).await?;
    let named = rows.iter().map(|row| Peer::of("user", &row.uid));
    let entities = Entities::load(&mut connection, &cloud.hub, uid, named).await?;
    Ok(page.answer(rows.iter().map(|row| entities.user(&row.uid)).collect(), total))
}
