//! Conversations: the list, one of them, what was read, tags, deletion from one's own view.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::{
    chat::{
        actor::Actor,
        draft,
        receipts::{self, UpTo},
    },
    cloud::{Cloud, SharedCloud, to_the_end},
    error::ApiError,
    peer::Peer,
    render::{conversation, list::Data},
    request::{body::Body, parameters::Parameters},
    store::{
        conversations::{self, ConversationFilter},
        recipients::{self, Receipt},
    },
    uid::Uid,
};

/// `GET /conversations`, newest message first.
pub(crate) async fn list(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    let page = parameters.page(30, 100)?;
    let pinned_by = parameters.list("pinnedBy");
    if pinned_by.iter().any(|who| !matches!(who.as_str(), "me" | "system")) {
        return Err(ApiError::field("pinnedBy", "The pinnedBy must be me or system."));
    }
    let filter = ConversationFilter {
        conversation_id: None,
        kind: parameters.text("conversationType").filter(|kind| *kind != "both").map(ToOwned::to_owned),
        unread: parameters.flag("unread"),
        search: parameters.search(),
        tags: parameters.list("tags"),
        user_tags: parameters.list("userTags"),
        group_tags: parameters.list("groupTags"),
        pinned: pinned_by.iter().any(|who| who == "me"),
        include_blocked: parameters.flag("includeBlockedUsers"),
        // There are no agents here, and the app pins nothing for everybody.
        nobody: parameters.flag("onlyAgentic")
            || (!pinned_by.is_empty() && pinned_by.iter().all(|who| who == "system")),
    };
    let mut connection = cloud.store.read().await?;
    let total = conversations::count(&mut connection, &viewer.uid, &filter).await?;
    let rows = conversations::list(&mut connection, &viewer.uid, &filter, page.size, page.offset()).await?;
    let rendered = conversation::conversations(&mut connection, viewer.view(&cloud.hub), &rows).await?;
    Ok(page.answer(rendered, total))
}

/// `GET /{users|groups}/{id}/conversation`.
pub(crate) async fn show(State(cloud): State<SharedCloud>, viewer: Actor, peer: Peer) -> Result<Data, ApiError> {
    let mut connection = cloud.store.read().await?;
    Ok(Data(one(&mut connection, &cloud, &viewer, &peer).await?))
}

/// `PUT /{users|groups}/{id}/conversation`: its tags.
pub(crate) async fn tag(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    peer: Peer,
    body: Body,
) -> Result<Data, ApiError> {
    let tags = draft::tags(&body.into_value()["tags"])?
        .ok_or_else(|| ApiError::field("tags", "The tags field is required."))?;
    let mut turn = cloud.store.write().await?;
    viewer.check(turn.connection()).await?;
    let id = accessible(turn.connection(), &viewer.uid, &peer).await?;
    conversations::set_tags(turn.connection(), &viewer.uid, &id, &Value::from(tags).to_string()).await?;
    let rendered = one(turn.connection(), &cloud, &viewer, &peer).await?;
    turn.commit().await?;
    Ok(Data(rendered))
}

/// `DELETE /{users|groups}/{id}/conversation`: from one's own view only.
pub(crate) async fn delete(State(cloud): State<SharedCloud>, viewer: Actor, peer: Peer) -> Result<Data, ApiError> {
    let mut turn = cloud.store.write().await?;
    viewer.check(turn.connection()).await?;
    let id = accessible(turn.connection(), &viewer.uid, &peer).await?;
    recipients::forget_unread(turn.connection(), &viewer.uid, &id).await?;
    conversations::clear(turn.connection(), &viewer.uid, &id).await?;
    turn.commit().await?;
    Ok(Data(json!({ "success": true, "message": "The conversation has been deleted successfully." })))
}

/// `POST /{users|groups}/{id}/conversation/read`.
pub(crate) async fn mark_read(State(cloud): State<SharedCloud>, viewer: Actor, peer: Peer) -> Result<Data, ApiError> {
    mark(&cloud, &viewer, peer, Receipt::Read).await
}

/// `POST /{users|groups}/{id}/conversation/delivered`.
pub(crate) async fn mark_delivered(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    peer: Peer,
) -> Result<Data, ApiError> {
    mark(&cloud, &viewer, peer, Receipt::Delivered).await
}

async fn mark(cloud: &SharedCloud, viewer: &Actor, peer: Peer, receipt: Receipt) -> Result<Data, ApiError> {
    {
        let mut connection = cloud.store.read().await?;
        accessible(&mut connection, &viewer.uid, &peer).await?;
    }
    receipts::mark(cloud, viewer, UpTo::Newest(peer), receipt).await?;
    let message = format!("The conversation has been marked as {} successfully.", receipt.action());
    Ok(Data(json!({ "success": true, "message": message })))
}

/// `DELETE /{users|groups}/{id}/conversation/read`: the message and all after it are unread again.
pub(crate) async fn mark_unread(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    peer: Peer,
    body: Body,
) -> Result<Data, ApiError> {
    let body = body.into_value();
    let id = &body["messageId"];
    let message_id = id
        .as_i64()
        .or_else(|| id.as_str().and_then(|text| text.parse().ok()))
        .ok_or_else(|| ApiError::field("messageId", "The messageId field is required."))?;
    let cloud = Arc::clone(&cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        viewer.check(turn.connection()).await?;
        let conversation_id = accessible(turn.connection(), &viewer.uid, &peer).await?;
        if !recipients::is_one(turn.connection(), message_id, &viewer.uid, &conversation_id).await? {
            return Err(ApiError::MessageNotFound(message_id.to_string()));
        }
        recipients::mark_unread_from(turn.connection(), &viewer.uid, &conversation_id, message_id).await?;
        let rendered = one(turn.connection(), &cloud, &viewer, &peer).await?;
        turn.commit().await?;
        Ok(Data(json!({ "success": true, "message": "Marked as unread.", "conversation": rendered })))
    })
    .await
}

/// The id of the conversation, where the viewer has one with that peer.
async fn accessible(connection: &mut SqliteConnection, viewer: &Uid, peer: &Peer) -> Result<String, ApiError> {
    let id = peer.conversation_of(viewer);
    match conversations::find(connection, viewer, &id).await? {
        Some(_) => Ok(id),
        None => Err(ApiError::ConversationNotAccessible(id)),
    }
}

pub(super) async fn one(
    connection: &mut SqliteConnection,
    cloud: &Cloud,
    viewer: &Actor,
    peer: &Peer,
) -> Result<Value, ApiError> {
    let id = peer.conversation_of(&viewer.uid);
    let row =
        conversations::find(connection, &viewer.uid, &id).await?.ok_or(ApiError::ConversationNotAccessible(id))?;
    let mut rendered = conversation::conversations(connection, viewer.view(&cloud.hub), &[row]).await?;
    Ok(rendered.pop().unwrap_or_default())
}
