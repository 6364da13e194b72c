//! Sending: stored first, then told.

use std::sync::Arc;

use serde_json::Value;
use sqlx::SqliteConnection;

use super::{
    actor::{Actor, active},
    attachment, block,
    draft::Draft,
    fan_out::{self, Notice},
    group, mention, moderation, thread,
};
use crate::{
    cloud::{self, Cloud, SharedCloud, to_the_end},
    content::moderation::{Status, Verdict, looks_at},
    error::ApiError,
    peer::Peer,
    render::message,
    store::{
        conversations,
        messages::{self, MessageRow},
        recipients,
    },
    uid::Uid,
    webhook::event::Event,
};

/// Sends the draft, and answers it as its sender sees it. A `muid` that the sender used before in this
/// conversation answers the message of that time, and nobody hears of it twice.
pub(crate) async fn send(cloud: &SharedCloud, actor: &Actor, draft: Draft) -> Result<Value, ApiError> {
    let (cloud, actor) = (Arc::clone(cloud), actor.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        actor.check(connection).await?;
        let Actor { uid: sender, device, .. } = actor.clone();
        let receiver = draft.receiver.clone();
        if let Some(muid) = &draft.muid
            && let conversation_id = receiver.conversation_of(&sender)
            && let Some(id) = messages::find_by_muid(connection, sender.as_str(), &conversation_id, muid).await?
        {
            return render(connection, &cloud, &actor, id).await;
        }
        let mut draft = draft;
        screen(&cloud, &mut draft);
        let verdict = draft.moderation;
        let new_files = std::mem::take(&mut draft.files);
        let now = cloud.clock.now();
        let Entered { id, audience, .. } = enter(connection, &cloud, &sender, &device, draft, now).await?;
        attachment::store(connection, &sender, id, &new_files, now).await?;
        let mut frames = fan_out::message_frames(connection, &cloud, &audience, id, &device).await?;
        let rendered = render(connection, &cloud, &actor, id).await?;
        if cloud.webhooks.is_some() && verdict.is_none() {
            frames.extend(Event::sent(&rendered).into_iter().map(Notice::Event));
        }
        let committed = turn.commit().await?;
        for file in new_files {
            file.arrived.keep();
        }
        fan_out::tell(&cloud, frames, &committed);
        drop(committed);
        match verdict {
            None => cloud.tell(cloud::Event::MessageSent { sender, receiver }),
            Some(Verdict::Later) => {}
            Some(Verdict::AtOnce(status)) => {
                tokio::spawn(async move {
                    if let Err(error) = moderation::decide(&cloud, id, status, actor.files).await {
                        tracing::warn!(error.cause = %error, "a message still waits for moderation");
                    }
                });
            }
        }
        Ok(rendered)
    })
    .await
}

/// What the rules about texts make of it.
fn screen(cloud: &Cloud, draft: &mut Draft) {
    if let Some(preview) = cloud.content.previews.find(&draft.data) {
        preview.inject(&mut draft.data);
    }
    if looks_at(&draft.category, &draft.kind) {
        draft.moderation = cloud.content.moderation.find(&draft.data);
    }
}

/// A message that is stored.
pub(crate) struct Entered {
    pub id: i64,
    pub conversation_id: String,
    /// Everybody in its conversation; the sender alone where moderation withholds it.
    pub audience: Vec<Uid>,
}

/// Stores what `sender` wants to send, with all that follows from it, as of the second `at`.
pub(crate) async fn enter(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    sender: &Uid,
    device: &str,
    draft: Draft,
    at: i64,
) -> Result<Entered, ApiError> {
    reachable(connection, sender, &draft.receiver).await?;
    let conversation_id = draft.receiver.conversation_of(sender);
    if let Some(parent_id) = draft.parent_id {
        thread::check_parent(connection, sender, &conversation_id, parent_id).await?;
    }
    if let Some(quoted_id) = draft.quoted_id {
        thread::check_quoted(connection, sender, &conversation_id, quoted_id).await?;
    }
    let follows = draft.follows;
    let mut draft = draft;
    let files = attachment::resolve(connection, &mut draft.data).await?;
    let row = row(sender, device, draft, at);
    let audience = fan_out::participants(connection, &row).await?;
    let counted = audience.len() <= cloud.config.limits.members_with_receipts;
    let id = store(connection, &row, &audience, counted).await?;
    attachment::attach(connection, id, &files).await?;
    mention::note(connection, id, &row).await?;
    thread::replied(connection, &row, id, follows).await?;
    Ok(Entered { id, conversation_id, audience })
}

/// Refuses a person who is not there or out of reach, and a group that the sender is not in.
pub(crate) async fn reachable(
    connection: &mut SqliteConnection,
    sender: &Uid,
    receiver: &Peer,
) -> Result<(), ApiError> {
    match receiver {
        Peer::User(uid) => {
            active(connection, uid).await?;
            block::check(connection, sender, receiver).await
        }
        Peer::Group(guid) => group::joined(connection, sender, guid).await.map(drop),
    }
}

fn row(sender: &Uid, device: &str, draft: Draft, now: i64) -> MessageRow {
    let mut data = draft.data;
    let search_text = Draft::search_text(&data);
    // The cloud repeats here which session sent it.
    data.insert("resource".into(), device.into());
    MessageRow {
        muid: draft.muid,
        conversation_id: draft.receiver.conversation_of(sender),
        sender: sender.to_string(),
        receiver_type: draft.receiver.kind().into(),
        receiver: draft.receiver.id().to_owned(),
        category: draft.category,
        kind: draft.kind,
        data: Value::Object(data).to_string(),
        search_text,
        tags: Value::from(draft.tags).to_string(),
        parent_id: draft.parent_id,
        quoted_id: draft.quoted_id,
        moderation: draft.moderation.map(|_| Status::Pending.word().to_owned()),
        sent_at: now,
        updated_at: now,
        ..MessageRow::default()
    }
}

/// Stores a message. Unless its group is too large for that, it is also counted as unread by all in `audience` but its
/// sender, and stands at the top of their conversations. Also for history made up by the demo.
pub(crate) async fn store(
    connection: &mut SqliteConnection,
    row: &MessageRow,
    audience: &[Uid],
    counted: bool,
) -> Result<i64, sqlx::Error> {
    let id = messages::insert(connection, row).await?;
    if counted {
        receive(connection, row, id, audience, row.sent_at).await?;
    }
    Ok(id)
}

/// Counts the message as unread by all in `audience` but its sender, and puts it at the top of their conversations.
pub(super) async fn receive(
    connection: &mut SqliteConnection,
    row: &MessageRow,
    id: i64,
    audience: &[Uid],
    at: i64,
) -> Result<(), sqlx::Error> {
    for uid in audience {
        if uid.as_str() != row.sender {
            recipients::add(connection, id, &row.conversation_id, uid.as_str()).await?;
        }
        let other =
            if row.receiver_type == "group" || uid.as_str() == row.sender { &row.receiver } else { &row.sender };
        let peer = Peer::of(&row.receiver_type, other);
        conversations::advance(connection, uid, &row.conversation_id, &peer, id, at).await?;
    }
    Ok(())
}

async fn render(connection: &mut SqliteConnection, cloud: &Cloud, viewer: &Actor, id: i64) -> Result<Value, ApiError> {
    let row = messages::find_for(connection, &viewer.uid, id)
        .await?
        .ok_or_else(|| ApiError::MessageNotFound(id.to_string()))?;
    Ok(message::one(connection, viewer.view(&cloud.hub), &row).await?)
}
