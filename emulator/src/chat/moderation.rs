//! What moderation decides of a message. Its sender is told how the message stands (SDK 4.2.0 calls `onMessageModerated`
//! for one's own messages alone); once it is approved, the others get it as if it had just been sent.

use std::sync::Arc;

use serde_json::Value;
use sqlx::SqliteConnection;

use super::{
    actor::Initiator,
    fan_out::{self, Notice},
    send,
};
use crate::{
    cloud::{self, Cloud, SharedCloud, to_the_end},
    content::moderation::Status,
    error::ApiError,
    peer::Peer,
    render::{message, view::View},
    socket::frame::Envelope,
    store::messages::{self, MessageRow},
    uid::Uid,
    webhook::event::Event,
};

/// Decides of the message `id`, and answers it as its sender sees it. `files`: the address below which whoever decides
/// finds uploads.
pub(crate) async fn decide(cloud: &SharedCloud, id: i64, decision: Status, files: String) -> Result<Value, ApiError> {
    let cloud = Arc::clone(cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        let not_found = || ApiError::MessageNotFound(id.to_string());
        let before = messages::find(connection, id).await?.ok_or_else(not_found)?;
        let stands = before.moderation.as_deref().and_then(Status::named);
        let open = before.deleted_at.is_none() && before.category != "action";
        let Some(stands) = stands.filter(|stands| open && stands.may_become(decision)) else {
            return Err(ApiError::MessageActionNotAllowed(id));
        };
        let now = cloud.clock.now();
        messages::moderate(connection, id, decision.word(), now).await?;
        let sender = Uid::named(&before.sender);
        let row = messages::find_as(connection, &sender, id).await?.ok_or_else(not_found)?;
        let view = View { hub: &cloud.hub, uid: &sender, files: &files };
        let rendered = message::one(connection, view, &row).await?;
        let mut notices = frames_to_sender(connection, &cloud, &row).await?;
        if cloud.webhooks.is_some() {
            notices.extend(Event::moderated(&rendered, stands, decision).into_iter().map(Notice::Event));
        }
        if decision == Status::Approved {
            notices.extend(deliver(connection, &cloud, &row, now).await?);
        }
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, notices, &committed);
        drop(committed);
        if decision == Status::Approved {
            cloud.tell(cloud::Event::MessageSent { sender, receiver: Peer::of(&row.receiver_type, &row.receiver) });
        }
        Ok(rendered)
    })
    .await
}

/// What tells the sender on all its devices: the SDK hears this frame also from its own session (PROTOCOL.md 4.1).
async fn frames_to_sender(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    row: &MessageRow,
) -> Result<Vec<Notice>, ApiError> {
    let sender = Uid::named(&row.sender);
    let envelope = Envelope {
        app_id: &cloud.config.app_id,
        kind: "on_moderation_status_changed",
        sender: &row.sender,
        receiver: &row.receiver,
        receiver_type: &row.receiver_type,
        device_id: Initiator::App.device(),
    };
    let mut notices = Vec::new();
    for files in cloud.hub.bases(&sender) {
        let view = View { hub: &cloud.hub, uid: &sender, files: &files };
        let body = message::one(connection, view, row).await?;
        notices.push(Notice::FrameAt(sender.clone(), files, envelope.with(&body)));
    }
    Ok(notices)
}

/// Now the message is everybody's: it counts as unread, stands in their conversations, and is told.
async fn deliver(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    row: &MessageRow,
    now: i64,
) -> Result<Vec<Notice>, ApiError> {
    let sender = Uid::named(&row.sender);
    let audience = fan_out::participants(connection, row).await?;
    let counted = audience.len() <= cloud.config.limits.members_with_receipts;
    let others: Vec<Uid> = audience.into_iter().filter(|uid| *uid != sender).collect();
    if counted {
        send::receive(connection, row, row.id, &others, now).await?;
    }
    if let Some(parent_id) = row.parent_id {
        messages::touch(connection, parent_id, now).await?;
    }
    fan_out::message_frames(connection, cloud, &others, row.id, Initiator::App.device()).await
}
