//! Adding many to a group at once, and banning many: each succeeds or fails by itself, as in the cloud.

use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use super::{
    actor::{Initiator, active},
    fan_out::Notice,
    group,
    group_action::{self, Happening},
    membership::{self, Removal},
    scope::Scope,
};
use crate::{
    cloud::Cloud,
    error::ApiError,
    guid::Guid,
    store::{bans, groups::GroupRow, members},
    uid::Uid,
};

/// The cloud's limit for one call.
const AT_ONCE: usize = 25;

/// The lists of a call, the highest scope first.
const LISTS: [(&str, Option<Scope>); 4] = [
    ("admins", Some(Scope::Admin)),
    ("moderators", Some(Scope::Moderator)),
    ("participants", Some(Scope::Participant)),
    ("usersToBan", None),
];

/// Whom a call wants to add, by the list that names them; none of the scope: banned.
pub(crate) struct Newcomers(Vec<(&'static str, Option<Scope>, Vec<Uid>)>);

impl Newcomers {
    /// Reads the four lists. Who stands in several counts in the highest.
    pub(crate) fn parse(body: &Map<String, Value>) -> Result<Self, ApiError> {
        let mut seen: Vec<Uid> = Vec::new();
        let mut lists = Vec::new();
        for (name, scope) in LISTS {
            let mut uids = Vec::new();
            for uid in named(body, name)? {
                if !seen.contains(&uid) {
                    seen.push(uid.clone());
                    uids.push(uid);
                }
            }
            lists.push((name, scope, uids));
        }
        if seen.len() > AT_ONCE {
            return Err(ApiError::field("members", "A call may name up to 25 users."));
        }
        Ok(Self(lists))
    }

    /// Whether the body has any of the lists at all.
    pub(crate) fn are_named(body: &Map<String, Value>) -> bool {
        LISTS.iter().any(|(name, _)| body.contains_key(*name))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, _, uids)| uids.is_empty())
    }
}

fn named(body: &Map<String, Value>, name: &str) -> Result<Vec<Uid>, ApiError> {
    let refusal = || ApiError::field(name, format!("The {name} field must be an array of uids."));
    match body.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) => list.iter().map(|uid| uid.as_str().map(Uid::named).ok_or_else(refusal)).collect(),
        Some(_) => Err(refusal()),
    }
}

/// Adds and bans them, and answers what became of each, in all four lists: SDK 4.2.0 reads them without asking.
pub(crate) async fn admit(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    initiator: &Initiator,
    group: &GroupRow,
    own: Scope,
    newcomers: Newcomers,
) -> Result<(Value, Vec<Notice>), ApiError> {
    let guid = Guid::named(&group.guid);
    let mut frames = Vec::new();
    let mut answer = Map::new();
    for (name, scope, uids) in newcomers.0 {
        let mut outcomes = Map::new();
        for uid in uids {
            let outcome = match scope {
                Some(scope) => add(connection, cloud, initiator, group, &uid, scope).await,
                None => ban(connection, cloud, initiator, group, own, &uid).await,
            };
            let outcome = match outcome {
                Ok(more) => {
                    frames.extend(more);
                    let verb = if scope.is_some() { "added to" } else { "banned from" };
                    json!({ "success": true, "message": format!("{uid} has been {verb} the group {guid}.") })
                }
                Err(ApiError::Internal(cause)) => return Err(ApiError::Internal(cause)),
                Err(refusal) => json!({ "success": false, "error": refusal.body() }),
            };
            outcomes.insert(uid.to_string(), outcome);
        }
        answer.insert(name.to_owned(), Value::Object(outcomes));
    }
    Ok((Value::Object(answer), frames))
}

async fn add(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    initiator: &Initiator,
    group: &GroupRow,
    uid: &Uid,
    scope: Scope,
) -> Result<Vec<Notice>, ApiError> {
    let guid = Guid::named(&group.guid);
    active(connection, uid).await?;
    if members::find(connection, &guid, uid).await?.is_some() {
        return Err(ApiError::AlreadyJoined { guid: guid.to_string(), uid: uid.to_string() });
    }
    if bans::exists(connection, &guid, uid).await? {
        return Err(ApiError::BannedGroupMember(guid.to_string()));
    }
    membership::enter(connection, cloud, group, uid, scope).await?;
    Ok(group_action::note(connection, cloud, initiator, &guid, uid, Happening::Added).await?.1)
}

async fn ban(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    initiator: &Initiator,
    group: &GroupRow,
    own: Scope,
    uid: &Uid,
) -> Result<Vec<Notice>, ApiError> {
    let guid = Guid::named(&group.guid);
    active(connection, uid).await?;
    if initiator.is(uid) {
        return Err(ApiError::GroupNoSelfAction);
    }
    if bans::exists(connection, &guid, uid).await? {
        return Err(ApiError::AlreadyBanned { guid: guid.to_string(), uid: uid.to_string() });
    }
    if let Some(member) = members::find(connection, &guid, uid).await? {
        own.removes(group::scope_of(group, uid.as_str(), Some(&member.scope)))?;
    }
    membership::send_away(connection, cloud, initiator, &guid, uid, Removal::Ban).await
}
