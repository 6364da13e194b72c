//! Pins of messages and conversations, saved messages, and reports.

use std::sync::Arc;

use axum::extract::State;
use serde_json::{Value, json};

use super::{conversations::one, messages::message_id};
use crate::{
    chat::{
        actor::{self, Actor, active},
        fan_out::{self, Notice},
        group,
        pin::{self, Mark},
    },
    cloud::{SharedCloud, to_the_end},
    error::ApiError,
    peer::Peer,
    render::list::Data,
    request::{body::Body, path::Path},
    settings,
    socket::frame::Envelope,
    store::{conversations, pins},
};

/// `POST /messages/{id}/pin`.
pub(crate) async fn pin(state: State<SharedCloud>, viewer: Actor, id: Path<String>) -> Result<Data, ApiError> {
    mark(state, viewer, id, Mark::Pin).await
}

/// `DELETE /messages/{id}/pin`.
pub(crate) async fn unpin(state: State<SharedCloud>, viewer: Actor, id: Path<String>) -> Result<Data, ApiError> {
    mark(state, viewer, id, Mark::Unpin).await
}

/// `POST /messages/{id}/save`.
pub(crate) async fn save(state: State<SharedCloud>, viewer: Actor, id: Path<String>) -> Result<Data, ApiError> {
    mark(state, viewer, id, Mark::Save).await
}

/// `DELETE /messages/{id}/save`.
pub(crate) async fn unsave(state: State<SharedCloud>, viewer: Actor, id: Path<String>) -> Result<Data, ApiError> {
    mark(state, viewer, id, Mark::Unsave).await
}

async fn mark(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path(id): Path<String>,
    mark: Mark,
) -> Result<Data, ApiError> {
    Ok(Data(pin::apply(&cloud, &viewer, message_id(&id)?, mark).await?))
}

/// `POST /{users|groups}/{id}/conversation/pin`: for oneself.
pub(crate) async fn pin_conversation(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    peer: Peer,
) -> Result<Data, ApiError> {
    change_conversation(&cloud, viewer, peer, true).await
}

/// `DELETE /{users|groups}/{id}/conversation/pin`.
pub(crate) async fn unpin_conversation(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    peer: Peer,
) -> Result<Data, ApiError> {
    change_conversation(&cloud, viewer, peer, false).await
}

/// Tells one's other devices.
async fn change_conversation(cloud: &SharedCloud, viewer: Actor, peer: Peer, pinned: bool) -> Result<Data, ApiError> {
    let cloud = Arc::clone(cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        viewer.check(connection).await?;
        match &peer {
            Peer::User(uid) => drop(active(connection, uid).await?),
            Peer::Group(guid) => drop(group::joined(connection, &viewer.uid, guid).await?),
        }
        let id = peer.conversation_of(&viewer.uid);
        let known = conversations::find(connection, &viewer.uid, &id).await?;
        let new = known.as_ref().is_none_or(|row| row.pinned_at.is_none());
        let limit = cloud.config.limits.pinned_conversations;
        if pinned && new && conversations::pinned(connection, &viewer.uid).await? >= limit {
            return Err(ApiError::PinnedConversationsLimit);
        }
        if !pinned && known.is_none() {
            return Err(ApiError::ConversationNotAccessible(id));
        }
        let now = cloud.clock.now();
        conversations::pin(connection, &viewer.uid, &id, &peer, pinned.then_some(now), now).await?;
        let row = conversations::find(connection, &viewer.uid, &id).await?;
        // Without a message and without its pin there is none any more to show.
        let rendered = match (row, known) {
            (Some(_), _) | (None, None) => one(connection, &cloud, &viewer, &peer).await?,
            (None, Some(mut row)) => {
                row.pinned_at = None;
                crate::render::conversation::conversations(connection, viewer.view(&cloud.hub), &[row])
                    .await?
                    .pop()
                    .unwrap_or_default()
            }
        };
        let envelope = Envelope {
            app_id: &cloud.config.app_id,
            kind: "conversation_pin",
            sender: viewer.uid.as_str(),
            receiver: viewer.uid.as_str(),
            receiver_type: "user",
            device_id: &viewer.device,
        };
        let action = if pinned { "pinned" } else { "unpinned" };
        let frame = envelope.with(&json!({ "action": action, "conversation": rendered }));
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, vec![Notice::Frame(viewer.uid.clone(), frame)], &committed);
        Ok(Data(rendered))
    })
    .await
}

/// `POST /messages/{id}/flagged`: reports it to the moderators, of whom there are none here: it is kept.
pub(crate) async fn flag(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path(id): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let id = message_id(&id)?;
    let reason = body
        .get("id")
        .and_then(Value::as_str)
        .filter(|reason| settings::FLAG_REASONS.iter().any(|(known, _)| known == reason))
        .ok_or_else(|| ApiError::field("id", "The id must be that of a reason in the settings."))?;
    let remark = match body.get("remark") {
        None | Some(Value::Null) => None,
        Some(Value::String(remark)) if remark.chars().count() <= 1_000 => Some(remark.as_str()),
        Some(_) => return Err(ApiError::field("remark", "The remark may have up to 1000 characters.")),
    };
    let mut turn = cloud.store.write().await?;
    viewer.check(turn.connection()).await?;
    let target = actor::visible(turn.connection(), &viewer.uid, id).await?;
    if target.category == "action" || target.deleted_at.is_some() {
        return Err(ApiError::MessageActionNotAllowed(id));
    }
    pins::flag(turn.connection(), &viewer.uid, id, (reason, remark), cloud.clock.now()).await?;
    turn.commit().await?;
    Ok(Data(json!({ "success": true, "message": format!("The message {id} has been flagged successfully.") })))
}
