//! Threads: the list of those that one follows, and following one.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::messages::message_id;
use crate::{
    chat::{actor::Actor, group, thread},
    cloud::SharedCloud,
    error::ApiError,
    peer::Peer,
    render::{list::Data, message},
    request::{parameters::Parameters, path::Path},
    store::{
        messages,
        threads::{self, ThreadFilter},
    },
};

/// `GET /threads`: of all conversations, the one with the latest reply first.
pub(crate) async fn list(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    answer(&cloud, &viewer, None, &parameters).await
}

/// `GET /users/{uid}/threads`, `GET /groups/{guid}/threads`.
pub(crate) async fn list_with(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    peer: Peer,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    if let Peer::Group(guid) = &peer {
        let mut connection = cloud.store.read().await?;
        group::joined(&mut connection, &viewer.uid, guid).await?;
    }
    answer(&cloud, &viewer, Some(peer.conversation_of(&viewer.uid)), &parameters).await
}

async fn answer(
    cloud: &SharedCloud,
    viewer: &Actor,
    conversation_id: Option<String>,
    parameters: &Parameters,
) -> Result<Response, ApiError> {
    let before = parameters.number("updatedAt")?.zip(parameters.number("id")?);
    let filter = ThreadFilter { conversation_id, followed: parameters.flag("participatedByMe"), before };
    let limit = parameters.per_page(30, 1_000)?;
    let mut connection = cloud.store.read().await?;
    let rows = threads::page(&mut connection, &viewer.uid, &filter, limit).await?;
    let ids: Vec<i64> = rows.iter().flat_map(|row| [row.parent_id, row.last_reply_id]).collect();
    let found = messages::find_all_for(&mut connection, &viewer.uid, &ids).await?;
    let rendered = message::messages(&mut connection, viewer.view(&cloud.hub), &found).await?;
    let shown = |id: i64| {
        let index = found.iter().position(|message| message.id == id)?;
        rendered.get(index).cloned()
    };
    let data: Vec<Value> = rows
        .iter()
        .filter_map(|row| {
            let mut thread = shown(row.parent_id)?;
            thread["lastReply"] = shown(row.last_reply_id)?;
            thread["updatedAt"] = json!(row.last_reply_at);
            thread["unreadReplyCount"] = json!(row.unread);
            Some(thread)
        })
        .collect();
    Ok(Json(json!({ "data": data, "meta": {} })).into_response())
}

/// `POST /messages/{id}/thread/subscription`.
pub(crate) async fn follow(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path(id): Path<String>,
) -> Result<Data, ApiError> {
    change(&cloud, &viewer, &id, true).await
}

/// `DELETE /messages/{id}/thread/subscription`.
pub(crate) async fn unfollow(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path(id): Path<String>,
) -> Result<Data, ApiError> {
    change(&cloud, &viewer, &id, false).await
}

async fn change(cloud: &SharedCloud, viewer: &Actor, id: &str, subscribed: bool) -> Result<Data, ApiError> {
    let id = message_id(id)?;
    let mut turn = cloud.store.write().await?;
    thread::follow(turn.connection(), viewer, id, subscribed).await?;
    turn.commit().await?;
    let verb = if subscribed { "subscribed to" } else { "unsubscribed from" };
    Ok(Data(json!({ "success": true, "message": format!("You have {verb} the thread of the message {id}.") })))
}
