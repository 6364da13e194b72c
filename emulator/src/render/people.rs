//! People on the wire: their row, and whether they are online now.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use crate::{
    socket::hub::Hub,
    store::{
        parse_json,
        users::{self, UserRow},
    },
};

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

/// The people whom some messages name, loaded once for all of them.
#[derive(Default)]
pub(crate) struct People(HashMap<String, Value>);

impl People {
    pub(crate) async fn load<'a>(
        connection: &mut SqliteConnection,
        hub: &Hub,
        uids: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, sqlx::Error> {
        let uids: BTreeSet<&str> = uids.into_iter().collect();
        let rows = users::find_all(connection, uids).await?;
        Ok(Self(rows.into_iter().map(|row| (row.uid.clone(), user(&row, hub.is_online(&row.uid)))).collect()))
    }

    /// The person; one erased since is a bare uid.
    pub(crate) fn get(&self, uid: &str) -> Value {
        self.0.get(uid).cloned().unwrap_or_else(|| json!({ "uid": uid, "name": uid, "status": "offline" }))
    }
}
