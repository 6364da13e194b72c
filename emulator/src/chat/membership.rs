//! Coming into a group, going, and being sent: each in one turn with the action message that tells of it.

use std::sync::Arc;

use serde_json::Value;
use sqlx::SqliteConnection;
use subtle::ConstantTimeEq;

use super::{
    actor::{Actor, Initiator, active},
    fan_out::{self, Notice},
    group,
    group_action::{self, Happening},
    group_event::{self, Change},
    scope::Scope,
};
use crate::{
    cloud::{Cloud, SharedCloud, to_the_end},
    error::ApiError,
    guid::Guid,
    peer::Peer,
    render::message,
    store::{
        bans, groups,
        groups::GroupRow,
        members::{self, MemberRow},
        messages, recipients,
    },
    uid::Uid,
};

/// Joins a public group, or one whose password was given, and answers the action message.
pub(crate) async fn join(
    cloud: &SharedCloud,
    actor: &Actor,
    guid: &Guid,
    password: Option<String>,
) -> Result<Value, ApiError> {
    let (cloud, actor, guid) = (Arc::clone(cloud), actor.clone(), guid.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        actor.check(connection).await?;
        let group = group::existing(connection, actor.uid.as_str(), &guid).await?;
        if group.scope.is_some() {
            return Err(ApiError::AlreadyJoined { guid: guid.to_string(), uid: actor.uid.to_string() });
        }
        if group.is_banned {
            return Err(ApiError::BannedGroupMember(guid.to_string()));
        }
        match group.kind.as_str() {
            "private" => return Err(ApiError::GroupJoinNotAllowed(guid.to_string())),
            "password" => check_password(&group, password.as_deref())?,
            _ => {}
        }
        let uid = actor.uid.clone();
        let initiator = Initiator::Person(actor.clone());
        enter(connection, &cloud, &group, &uid, Scope::Participant).await?;
        let (id, frames) = group_action::note(connection, &cloud, &initiator, &guid, &uid, Happening::Joined).await?;
        let row = messages::find_as(connection, &uid, id).await?.ok_or(ApiError::UnknownEndpoint)?;
        let rendered = message::one(connection, actor.view(&cloud.hub), &row).await?;
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, frames, &committed);
        Ok(rendered)
    })
    .await
}

/// Leaves. The owner cannot, until the group is somebody else's.
pub(crate) async fn leave(cloud: &SharedCloud, actor: &Actor, guid: &Guid) -> Result<(), ApiError> {
    let (cloud, actor, guid) = (Arc::clone(cloud), actor.clone(), guid.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        actor.check(connection).await?;
        let group = group::joined(connection, &actor.uid, &guid).await?;
        if group.owner.as_deref() == Some(actor.uid.as_str()) && group.members_count > 1 {
            return Err(ApiError::GroupNoSelfAction);
        }
        let uid = actor.uid.clone();
        go(connection, &guid, &uid).await?;
        let happening = Happening::Left;
        let (_, frames) =
            group_action::note(connection, &cloud, &Initiator::Person(actor), &guid, &uid, happening).await?;
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, frames, &committed);
        Ok(())
    })
    .await
}

/// What becomes of somebody whom another removes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Removal {
    Kick,
    /// A ban also keeps out who was never in.
    Ban,
}

/// Kicks or bans `uid`.
pub(crate) async fn remove(
    cloud: &SharedCloud,
    initiator: Initiator,
    guid: &Guid,
    uid: &Uid,
    removal: Removal,
) -> Result<(), ApiError> {
    let (cloud, guid, uid) = (Arc::clone(cloud), guid.clone(), uid.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        initiator.check(connection).await?;
        let (group, own) = group::entered(connection, &initiator, &guid).await?;
        own.moderates().map_err(|_| ApiError::GroupNoClearance)?;
        if initiator.is(&uid) {
            return Err(ApiError::GroupNoSelfAction);
        }
        if removal == Removal::Ban {
            active(connection, &uid).await?;
            if bans::exists(connection, &guid, &uid).await? {
                return Err(ApiError::AlreadyBanned { guid: guid.to_string(), uid: uid.to_string() });
            }
        }
        match members::find(connection, &guid, &uid).await? {
            Some(member) => own.removes(group::scope_of(&group, uid.as_str(), Some(&member.scope)))?,
            None if removal == Removal::Ban => {}
            None => return Err(ApiError::NotAMember { guid: guid.to_string(), uid: uid.to_string() }),
        }
        let frames = send_away(connection, &cloud, &initiator, &guid, &uid, removal).await?;
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, frames, &committed);
        Ok(())
    })
    .await
}

/// Lets `uid` come back.
pub(crate) async fn unban(cloud: &SharedCloud, initiator: Initiator, guid: &Guid, uid: &Uid) -> Result<(), ApiError> {
    let (cloud, guid, uid) = (Arc::clone(cloud), guid.clone(), uid.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        initiator.check(connection).await?;
        let (_, own) = group::entered(connection, &initiator, &guid).await?;
        own.moderates()?;
        if !bans::exists(connection, &guid, &uid).await? {
            return Err(ApiError::NotABannedUser { guid: guid.to_string(), uid: uid.to_string() });
        }
        bans::remove(connection, &guid, &uid).await?;
        let (_, frames) = group_action::note(connection, &cloud, &initiator, &guid, &uid, Happening::Unbanned).await?;
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, frames, &committed);
        Ok(())
    })
    .await
}

/// Gives a member another scope.
pub(crate) async fn change_scope(
    cloud: &SharedCloud,
    initiator: Initiator,
    guid: &Guid,
    uid: &Uid,
    new: Scope,
) -> Result<(), ApiError> {
    let (cloud, guid, uid) = (Arc::clone(cloud), guid.clone(), uid.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        initiator.check(connection).await?;
        let (group, own) = group::entered(connection, &initiator, &guid).await?;
        if initiator.is(&uid) {
            return Err(ApiError::GroupNoSelfAction);
        }
        own.moderates().map_err(|_| ApiError::GroupNoScopeClearance)?;
        let mut member = members::find(connection, &guid, &uid)
            .await?
            .ok_or_else(|| ApiError::NotAMember { guid: guid.to_string(), uid: uid.to_string() })?;
        let old = group::scope_of(&group, uid.as_str(), Some(&member.scope));
        // An owner is an admin for good: the group changes hands first.
        if old == Scope::Owner {
            return Err(ApiError::GroupNoScopeClearance);
        }
        own.changes(old, new)?;
        if old == new {
            return Err(ApiError::SameScope { uid: uid.to_string(), scope: new.word() });
        }
        new.word().clone_into(&mut member.scope);
        members::save(connection, &guid, &member).await?;
        let happening = Happening::ScopeChanged { old: old.word(), new: new.word() };
        let (_, frames) = group_action::note(connection, &cloud, &initiator, &guid, &uid, happening).await?;
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, frames, &committed);
        Ok(())
    })
    .await
}

/// Hands the group over to a member, who becomes an admin. Only webhooks are told: SDK 4.2.0 has no event for it.
pub(crate) async fn hand_over(
    cloud: &SharedCloud,
    initiator: Initiator,
    guid: &Guid,
    uid: &Uid,
) -> Result<(), ApiError> {
    let mut turn = cloud.store.write().await?;
    let connection = turn.connection();
    initiator.check(connection).await?;
    let (mut group, own) = group::entered(connection, &initiator, guid).await?;
    if own != Scope::Owner {
        return Err(ApiError::GroupNoClearance);
    }
    let mut member = members::find(connection, guid, uid)
        .await?
        .ok_or_else(|| ApiError::NotAMember { guid: guid.to_string(), uid: uid.to_string() })?;
    Scope::Admin.word().clone_into(&mut member.scope);
    members::save(connection, guid, &member).await?;
    let old_owner = group.owner.replace(uid.to_string());
    group.updated_at = cloud.clock.now();
    groups::save(connection, &group).await?;
    let change = Change::HandedOver { old_owner: old_owner.as_deref() };
    let told = group_event::changed(connection, cloud, &initiator, guid, change).await?;
    let committed = turn.commit().await?;
    fan_out::tell(cloud, told.into_iter().collect(), &committed);
    Ok(())
}

/// Brings `uid` in, whatever the group's type. Who lets it in was asked before.
pub(super) async fn enter(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    group: &GroupRow,
    uid: &Uid,
    scope: Scope,
) -> Result<(), ApiError> {
    let limits = cloud.config.limits;
    let guid = Guid::named(&group.guid);
    let room = group::existing(connection, "", &guid).await?.members_count < limits.members_per_group;
    if !room || members::groups_of(connection, uid).await? >= limits.groups_per_user {
        return Err(ApiError::NoVacancy(group.guid.clone()));
    }
    let member = MemberRow { uid: uid.to_string(), scope: scope.word().to_owned(), joined_at: cloud.clock.now() };
    members::save(connection, &guid, &member).await?;
    Ok(())
}

/// Sends `uid` away and tells of it. Who may was asked before.
pub(super) async fn send_away(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    initiator: &Initiator,
    guid: &Guid,
    uid: &Uid,
    removal: Removal,
) -> Result<Vec<Notice>, ApiError> {
    go(connection, guid, uid).await?;
    let happening = match removal {
        Removal::Kick => Happening::Kicked,
        Removal::Ban => {
            bans::add(connection, guid, uid, cloud.clock.now()).await?;
            Happening::Banned
        }
    };
    Ok(group_action::note(connection, cloud, initiator, guid, uid, happening).await?.1)
}

/// Takes `uid` out. What it had not read is meant for it no more.
async fn go(connection: &mut SqliteConnection, guid: &Guid, uid: &Uid) -> Result<(), sqlx::Error> {
    members::remove(connection, guid, uid).await?;
    recipients::withdraw_from(connection, uid, &Peer::Group(guid.clone()).conversation_of(uid)).await
}

fn check_password(group: &GroupRow, given: Option<&str>) -> Result<(), ApiError> {
    let given = given.filter(|password| !password.is_empty()).ok_or(ApiError::EmptyGroupPass)?;
    let right = group.password.as_deref().unwrap_or_default();
    if bool::from(given.as_bytes().ct_eq(right.as_bytes())) {
        Ok(())
    } else {
        Err(ApiError::WrongGroupPass(group.guid.clone()))
    }
}
