//! Who hears of a message, and what each of them is told.

use std::sync::Arc;

use sqlx::SqliteConnection;

use crate::{
    cloud::Cloud,
    content::moderation::Status,
    error::ApiError,
    guid::Guid,
    render::{message, view::View},
    socket::frame::{Envelope, Frame},
    store::{
        Committed, members,
        messages::{self, MessageRow},
    },
    uid::Uid,
    webhook::event::Event,
};

/// Something to be told once it is committed.
pub(crate) enum Notice {
    /// To all sockets of this person.
    Frame(Uid, Frame),
    /// To those of its sockets that find uploads below this address.
    FrameAt(Uid, Arc<str>, Frame),
    /// To the webhook; made only where there is one.
    Event(Event),
}

/// Tells it while the turn is still ours, so that everything leaves in the order of the commits.
pub(crate) fn tell(cloud: &Cloud, notices: Vec<Notice>, _after: &Committed) {
    for notice in notices {
        match (notice, &cloud.webhooks) {
            (Notice::Frame(uid, frame), _) => cloud.hub.send(uid.as_str(), &frame),
            (Notice::FrameAt(uid, files, frame), _) => cloud.hub.send_at(uid.as_str(), &files, &frame),
            (Notice::Event(event), Some(webhooks)) => webhooks.tell(event),
            (Notice::Event(_), None) => {}
        }
    }
}

/// Everybody who takes part in the message's conversation, once each: who writes to itself is alone in it, and so is
/// whoever wrote what moderation withholds.
pub(crate) async fn participants(connection: &mut SqliteConnection, row: &MessageRow) -> Result<Vec<Uid>, sqlx::Error> {
    if row.moderation.as_deref().is_some_and(|status| status != Status::Approved.word()) {
        return Ok(vec![Uid::named(&row.sender)]);
    }
    if row.receiver_type == "group" {
        let uids = members::uids(connection, &Guid::named(&row.receiver)).await?;
        return Ok(uids.iter().map(|uid| Uid::named(uid)).collect());
    }
    let mut participants = vec![Uid::named(&row.sender), Uid::named(&row.receiver)];
    participants.dedup();
    Ok(participants)
}

/// The frames that tell `audience` of the message `id`, rendered as each of them sees it. Who is not online gets none;
/// nobody comes online within a turn.
pub(crate) async fn message_frames(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    audience: &[Uid],
    id: i64,
    device: &str,
) -> Result<Vec<Notice>, ApiError> {
    let mut frames = Vec::new();
    for viewer in audience.iter().filter(|uid| cloud.hub.is_online(uid.as_str())) {
        let Some(seen) = messages::find_as(connection, viewer, id).await? else { continue };
        let envelope = Envelope {
            app_id: &cloud.config.app_id,
            kind: "message",
            sender: &seen.sender,
            receiver: &seen.receiver,
            receiver_type: &seen.receiver_type,
            device_id: device,
        };
        for files in cloud.hub.bases(viewer) {
            let view = View { hub: &cloud.hub, uid: viewer, files: &files };
            let body = message::one(connection, view, &seen).await?;
            frames.push(Notice::FrameAt(viewer.clone(), files, envelope.with(&body)));
        }
    }
    Ok(frames)
}
