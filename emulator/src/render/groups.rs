//! Groups on the wire, as one viewer has them. Their password never leaves the store.

use serde_json::{Map, Value, json};

use crate::store::{groups::GroupRow, members::MemberRow, parse_json, parse_tags};

/// One group.
pub(crate) fn group(row: &GroupRow) -> Value {
    let mut group = Map::new();
    group.insert("guid".into(), json!(row.guid));
    group.insert("name".into(), json!(row.name));
    group.insert("type".into(), json!(row.kind));
    group.insert("membersCount".into(), json!(row.members_count));
    group.insert("hasJoined".into(), json!(row.scope.is_some()));
    group.insert("isBanned".into(), json!(row.is_banned));
    group.insert("conversationId".into(), json!(format!("group_{}", row.guid)));
    group.insert("createdAt".into(), json!(row.created_at));
    group.insert("updatedAt".into(), json!(row.updated_at));
    for (key, text) in
        [("owner", &row.owner), ("icon", &row.icon), ("description", &row.description), ("scope", &row.scope)]
    {
        if let Some(text) = text {
            group.insert(key.into(), json!(text));
        }
    }
    if let Some(second) = row.joined_at {
        group.insert("joinedAt".into(), json!(second));
    }
    if let Some(metadata) = parse_json(row.metadata.as_deref()) {
        group.insert("metadata".into(), metadata);
    }
    let tags = parse_tags(&row.tags);
    if !tags.is_empty() {
        group.insert("tags".into(), json!(tags));
    }
    Value::Object(group)
}

/// A member: the person, with its place in the group.
pub(crate) fn member(mut person: Value, row: &MemberRow) -> Value {
    person["scope"] = json!(row.scope);
    person["joinedAt"] = json!(row.joined_at);
    person
}
