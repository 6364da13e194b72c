//! Who hears of a message, and what each of them is told.

use sqlx::SqliteConnection;

use crate::{
    cloud::Cloud,
    error::ApiError,
    guid::Guid,
    render::message,
    socket::frame::{Envelope, Frame},
    store::{
        Committed, members,
        messages::{self, MessageRow},
    },
    uid::Uid,
};

/// Frames that wait for the commit.
pub(crate) struct Outgoing(Vec<(Uid, Frame)>);

impl Outgoing {
    pub(crate) fn new(frames: Vec<(Uid, Frame)>) -> Self {
        Self(frames)
    }

    /// Queues the frames while the turn is still ours, so that they leave in the order of the commits.
    pub(crate) fn send(self, cloud: &Cloud, _after: &Committed) {
        for (uid, frame) in self.0 {
            cloud.hub.send(uid.as_str(), &frame);
        }
    }
}

/// Everybody who takes part in the message's conversation, once each: who writes to itself is alone in it.
pub(crate) async fn participants(connection: &mut SqliteConnection, row: &MessageRow) -> Result<Vec<Uid>, sqlx::Error> {
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
) -> Result<Vec<(Uid, Frame)>, ApiError> {
    let mut frames = Vec::new();
    for viewer in audience.iter().filter(|uid| cloud.hub.is_online(uid.as_str())) {
        let Some(seen) = messages::find_as(connection, viewer, id).await? else { continue };
        let body = message::one(connection, &cloud.hub, viewer, &seen).await?;
        let envelope = Envelope {
            app_id: &cloud.config.app_id,
            kind: "message",
            sender: &seen.sender,
            receiver: &seen.receiver,
            receiver_type: &seen.receiver_type,
            device_id: device,
        };
        frames.push((viewer.clone(), envelope.with(&body)));
    }
    Ok(frames)
}
