//! Editing and deleting: both leave an action message behind, which is what everybody is told.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{
    actor::Actor,
    draft::{self, Draft},
    fan_out,
};
use crate::{
    clock,
    cloud::{SharedCloud, to_the_end},
    error::ApiError,
    render::message,
    store::{
        messages::{self, MessageRow},
        parse_json, recipients,
    },
};

/// What is to become of a message.
pub(crate) enum Change {
    /// The body of `PUT /messages/{id}`.
    Edit(Value),
    Delete,
}

/// Changes the message `id` and answers the action message as the actor sees it. Only the sender may.
pub(crate) async fn apply(cloud: &SharedCloud, actor: &Actor, id: i64, change: Change) -> Result<Value, ApiError> {
    let (cloud, actor) = (Arc::clone(cloud), actor.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        actor.check(connection).await?;
        let Actor { uid: author, device, .. } = actor;
        let mut target =
            messages::find(connection, id).await?.ok_or_else(|| ApiError::MessageNotFound(id.to_string()))?;
        if !fan_out::participants(&target).contains(&author) {
            return Err(ApiError::MessageNoAccess(id));
        }
        if target.sender != author.as_str() {
            return Err(ApiError::MessageNotASender(id));
        }
        if target.category == "action" || target.deleted_at.is_some() {
            return Err(ApiError::MessageActionNotAllowed(id));
        }
        let now = clock::now();
        target.updated_at = now;
        let word = match change {
            Change::Edit(body) => {
                edit(&mut target, &body)?;
                target.edited_at = Some(now);
                target.edited_by = Some(author.to_string());
                "edited"
            }
            Change::Delete => {
                target.deleted_at = Some(now);
                target.deleted_by = Some(author.to_string());
                recipients::withdraw(connection, id).await?;
                "deleted"
            }
        };
        messages::update(connection, &target).await?;
        let action = MessageRow {
            conversation_id: target.conversation_id.clone(),
            sender: author.to_string(),
            receiver_type: target.receiver_type.clone(),
            receiver: target.receiver.clone(),
            category: "action".into(),
            kind: "message".into(),
            data: json!({ "action": word }).to_string(),
            tags: "[]".into(),
            target_id: Some(id),
            sent_at: now,
            updated_at: now,
            ..MessageRow::default()
        };
        let action_id = messages::insert(connection, &action).await?;
        let outgoing = fan_out::message_frames(connection, &cloud, &target, action_id, &device).await?;
        let stored = messages::find_for(connection, &author, action_id)
            .await?
            .ok_or_else(|| ApiError::MessageNotFound(action_id.to_string()))?;
        let rendered = message::one(connection, &cloud.hub, &author, &stored).await?;
        let committed = turn.commit().await?;
        outgoing.send(&cloud, &committed);
        Ok(rendered)
    })
    .await
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
