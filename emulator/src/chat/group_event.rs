//! What webhooks hear of groups. Loaded within the turn that changed the group, and only where there is a webhook.

use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use super::{actor::Initiator, fan_out::Notice, group, group_action::Happening};
use crate::{
    cloud::Cloud,
    error::ApiError,
    guid::Guid,
    peer::Peer,
    render::{entities::Entities, groups::group as render},
    store::members,
    uid::Uid,
    webhook::event::Event,
};

/// That something happened to a member.
pub(super) async fn of_member(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    initiator: &Initiator,
    guid: &Guid,
    affected: &Uid,
    happening: &Happening,
) -> Result<Option<Notice>, ApiError> {
    if cloud.webhooks.is_none() {
        return Ok(None);
    }
    let mut member = person(connection, cloud, affected.as_str()).await?;
    if let Happening::ScopeChanged { old, new } = happening {
        member["scope"] = json!(new);
        member["oldScope"] = json!(old);
    }
    let members = Map::from_iter([(affected.to_string(), member)]);
    let mut data = json!({ "members": members, "group": group(connection, cloud, guid).await? });
    if !matches!(happening, Happening::Joined | Happening::Left) {
        data["by"] = person(connection, cloud, initiator.name()).await?;
    }
    Ok(Some(Notice::Event(Event { trigger: trigger(happening), data })))
}

/// That a group was made, by its owner where it has one.
pub(crate) async fn created(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    owner: Option<&Uid>,
    guid: &Guid,
) -> Result<Option<Notice>, ApiError> {
    if cloud.webhooks.is_none() {
        return Ok(None);
    }
    let mut members = Map::new();
    if let Some(owner) = owner {
        members.insert(owner.to_string(), person(connection, cloud, owner.as_str()).await?);
    }
    let seen = group::existing(connection, owner.map_or("", Uid::as_str), guid).await?;
    let data = json!({ "group": render(&seen), "members": members });
    Ok(Some(Notice::Event(Event { trigger: "group_created", data })))
}

/// What else can happen to a group as a whole.
pub(crate) enum Change<'a> {
    Updated,
    /// Told before the group is gone.
    Deleted,
    HandedOver {
        old_owner: Option<&'a str>,
    },
}

/// That a group is another now, or no more.
pub(crate) async fn changed(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    initiator: &Initiator,
    guid: &Guid,
    change: Change<'_>,
) -> Result<Option<Notice>, ApiError> {
    if cloud.webhooks.is_none() {
        return Ok(None);
    }
    let mut group = group(connection, cloud, guid).await?;
    group["updatedBy"] = json!(initiator.name());
    let trigger = match change {
        Change::Updated => "group_updated",
        Change::Deleted => "group_deleted",
        Change::HandedOver { old_owner } => {
            group["oldOwner"] = json!(old_owner);
            "group_owner_transferred"
        }
    };
    Ok(Some(Notice::Event(Event { trigger, data: json!({ "group": group }) })))
}

/// The group as nobody in particular sees it.
async fn group(connection: &mut SqliteConnection, cloud: &Cloud, guid: &Guid) -> Result<Value, ApiError> {
    let mut group = render(&group::existing(connection, "", guid).await?);
    if let Some(group) = group.as_object_mut() {
        group.remove("hasJoined");
        group.remove("isBanned");
    }
    let online = members::uids(connection, guid).await?.iter().filter(|uid| cloud.hub.is_online(uid)).count();
    group["onlineMembersCount"] = json!(online);
    Ok(group)
}

async fn person(connection: &mut SqliteConnection, cloud: &Cloud, uid: &str) -> Result<Value, ApiError> {
    let uid = Uid::named(uid);
    let entities = Entities::load(connection, &cloud.hub, &uid, [Peer::User(uid.clone())]).await?;
    Ok(entities.user(uid.as_str()))
}

const fn trigger(happening: &Happening) -> &'static str {
    match happening {
        Happening::Joined => "group_member_joined",
        Happening::Left => "group_member_left",
        Happening::Added => "group_member_added",
        Happening::Kicked => "group_member_kicked",
        Happening::Banned => "group_member_banned",
        Happening::Unbanned => "group_member_unbanned",
        Happening::ScopeChanged { .. } => "group_member_scope_changed",
    }
}
