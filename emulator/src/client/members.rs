//! The members of a group and who is banned from it: come, go, add, remove, change, hand over.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use serde_json::{Map, Value, json};

use super::groups::viewer;
use crate::{
    chat::{
        actor::Initiator,
        admission::{self, Newcomers},
        fan_out, group,
        membership::{self, Removal},
        scope::Scope,
    },
    cloud::{SharedCloud, to_the_end},
    error::ApiError,
    guid::Guid,
    peer::Peer,
    render::{entities::Entities, groups as render, list::Data},
    request::{body::Body, caller::Caller, parameters::Parameters, path::Path},
    store::{
        bans,
        members::{self, MemberFilter},
        users::Presence,
    },
    uid::Uid,
};

/// `GET /groups/{guid}/members`: admins, moderators, participants, each by name. For who is in the group.
pub(crate) async fn list(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path(guid): Path<String>,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    let (initiator, guid) = (Initiator::from(caller), Guid::named(&guid));
    let page = parameters.page(30, 1_000)?;
    let presence = match parameters.text("status") {
        None => None,
        Some("available" | "online") => Some(Presence { online: true, uids_online: cloud.hub.online() }),
        Some("offline") => Some(Presence { online: false, uids_online: cloud.hub.online() }),
        Some(_) => return Err(ApiError::field("status", "The status must be available or offline.")),
    };
    let filter = MemberFilter { scopes: parameters.list("scopes"), search: parameters.search(), presence };
    let mut connection = cloud.store.read().await?;
    group::entered(&mut connection, &initiator, &guid).await?;
    let total = members::count(&mut connection, &guid, &filter).await?;
    let rows = members::list(&mut connection, &guid, &filter, page.size, page.offset()).await?;
    let named = rows.iter().map(|row| Peer::of("user", &row.uid));
    let entities = Entities::load(&mut connection, &cloud.hub, &Uid::named(viewer(&initiator)), named).await?;
    Ok(page.answer(rows.iter().map(|row| render::member(entities.user(&row.uid), row)).collect(), total))
}

/// `POST /groups/{guid}/members`: a user joins; with the lists of the admin API, or by an admin, others are added.
pub(crate) async fn join_or_add(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path(guid): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    match Initiator::from(caller) {
        Initiator::Person(actor) if !Newcomers::are_named(&body) => {
            let password = body.get("password").and_then(Value::as_str).map(ToOwned::to_owned);
            Ok(Data(membership::join(&cloud, &actor, &Guid::named(&guid), password).await?))
        }
        initiator => admit(&cloud, initiator, &guid, &body).await,
    }
}

/// `PUT /groups/{guid}/members`: adds others, and bans some.
pub(crate) async fn add(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path(guid): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    admit(&cloud, Initiator::from(caller), &guid, &body).await
}

async fn admit(
    cloud: &SharedCloud,
    initiator: Initiator,
    guid: &str,
    body: &Map<String, Value>,
) -> Result<Data, ApiError> {
    let guid = Guid::named(guid);
    let newcomers = Newcomers::parse(body)?;
    if newcomers.is_empty() {
        return Err(ApiError::field("participants", "Somebody to add is required."));
    }
    let cloud = Arc::clone(cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        initiator.check(connection).await?;
        let (row, own) = group::entered(connection, &initiator, &guid).await?;
        own.administers()?;
        let (outcome, frames) = admission::admit(connection, &cloud, &initiator, &row, own, newcomers).await?;
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, frames, &committed);
        Ok(Data(outcome))
    })
    .await
}

/// `DELETE /groups/{guid}/members`: leaves.
pub(crate) async fn leave(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path(guid): Path<String>,
) -> Result<Data, ApiError> {
    let Initiator::Person(actor) = Initiator::from(caller) else {
        return Err(ApiError::field("onBehalfOf", "The onBehalfOf header is required."));
    };
    membership::leave(&cloud, &actor, &Guid::named(&guid)).await?;
    Ok(done(format!("{} has left the group {guid}.", actor.uid)))
}

/// `DELETE /groups/{guid}/members/{uid}`: kicks.
pub(crate) async fn kick(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path((guid, uid)): Path<(String, String)>,
) -> Result<Data, ApiError> {
    let initiator = Initiator::from(caller);
    membership::remove(&cloud, initiator, &Guid::named(&guid), &Uid::named(&uid), Removal::Kick).await?;
    Ok(done(format!("{uid} has been kicked from the group {guid}.")))
}

/// `PUT /groups/{guid}/members/{uid}`: another scope.
pub(crate) async fn change_scope(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path((guid, uid)): Path<(String, String)>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let scope = body
        .get("scope")
        .and_then(Value::as_str)
        .and_then(Scope::parse)
        .ok_or_else(|| ApiError::field("scope", "The scope must be admin, moderator or participant."))?;
    let initiator = Initiator::from(caller);
    membership::change_scope(&cloud, initiator, &Guid::named(&guid), &Uid::named(&uid), scope).await?;
    Ok(done(format!("The scope of {uid} in the group {guid} is {} now.", scope.word())))
}

/// `GET /groups/{guid}/bannedusers`, by name. For admins and moderators.
pub(crate) async fn list_banned(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path(guid): Path<String>,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    let (initiator, guid) = (Initiator::from(caller), Guid::named(&guid));
    let page = parameters.page(30, 1_000)?;
    let mut connection = cloud.store.read().await?;
    let (_, own) = group::entered(&mut connection, &initiator, &guid).await?;
    own.moderates()?;
    let search = parameters.search();
    let (rows, total) = bans::list(&mut connection, &guid, search.as_deref(), page.size, page.offset()).await?;
    let named = rows.iter().map(|row| Peer::of("user", &row.uid));
    let entities = Entities::load(&mut connection, &cloud.hub, &Uid::named(viewer(&initiator)), named).await?;
    let rendered = rows.iter().map(|row| {
        let mut person = entities.user(&row.uid);
        person["bannedAt"] = json!(row.banned_at);
        person
    });
    Ok(page.answer(rendered.collect(), total))
}

/// `POST /groups/{guid}/bannedusers/{uid}`.
pub(crate) async fn ban(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path((guid, uid)): Path<(String, String)>,
) -> Result<Data, ApiError> {
    let initiator = Initiator::from(caller);
    membership::remove(&cloud, initiator, &Guid::named(&guid), &Uid::named(&uid), Removal::Ban).await?;
    Ok(done(format!("{uid} has been banned from the group {guid}.")))
}

/// `DELETE /groups/{guid}/bannedusers/{uid}`.
pub(crate) async fn unban(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path((guid, uid)): Path<(String, String)>,
) -> Result<Data, ApiError> {
    membership::unban(&cloud, Initiator::from(caller), &Guid::named(&guid), &Uid::named(&uid)).await?;
    Ok(done(format!("{uid} has been unbanned from the group {guid}.")))
}

/// `PATCH /groups/{guid}/owner`: the group changes hands.
pub(crate) async fn hand_over(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path(guid): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let owner = body
        .get("owner")
        .and_then(Value::as_str)
        .filter(|uid| !uid.is_empty())
        .ok_or_else(|| ApiError::field("owner", "The owner field is required."))?;
    membership::hand_over(&cloud, Initiator::from(caller), &Guid::named(&guid), &Uid::named(owner)).await?;
    Ok(done(format!("Ownership of the group {guid} has been transferred to {owner}.")))
}

fn done(message: String) -> Data {
    Data(json!({ "success": true, "message": message }))
}
