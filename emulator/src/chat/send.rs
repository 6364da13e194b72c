//! Sending: stored first, then told.

use std::sync::Arc;

use serde_json::Value;
use sqlx::SqliteConnection;

use super::{
    actor::{Actor, active},
    draft::Draft,
    fan_out,
};
use crate::{
    clock,
    cloud::{Cloud, Event, SharedCloud, to_the_end},
    error::ApiError,
    render::message,
    store::{
        conversations,
        messages::{self, MessageRow},
        recipients,
    },
    uid::Uid,
};

/// Sends the draft, and answers it as its sender sees it. A `muid` that the sender used before in this
/// conversation answers the message of that time, and nobody hears of it twice.
pub(crate) async fn send(cloud: &SharedCloud, actor: &Actor, draft: Draft) -> Result<Value, ApiError> {
    let (cloud, actor) = (Arc::clone(cloud), actor.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        actor.check(connection).await?;
        let Actor { uid: sender, device, .. } = actor;
        if let Some(muid) = &draft.muid
            && let conversation_id = sender.conversation_with(&draft.receiver)
            && let Some(id) = messages::find_by_muid(connection, sender.as_str(), &conversation_id, muid).await?
        {
            return render(connection, &cloud, &sender, id).await;
        }
        active(connection, &draft.receiver).await?;
        let receiver = draft.receiver.clone();
        let row = row(&sender, &device, draft);
        let id = store(connection, &row).await?;
        let outgoing = fan_out::message_frames(connection, &cloud, &row, id, &device).await?;
        let rendered = render(connection, &cloud, &sender, id).await?;
        let committed = turn.commit().await?;
        outgoing.send(&cloud, &committed);
        drop(committed);
        cloud.tell(Event::MessageSent { sender, receiver });
        Ok(rendered)
    })
    .await
}

fn row(sender: &Uid, device: &str, draft: Draft) -> MessageRow {
    let now = clock::now();
    let mut data = draft.data;
    let search_text = Draft::search_text(&data);
    // The cloud repeats here which session sent it.
    data.insert("resource".into(), device.into());
    MessageRow {
        muid: draft.muid,
        conversation_id: sender.conversation_with(&draft.receiver),
        sender: sender.to_string(),
        receiver_type: "user".into(),
        receiver: draft.receiver.to_string(),
        category: draft.category,
        kind: draft.kind,
        data: Value::Object(data).to_string(),
        search_text,
        tags: Value::from(draft.tags).to_string(),
        sent_at: now,
        updated_at: now,
        ..MessageRow::default()
    }
}

/// Stores a message with its recipients, at the top of everybody's conversations. Also for history made up by the demo.
pub(crate) async fn store(connection: &mut SqliteConnection, row: &MessageRow) -> Result<i64, sqlx::Error> {
    let id = messages::insert(connection, row).await?;
    let (sender, receiver) = (Uid::named(&row.sender), Uid::named(&row.receiver));
    if sender != receiver {
        recipients::add(connection, id, &row.conversation_id, receiver.as_str()).await?;
    }
    for (uid, with) in [(&sender, &receiver), (&receiver, &sender)] {
        conversations::advance(connection, uid, &row.conversation_id, "user", with.as_str(), id, row.sent_at).await?;
    }
    Ok(id)
}

async fn render(connection: &mut SqliteConnection, cloud: &Cloud, viewer: &Uid, id: i64) -> Result<Value, ApiError> {
    let row =
        messages::find_for(connection, viewer, id).await?.ok_or_else(|| ApiError::MessageNotFound(id.to_string()))?;
    Ok(message::one(connection, &cloud.hub, viewer, &row).await?)
}
