//! Receipts: a receipt for a message covers all that were received before it, and is news only once.

use std::sync::Arc;

use serde_json::json;

use super::{
    actor::Actor,
    fan_out::{self, Outgoing},
};
use crate::{
    clock,
    cloud::{SharedCloud, to_the_end},
    error::ApiError,
    render::people,
    socket::frame::Envelope,
    store::{
        messages,
        recipients::{self, Receipt},
    },
    uid::Uid,
};

/// How far somebody acknowledges.
pub(crate) enum UpTo {
    Message(i64),
    /// Everything in the conversation with this person.
    Newest(Uid),
}

/// Stores the receipt, and tells the sender and the reader's other devices where it was news.
pub(crate) async fn mark(cloud: &SharedCloud, actor: &Actor, up_to: UpTo, receipt: Receipt) -> Result<(), ApiError> {
    let (cloud, actor) = (Arc::clone(cloud), actor.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        let user = actor.check(connection).await?;
        let Actor { uid: reader, device, .. } = actor;
        let id = match up_to {
            UpTo::Message(id) => id,
            UpTo::Newest(other) => {
                let newest = recipients::newest(connection, &reader, &reader.conversation_with(&other)).await?;
                let Some(id) = newest else { return Ok(()) };
                id
            }
        };
        let row = messages::find(connection, id).await?.ok_or_else(|| ApiError::MessageNotFound(id.to_string()))?;
        let participants = fan_out::participants(&row);
        if !participants.contains(&reader) {
            return Err(ApiError::MessageNoAccess(id));
        }
        let now = clock::now();
        let news = recipients::mark(connection, &reader, &row.conversation_id, id, receipt, now).await?;
        let committed = turn.commit().await?;
        if news {
            let body = json!({
                "action": receipt.action(),
                "messageId": id.to_string(),
                "timestamp": now,
                "user": people::user(&user, cloud.hub.is_online(reader.as_str())),
            });
            let other = participants.iter().find(|uid| **uid != reader).unwrap_or(&reader);
            let frame = Envelope {
                app_id: &cloud.config.app_id,
                kind: "receipts",
                sender: reader.as_str(),
                receiver: other.as_str(),
                receiver_type: &row.receiver_type,
                device_id: &device,
            }
            .with(&body);
            let frames = participants.iter().map(|uid| (uid.clone(), frame.clone())).collect();
            Outgoing::new(frames).send(&cloud, &committed);
        }
        Ok(())
    })
    .await
}
