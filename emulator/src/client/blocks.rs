//! Whom one has blocked, and by whom one is blocked; also for an admin, of somebody.

use axum::{extract::State, response::Response};
use serde_json::{Map, Value};

use crate::{
    chat::{
        actor::{Actor, Right, active},
        block,
    },
    cloud::SharedCloud,
    error::ApiError,
    peer::Peer,
    render::{entities::Entities, list::Data},
    request::{body::Body, caller::Admin, parameters::Parameters, path::Path},
    store::blocks::{self, Direction},
    uid::Uid,
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
    Actor { uid: Uid::named(uid), device: "rest-api".into(), right: Right::Trusted }
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
    turn.commit().await?;
    Ok(Data(outcome))
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
