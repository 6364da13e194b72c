//! Pinning a message for its conversation, and saving one for oneself. Both answer the message and do nothing twice.

use std::sync::Arc;

use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::{
    actor::{self, Actor},
    fan_out::{self, Notice},
    group,
};
use crate::{
    cloud::{Cloud, SharedCloud, to_the_end},
    error::ApiError,
    guid::Guid,
    render::{message, view::View},
    socket::frame::Envelope,
    store::{messages::MessageRow, pins},
    uid::Uid,
};

/// How many messages of a conversation may be pinned, and how many one person may save (the cloud's page on properties
/// and constraints).
pub(crate) const MOST: i64 = 100;

/// What is done with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Pin,
    Unpin,
    Save,
    Unsave,
}

impl Mark {
    /// The frame's `type` and `action`.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Pin => ("message_pin", "pinned"),
            Self::Unpin => ("message_pin", "unpinned"),
            Self::Save => ("message_save", "saved"),
            Self::Unsave => ("message_save", "unsaved"),
        }
    }
}

/// Does it, and tells everybody of the conversation of a pin, and one's own devices of a saved message.
pub(crate) async fn apply(cloud: &SharedCloud, actor: &Actor, id: i64, mark: Mark) -> Result<Value, ApiError> {
    let (cloud, actor) = (Arc::clone(cloud), actor.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        actor.check(connection).await?;
        let target = actor::visible(connection, &actor.uid, id).await?;
        if target.category == "action" || target.deleted_at.is_some() {
            return Err(ApiError::MessageActionNotAllowed(id));
        }
        let audience = match mark {
            Mark::Pin | Mark::Unpin => {
                pin(connection, &actor.uid, &target, mark == Mark::Pin, cloud.clock.now()).await?;
                fan_out::participants(connection, &target).await?
            }
            Mark::Save => {
                let saved = !pins::saved(connection, &actor.uid, &[id]).await?.is_empty();
                if !saved && pins::saved_count(connection, &actor.uid).await? >= MOST {
                    return Err(ApiError::SavedMessagesLimit);
                }
                pins::save(connection, &actor.uid, id, cloud.clock.now()).await?;
                vec![actor.uid.clone()]
            }
            Mark::Unsave => {
                pins::forget(connection, &actor.uid, id).await?;
                vec![actor.uid.clone()]
            }
        };
        let frames = frames(connection, &cloud, &actor, &audience, id, mark).await?;
        let seen = actor::visible(connection, &actor.uid, id).await?;
        let rendered = message::one(connection, actor.view(&cloud.hub), &seen).await?;
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, frames, &committed);
        Ok(rendered)
    })
    .await
}

/// In a group its admins and moderators pin; in a one-to-one conversation both.
async fn pin(
    connection: &mut SqliteConnection,
    uid: &Uid,
    target: &MessageRow,
    pinned: bool,
    now: i64,
) -> Result<(), ApiError> {
    if target.receiver_type == "group" {
        let group = group::joined(connection, uid, &Guid::named(&target.receiver)).await?;
        group::scope_of(&group, uid.as_str(), group.scope.as_deref())
            .moderates()
            .map_err(|_| ApiError::ActionNotAllowed)?;
    }
    if pinned && target.pinned_at.is_none() && pins::count(connection, &target.conversation_id).await? >= MOST {
        return Err(ApiError::PinnedMessagesLimit);
    }
    Ok(pins::set(connection, target.id, pinned.then_some(uid.as_str()), now).await?)
}

async fn frames(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    actor: &Actor,
    audience: &[Uid],
    id: i64,
    mark: Mark,
) -> Result<Vec<Notice>, ApiError> {
    let (kind, action) = mark.words();
    let mut frames = Vec::new();
    for viewer in audience.iter().filter(|uid| cloud.hub.is_online(uid.as_str())) {
        let seen = actor::visible(connection, viewer, id).await?;
        let envelope = Envelope {
            app_id: &cloud.config.app_id,
            kind,
            sender: actor.uid.as_str(),
            receiver: &seen.receiver,
            receiver_type: &seen.receiver_type,
            device_id: &actor.device,
        };
        for files in cloud.hub.bases(viewer) {
            let view = View { hub: &cloud.hub, uid: viewer, files: &files };
            let body = json!({ "action": action, "message": message::one(connection, view, &seen).await? });
            frames.push(Notice::FrameAt(viewer.clone(), files, envelope.with(&body)));
        }
    }
    Ok(frames)
}
