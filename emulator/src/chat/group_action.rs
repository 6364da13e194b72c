//! What happens to the members of a group is kept as an action message, which is what everybody in it is told.

use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::{
    actor::Initiator,
    fan_out::{self, Notice},
    group_event,
};
use crate::{
    cloud::Cloud,
    error::ApiError,
    guid::Guid,
    peer::Peer,
    store::{
        conversations, members,
        messages::{self, MessageRow},
    },
    uid::Uid,
};

/// What happened to a member, in the words of the wire (PROTOCOL.md 3.4).
pub(crate) enum Happening {
    Joined,
    Left,
    Added,
    Kicked,
    Banned,
    Unbanned,
    ScopeChanged { old: &'static str, new: &'static str },
}

impl Happening {
    const fn word(&self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Left => "left",
            Self::Added => "added",
            Self::Kicked => "kicked",
            Self::Banned => "banned",
            Self::Unbanned => "unbanned",
            Self::ScopeChanged { .. } => "scopeChanged",
        }
    }
}

/// Stores that it happened to `affected`, at the top of every member's conversations, and answers the action's id with
/// the frames that tell the members, and the one it happened to.
pub(crate) async fn note(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    initiator: &Initiator,
    guid: &Guid,
    affected: &Uid,
    happening: Happening,
) -> Result<(i64, Vec<Notice>), ApiError> {
    let now = cloud.clock.now();
    let peer = Peer::Group(guid.clone());
    let mut data = json!({ "action": happening.word(), "on": affected.as_str() });
    if let Happening::ScopeChanged { old, new } = &happening {
        data["extras"] = json!({ "scope": { "new": new, "old": old } });
    }
    let row = MessageRow {
        conversation_id: peer.conversation_of(affected),
        sender: initiator.name().to_owned(),
        receiver_type: peer.kind().into(),
        receiver: guid.to_string(),
        category: "action".into(),
        kind: "groupMember".into(),
        data: Value::to_string(&data),
        tags: "[]".into(),
        sent_at: now,
        updated_at: now,
        ..MessageRow::default()
    };
    let id = messages::insert(connection, &row).await?;
    let mut audience: Vec<Uid> = members::uids(connection, guid).await?.iter().map(|uid| Uid::named(uid)).collect();
    if audience.len() <= cloud.config.limits.members_with_receipts {
        for uid in &audience {
            conversations::advance(connection, uid, &row.conversation_id, &peer, id, now).await?;
        }
    }
    if !audience.contains(affected) {
        audience.push(affected.clone());
    }
    let mut frames = fan_out::message_frames(connection, cloud, &audience, id, initiator.device()).await?;
    frames.extend(group_event::of_member(connection, cloud, initiator, guid, affected, &happening).await?);
    Ok((id, frames))
}
