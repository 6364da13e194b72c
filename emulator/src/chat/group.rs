//! What may be said about a group, and who may see one: the rules that creating, changing and reading it share.

use serde_json::{Map, Value};
use sqlx::SqliteConnection;

use super::{actor::Initiator, profile, scope::Scope};
use crate::{
    error::{ApiError, Details},
    guid::Guid,
    store::groups::{self, GroupRow},
    uid::Uid,
};

const NAME: usize = 100;
const PASSWORD: usize = 100;
const DESCRIPTION: usize = 255;

/// Takes over what the body says of the group. What it leaves out stays.
pub(crate) fn apply(group: &mut GroupRow, body: &Map<String, Value>) -> Result<(), ApiError> {
    let mut details = Details::new();
    let mut complain = |field: &str, sentence: &str| {
        details.entry(field.to_owned()).or_default().push(sentence.to_owned());
    };
    match body.get("name") {
        None => {}
        Some(Value::String(name)) if !name.trim().is_empty() && name.chars().count() <= NAME => {
            group.name.clone_from(name);
        }
        Some(_) => complain("name", "The name must have 1 to 100 characters."),
    }
    match body.get("type").map(Value::as_str) {
        None => {}
        Some(Some(kind @ ("public" | "password" | "private"))) => kind.clone_into(&mut group.kind),
        Some(_) => complain("type", "The type must be public, password or private."),
    }
    for (field, place, longest) in
        [("password", &mut group.password, PASSWORD), ("description", &mut group.description, DESCRIPTION)]
    {
        match body.get(field) {
            None => {}
            Some(Value::Null) => *place = None,
            Some(Value::String(text)) if text.is_empty() => *place = None,
            Some(Value::String(text)) if text.chars().count() <= longest => *place = Some(text.clone()),
            Some(_) => complain(field, &format!("The {field} may have up to {longest} characters.")),
        }
    }
    profile::address(body, "icon", &mut group.icon, &mut complain);
    profile::metadata(body, &mut group.metadata, &mut complain);
    profile::tags(body, &mut group.tags, &mut complain);
    if !details.is_empty() {
        return Err(ApiError::BadRequest(details));
    }
    if group.kind != "password" {
        group.password = None;
    } else if group.password.is_none() {
        return Err(ApiError::EmptyGroupPass);
    }
    Ok(())
}

/// The group as `viewer` has it.
pub(crate) async fn existing(
    connection: &mut SqliteConnection,
    viewer: &str,
    guid: &Guid,
) -> Result<GroupRow, ApiError> {
    groups::find(connection, viewer, guid).await?.ok_or_else(|| ApiError::GuidNotFound(guid.to_string()))
}

/// The group, for somebody who is in it; who is banned hears so.
pub(crate) async fn joined(connection: &mut SqliteConnection, viewer: &Uid, guid: &Guid) -> Result<GroupRow, ApiError> {
    let group = existing(connection, viewer.as_str(), guid).await?;
    if group.scope.is_some() {
        Ok(group)
    } else if group.is_banned {
        Err(ApiError::BannedGroupMember(guid.to_string()))
    } else {
        Err(ApiError::GroupNotJoined(guid.to_string()))
    }
}

/// The group, and with what scope `initiator` acts in it. The app may do whatever an owner may.
pub(crate) async fn entered(
    connection: &mut SqliteConnection,
    initiator: &Initiator,
    guid: &Guid,
) -> Result<(GroupRow, Scope), ApiError> {
    match initiator {
        Initiator::App => Ok((existing(connection, "", guid).await?, Scope::Owner)),
        Initiator::Person(actor) => {
            let group = joined(connection, &actor.uid, guid).await?;
            let scope = scope_of(&group, actor.uid.as_str(), group.scope.as_deref());
            Ok((group, scope))
        }
    }
}

/// The scope of a member whose row says `word`.
pub(crate) fn scope_of(group: &GroupRow, uid: &str, word: Option<&str>) -> Scope {
    if group.owner.as_deref() == Some(uid) {
        return Scope::Owner;
    }
    word.and_then(Scope::parse).unwrap_or(Scope::Participant)
}
