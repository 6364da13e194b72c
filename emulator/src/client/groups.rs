//! Groups: make one, look at it, change it, delete it, list them. A user acts by its scope, an admin by its key.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use crate::{
    chat::{
        actor::{Initiator, active},
        admission::{self, Newcomers},
        fan_out::{self, Notice},
        group,
        group_event::{self, Change},
        scope::Scope,
    },
    cloud::{Cloud, SharedCloud, to_the_end},
    error::{ApiError, Details},
    guid::Guid,
    render::{groups as render, list::Data},
    request::{
        body::{Body, UserBody},
        caller::Caller,
        parameters::Parameters,
        path::Path,
    },
    store::{
        groups::{self, GroupFilter, GroupRow},
        members::{self, MemberRow},
    },
    uid::Uid,
};

/// `POST /groups`, with members where the body names some. Its owner is who makes it; an admin may name another.
pub(crate) async fn create(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    UserBody(body): UserBody,
) -> Result<Data, ApiError> {
    let initiator = Initiator::from(caller);
    let cloud = Arc::clone(&cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        initiator.check(turn.connection()).await?;
        let (rendered, frames) = add(turn.connection(), &cloud, &initiator, &body).await?;
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, frames, &committed);
        Ok(Data(rendered))
    })
    .await
}

/// Makes the group that the body describes, and answers it as `initiator` has it, with the notices that tell of it.
pub(crate) async fn add(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    initiator: &Initiator,
    body: &Map<String, Value>,
) -> Result<(Value, Vec<Notice>), ApiError> {
    let mut row = parse(body, cloud.clock.now())?;
    let guid = Guid::named(&row.guid);
    let newcomers = match body.get("members") {
        None | Some(Value::Null) => None,
        Some(Value::Object(lists)) => Some(Newcomers::parse(lists)?),
        Some(_) => return Err(ApiError::field("members", "The members must be an object of lists.")),
    };
    let owner = match (initiator, body.get("owner").and_then(Value::as_str).filter(|uid| !uid.is_empty())) {
        (Initiator::Person(actor), _) => Some(actor.uid.clone()),
        (Initiator::App, owner) => owner.map(Uid::named),
    };
    if groups::find(connection, "", &guid).await?.is_some() {
        return Err(ApiError::GuidAlreadyExists(row.guid));
    }
    row.owner = owner.as_ref().map(ToString::to_string);
    groups::save(connection, &row).await?;
    if let Some(owner) = &owner {
        active(connection, owner).await?;
        if members::groups_of(connection, owner).await? >= cloud.config.limits.groups_per_user {
            return Err(ApiError::NoVacancy(row.guid));
        }
        let scope = Scope::Admin.word().to_owned();
        let member = MemberRow { uid: owner.to_string(), scope, joined_at: row.created_at };
        members::save(connection, &guid, &member).await?;
    }
    let mut notices: Vec<Notice> =
        group_event::created(connection, cloud, owner.as_ref(), &guid).await?.into_iter().collect();
    let admitted = match newcomers {
        Some(newcomers) => {
            let (outcome, frames) =
                admission::admit(connection, cloud, initiator, &row, Scope::Owner, newcomers).await?;
            notices.extend(frames);
            Some(outcome)
        }
        None => None,
    };
    let mut rendered = render::group(&group::existing(connection, viewer(initiator), &guid).await?);
    if let Some(outcome) = admitted {
        rendered["members"] = json!({ "data": outcome });
    }
    Ok((rendered, notices))
}

/// `GET /groups`, by name. Private groups are shown to their members alone.
pub(crate) async fn list(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    let page = parameters.page(if matches!(caller, Caller::Admin) { 100 } else { 30 }, 1_000)?;
    let filter = GroupFilter {
        visible_only: matches!(caller, Caller::Viewer(_)),
        joined_only: parameters.flag("hasJoined"),
        search: parameters.search(),
        tags: parameters.list("tags"),
        types: [parameters.list("types"), parameters.list("type")].concat(),
        guids: parameters.list("guids").iter().map(|guid| guid.to_lowercase()).collect(),
    };
    let initiator = Initiator::from(caller);
    answer(&cloud, viewer(&initiator), &filter, page).await
}

/// `GET /users/{uid}/groups`: what the person is in, for an admin.
pub(crate) async fn list_of_user(
    State(cloud): State<SharedCloud>,
    _admin: crate::request::caller::Admin,
    Path(uid): Path<String>,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    let uid = Uid::named(&uid);
    {
        let mut connection = cloud.store.read().await?;
        active(&mut connection, &uid).await?;
    }
    let filter = GroupFilter { joined_only: true, search: parameters.search(), ..GroupFilter::default() };
    answer(&cloud, uid.as_str(), &filter, parameters.page(100, 1_000)?).await
}

async fn answer(
    cloud: &SharedCloud,
    viewer: &str,
    filter: &GroupFilter,
    page: crate::render::list::Page,
) -> Result<Response, ApiError> {
    let mut connection = cloud.store.read().await?;
    let total = groups::count(&mut connection, viewer, filter).await?;
    let rows = groups::list(&mut connection, viewer, filter, page.size, page.offset()).await?;
    Ok(page.answer(rows.iter().map(render::group).collect(), total))
}

/// `GET /groups/{guid}`. A private group is shown to its members alone.
pub(crate) async fn show(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path(guid): Path<String>,
) -> Result<Data, ApiError> {
    let initiator = Initiator::from(caller);
    let guid = Guid::named(&guid);
    let mut connection = cloud.store.read().await?;
    let row = group::existing(&mut connection, viewer(&initiator), &guid).await?;
    if let (Initiator::Person(actor), "private") = (&initiator, row.kind.as_str()) {
        group::joined(&mut connection, &actor.uid, &guid).await?;
    }
    Ok(Data(render::group(&row)))
}

/// `PUT /groups/{guid}`: changes what the body names, and forgets what `unset` names.
pub(crate) async fn update(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path(guid): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let initiator = Initiator::from(caller);
    let guid = Guid::named(&guid);
    let mut turn = cloud.store.write().await?;
    initiator.check(turn.connection()).await?;
    let (mut row, scope) = group::entered(turn.connection(), &initiator, &guid).await?;
    scope.moderates()?;
    group::apply(&mut row, &body)?;
    for field in body.get("unset").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        match field {
            "icon" => row.icon = None,
            "description" => row.description = None,
            "metadata" => row.metadata = None,
            "tags" => row.tags = "[]".into(),
            _ => return Err(ApiError::field("unset", format!("The field {field:?} cannot be unset."))),
        }
    }
    row.updated_at = cloud.clock.now();
    groups::save(turn.connection(), &row).await?;
    let told = group_event::changed(turn.connection(), &cloud, &initiator, &guid, Change::Updated).await?;
    let committed = turn.commit().await?;
    fan_out::tell(&cloud, told.into_iter().collect(), &committed);
    Ok(Data(render::group(&row)))
}

/// `DELETE /groups/{guid}`, with all that was said in it.
pub(crate) async fn delete(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path(guid): Path<String>,
) -> Result<Data, ApiError> {
    let initiator = Initiator::from(caller);
    let guid = Guid::named(&guid);
    let mut turn = cloud.store.write().await?;
    initiator.check(turn.connection()).await?;
    let (_, scope) = group::entered(turn.connection(), &initiator, &guid).await?;
    scope.administers()?;
    let told = group_event::changed(turn.connection(), &cloud, &initiator, &guid, Change::Deleted).await?;
    groups::erase(turn.connection(), &guid).await?;
    let committed = turn.commit().await?;
    fan_out::tell(&cloud, told.into_iter().collect(), &committed);
    Ok(Data(json!({ "success": true, "message": format!("Group with GUID {guid} has been deleted successfully.") })))
}

/// Whose view of a group is asked for.
pub(super) fn viewer(initiator: &Initiator) -> &str {
    match initiator {
        Initiator::App => "",
        Initiator::Person(actor) => actor.uid.as_str(),
    }
}

fn parse(body: &Map<String, Value>, now: i64) -> Result<GroupRow, ApiError> {
    let mut missing = Details::new();
    for field in ["guid", "name", "type"] {
        if body.get(field).and_then(Value::as_str).is_none_or(|text| text.trim().is_empty()) {
            missing.insert(field.into(), vec![format!("The {field} field is required.")]);
        }
    }
    if !missing.is_empty() {
        return Err(ApiError::BadRequest(missing));
    }
    let guid = Guid::create(body.get("guid").and_then(Value::as_str).unwrap_or_default())?;
    let mut group =
        GroupRow { guid: guid.to_string(), tags: "[]".into(), created_at: now, updated_at: now, ..GroupRow::default() };
    group::apply(&mut group, body)?;
    Ok(group)
}
