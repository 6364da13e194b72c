//! Reactions: whoever may see a message may react to it, each reaction once.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    actor::{self, Actor},
    block,
    fan_out::{self, Notice},
};
use crate::{
    cloud::{SharedCloud, to_the_end},
    error::ApiError,
    peer::Peer,
    render::{entities::Entities, message},
    socket::frame::Envelope,
    store::{messages, reactions},
    webhook::event::Event,
};

/// Far longer than any emoji with all its joiners.
const LONGEST: usize = 100;

/// Adds the reaction, or takes it away, and answers the message. What was so already is no news.
pub(crate) async fn change(
    cloud: &SharedCloud,
    actor: &Actor,
    message_id: i64,
    reaction: String,
    add: bool,
) -> Result<Value, ApiError> {
    if reaction.trim().is_empty() || reaction.chars().count() > LONGEST {
        return Err(ApiError::field("reaction", "The reaction must have 1 to 100 characters."));
    }
    let (cloud, actor) = (Arc::clone(cloud), actor.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        actor.check(connection).await?;
        let target = actor::visible(connection, &actor.uid, message_id).await?;
        if target.category == "action" || target.deleted_at.is_some() {
            return Err(ApiError::MessageActionNotAllowed(message_id));
        }
        let other = if target.receiver == actor.uid.as_str() { &target.sender } else { &target.receiver };
        block::check(connection, &actor.uid, &Peer::of(&target.receiver_type, other)).await?;
        let now = cloud.clock.now();
        let row = if add {
            reactions::add(connection, message_id, &actor.uid, &reaction, now).await?
        } else {
            reactions::remove(connection, message_id, &actor.uid, &reaction).await?
        };
        let mut frames = Vec::new();
        if let Some(row) = row {
            messages::touch(connection, message_id, now).await?;
            if cloud.webhooks.is_some() {
                let named = [Peer::User(actor.uid.clone())];
                let entities = Entities::load(connection, &cloud.hub, &actor.uid, named).await?;
                frames.push(Notice::Event(Event::reacted(&one(&row, &entities), add)));
            }
            let audience = fan_out::participants(connection, &target).await?;
            for viewer in audience.iter().filter(|uid| cloud.hub.is_online(uid.as_str())) {
                let named = [Peer::User(actor.uid.clone())];
                let entities = Entities::load(connection, &cloud.hub, viewer, named).await?;
                let mut body = one(&row, &entities);
                body["action"] = json!(if add { "message_reaction_added" } else { "message_reaction_removed" });
                body["conversationId"] = json!(target.conversation_id);
                if let Some(parent) = target.parent_id {
                    body["parentId"] = json!(parent.to_string());
                }
                let envelope = Envelope {
                    app_id: &cloud.config.app_id,
                    kind: "reaction",
                    sender: actor.uid.as_str(),
                    receiver: other,
                    receiver_type: &target.receiver_type,
                    device_id: &actor.device,
                };
                frames.push(Notice::Frame(viewer.clone(), envelope.with(&body)));
            }
        }
        let seen = actor::visible(connection, &actor.uid, message_id).await?;
        let rendered = message::one(connection, actor.view(&cloud.hub), &seen).await?;
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, frames, &committed);
        Ok(rendered)
    })
    .await
}

/// One reaction on the wire.
pub(crate) fn one(row: &reactions::ReactionRow, entities: &Entities) -> Value {
    json!({
        "id": row.id.to_string(),
        "messageId": row.message_id.to_string(),
        "uid": row.uid,
        "reaction": row.reaction,
        "reactedAt": row.reacted_at,
        "reactedBy": entities.user(&row.uid),
    })
}
