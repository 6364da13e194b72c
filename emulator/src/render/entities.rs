//! The people and groups that some messages name, loaded once for all of them, as one viewer sees them.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::{groups::group, people::user};
use crate::{
    peer::Peer,
    socket::hub::Hub,
    store::{
        blocks,
        groups::{self, GroupFilter},
        users,
    },
    uid::Uid,
};

/// Whoever and whatever is named.
#[derive(Default)]
pub(crate) struct Entities {
    people: HashMap<String, Value>,
    groups: HashMap<String, Value>,
}

impl Entities {
    pub(crate) async fn load(
        connection: &mut SqliteConnection,
        hub: &Hub,
        viewer: &Uid,
        named: impl IntoIterator<Item = Peer>,
    ) -> Result<Self, sqlx::Error> {
        let (mut uids, mut guids) = (BTreeSet::new(), BTreeSet::new());
        for peer in named {
            match peer {
                Peer::User(uid) => uids.insert(uid.as_str().to_owned()),
                Peer::Group(guid) => guids.insert(guid.as_str().to_owned()),
            };
        }
        let people = users::find_all(connection, uids.iter().map(String::as_str)).await?;
        let (blocked, blocked_by) = blocks::around(connection, viewer).await?;
        let people = people
            .into_iter()
            .map(|row| {
                let (by_me, by_them) = (blocked.contains(&row.uid), blocked_by.contains(&row.uid));
                // Who has blocked the other does not see whether it is there, and is not seen.
                let mut person = user(&row, hub.is_online(&row.uid) && !by_me && !by_them);
                person["blockedByMe"] = json!(by_me);
                person["hasBlockedMe"] = json!(by_them);
                (row.uid, person)
            })
            .collect();
        if guids.is_empty() {
            return Ok(Self { people, groups: HashMap::new() });
        }
        let filter = GroupFilter { guids: guids.into_iter().collect(), ..GroupFilter::default() };
        let groups = groups::list(connection, viewer.as_str(), &filter, i64::MAX, 0).await?;
        let groups = groups.into_iter().map(|row| (row.guid.clone(), group(&row))).collect();
        Ok(Self { people, groups })
    }

    /// The person; one erased since, and the app itself, is a bare uid.
    pub(crate) fn user(&self, uid: &str) -> Value {
        self.people.get(uid).cloned().unwrap_or_else(|| json!({ "uid": uid, "name": uid, "status": "offline" }))
    }

    /// The person or the group.
    pub(crate) fn peer(&self, kind: &str, id: &str) -> Value {
        if kind != "group" {
            return self.user(id);
        }
        self.groups.get(id).cloned().unwrap_or_else(|| json!({ "guid": id, "name": id, "type": "private" }))
    }
}
