//! Editing and deleting: both leave an action message behind, which is what everybody is told.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use super::{
    actor::Actor,
    attachment,
    draft::{self, Draft},
    fan_out::{self, Notice},
    group, mention,
};
use crate::{
    cloud::{SharedCloud, to_the_end},
    error::ApiError,
    guid::Guid,
    render::message,
    store::{
        files,
        messages::{self, MessageRow},
        parse_json, recipients,
    },
    uid::Uid,
    webhook::event::Event,
};

/// What is to become of a message.
pub(crate) enum Change {
    /// The body of `PUT /messages/{id}`.
    Edit(Value),
    Delete,
}

/// Changes the message `id` and answers the action message as the actor sees it. Only the sender may, and in a
/// group its admins and moderators.
pub(crate) async fn apply(cloud: &SharedCloud, actor: &Actor, id: i64, change: Change) -> Result<Value, ApiError> {
    let (cloud, actor) = (Arc::clone(cloud), actor.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        actor.check(connection).await?;
        let Actor { uid: author, device, .. } = actor.clone();
        let mut target =
            messages::find(connection, id).await?.ok_or_else(|| ApiError::MessageNotFound(id.to_string()))?;
        if messages::find_for(connection, &author, id).await?.is_none() {
            return Err(ApiError::MessageNoAccess(id));
        }
        if target.sender != author.as_str() && !moderates(connection, &author, &target).await? {
            return Err(ApiError::MessageNotASender(id));
        }
        if target.category == "action" || target.deleted_at.is_some() {
            return Err(ApiError::MessageActionNotAllowed(id));
        }
        let now = cloud.clock.now();
        let mut unused_files = Vec::new();
        target.updated_at = now;
        let word = match change {
            Change::Edit(body) => {
                edit(&mut target, &body)?;
                let mut data = match parse_json(Some(&target.data)) {
                    Some(Value::Object(data)) => data,
                    _ => Map::new(),
                };
                let files = attachment::resolve(connection, &mut data).await?;
                attachment::attach(connection, id, &files).await?;
                target.data = Value::Object(data).to_string();
                target.edited_at = Some(now);
                target.edited_by = Some(author.to_string());
                "edited"
            }
            Change::Delete => {
                target.deleted_at = Some(now);
                target.deleted_by = Some(author.to_string());
                recipients::withdraw(connection, id).await?;
                unused_files = files::detach(connection, id).await?;
                "deleted"
            }
        };
        messages::update(connection, &target).await?;
        mention::note(connection, id, &target).await?;
        let action = MessageRow {
            conversation_id: target.conversation_id.clone(),
            sender: author.to_string(),
            receiver_type: target.receiver_type.clone(),
            receiver: target.receiver.clone(),
            category: "action".into(),
            kind: "message".into(),
            data: json!({ "action": word }).to_string(),
            tags: "[]".into(),
            parent_id: target.parent_id,
            target_id: Some(id),
            moderation: target.moderation.clone(),
            sent_at: now,
            updated_at: now,
            ..MessageRow::default()
        };
        let action_id = messages::insert(connection, &action).await?;
        let audience = fan_out::participants(connection, &target).await?;
        let mut frames = fan_out::message_frames(connection, &cloud, &audience, action_id, &device).await?;
        let stored = messages::find_for(connection, &author, action_id)
            .await?
            .ok_or_else(|| ApiError::MessageNotFound(action_id.to_string()))?;
        let rendered = message::one(connection, actor.view(&cloud.hub), &stored).await?;
        if cloud.webhooks.is_some() {
            frames.push(Notice::Event(Event::changed(&rendered, target.deleted_at.is_some())));
        }
        let committed = turn.commit().await?;
        cloud.files.remove(&unused_files);
        fan_out::tell(&cloud, frames, &committed);
        Ok(rendered)
    })
    .await
}

/// Whether the message stands in a group of which `author` is an admin or a moderator.
async fn moderates(connection: &mut SqliteConnection, author: &Uid, target: &MessageRow) -> Result<bool, ApiError> {
    if target.receiver_type != "group" {
        return Ok(false);
    }
    let group = group::joined(connection, author, &Guid::named(&target.receiver)).await?;
    Ok(group::scope_of(&group, author.as_str(), group.scope.as_deref()).moderates().is_ok())
}

/// What the body leaves out stays as it was.
fn edit(target: &mut MessageRow, body: &Value) -> Result<(), ApiError> {
    let stored = match parse_json(Some(&target.data)) {
        Some(Value::Object(stored)) => stored,
        _ => Map::new(),
    };
    let mut merged = stored.clone();
    if let Value::Object(changes) = &body["data"] {
        merged.extend(changes.clone());
    } else if !body["data"].is_null() {
        return Err(ApiError::InvalidMessage {
            code: "ERR_INVALID_MESSAGE_DATA",
            field: "data",
            message: "The data must be an object.",
        });
    }
    if let (Value::Null, Some(text)) = (&body["data"]["text"], body["text"].as_str()) {
        merged.insert("text".into(), text.into());
    }
    let mut data = draft::data(&target.category, &target.kind, &json!({ "data": merged }))?;
    if let Some(resource) = stored.get("resource") {
        data.insert("resource".into(), resource.clone());
    }
    target.search_text = Draft::search_text(&data);
    target.data = Value::Object(data).to_string();
    if let Some(tags) = draft::tags(&body["tags"])? {
        target.tags = Value::from(tags).to_string();
    }
    Ok(())
}
