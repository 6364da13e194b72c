//! People on the wire: their row, and whether they are online now.

use serde_json::{Map, Value, json};

use crate::store::{parse_json, users::UserRow};

/// One person. `online` comes from the hub: the row knows nothing of sockets.
pub(crate) fn user(row: &UserRow, online: bool) -> Value {
    let mut user = Map::new();
    user.insert("uid".into(), json!(row.uid));
    user.insert("name".into(), json!(row.name));
    user.insert("role".into(), json!(row.role));
    user.insert("status".into(), json!(if online { "online" } else { "offline" }));
    user.insert("createdAt".into(), json!(row.created_at));
    for (key, text) in [("avatar", &row.avatar), ("link", &row.link), ("statusMessage", &row.status_message)] {
        if let Some(text) = text {
            user.insert(key.into(), json!(text));
        }
    }
    for (key, second) in
        [("updatedAt", row.updated_at), ("lastActiveAt", row.last_active_at), ("deactivatedAt", row.deactivated_at)]
    {
        if let Some(second) = second {
            user.insert(key.into(), json!(second));
        }
    }
    if let Some(mut metadata) = parse_json(row.metadata.as_deref()) {
        // CometChat's place for a person's e-mail and telephone, for its notifications alone.
        if let Some(metadata) = metadata.as_object_mut() {
            metadata.remove("@private");
        }
        user.insert("metadata".into(), metadata);
    }
    let tags = row.tags();
    if !tags.is_empty() {
        user.insert("tags".into(), json!(tags));
    }
    Value::Object(user)
}
