//! Messages: send, read, edit, delete.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    chat::{
        actor::{self, Actor, active},
        change::{self, Change},
        draft::Draft,
        group, send,
    },
    cloud::{Cloud, SharedCloud},
    error::ApiError,
    peer::Peer,
    render::{
        entities::Entities,
        list::{self, Data},
        message,
    },
    request::{body::Body, form::MessageBody, parameters::Parameters, path::Path},
    store::{
        conversations,
        message_query::{self, Affix, MessageFilter},
        recipients,
    },
};

/// `POST /messages`.
pub(crate) async fn create(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    message: MessageBody,
) -> Result<Data, ApiError> {
    let draft = Draft { files: message.files, ..Draft::parse(&message.body)? };
    Ok(Data(send::send(&cloud, &viewer, draft).await?))
}

/// `POST /messages/{id}/thread`: a reply to that message.
pub(crate) async fn reply(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path(id): Path<String>,
    message: MessageBody,
) -> Result<Data, ApiError> {
    let parent_id = Some(message_id(&id)?);
    let draft = Draft { parent_id, files: message.files, ..Draft::parse(&message.body)? };
    Ok(Data(send::send(&cloud, &viewer, draft).await?))
}

/// `GET /messages/{id}/thread`: the replies to that message.
pub(crate) async fn list_thread(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path(id): Path<String>,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    let id = message_id(&id)?;
    {
        let mut connection = cloud.store.read().await?;
        actor::visible(&mut connection, &viewer.uid, id).await?;
    }
    let filter = MessageFilter { parent_id: Some(id), hide_replies: false, ..filter(&parameters)? };
    answer(&cloud, &viewer, &parameters, filter).await
}

/// `GET /messages`: of all conversations.
pub(crate) async fn list_all(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    answer(&cloud, &viewer, &parameters, filter(&parameters)?).await
}

/// `GET /users/{uid}/messages`, `GET /groups/{guid}/messages`: of the conversation with that person or group.
pub(crate) async fn list_with(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    peer: Peer,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    let id = peer.conversation_of(&viewer.uid);
    {
        let mut connection = cloud.store.read().await?;
        match &peer {
            // A deactivated person's conversations stay listed, so they stay readable.
            Peer::User(uid) if conversations::find(&mut connection, &viewer.uid, &id).await?.is_none() => {
                active(&mut connection, uid).await?;
            }
            Peer::User(_) => {}
            Peer::Group(guid) => {
                group::joined(&mut connection, &viewer.uid, guid).await?;
            }
        }
    }
    let filter = MessageFilter { conversation_id: Some(id), ..filter(&parameters)? };
    answer(&cloud, &viewer, &parameters, filter).await
}

/// `GET /messages/{id}`, with the receipts of those it is meant for.
pub(crate) async fn show(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path(id): Path<String>,
) -> Result<Data, ApiError> {
    let id = message_id(&id)?;
    let mut connection = cloud.store.read().await?;
    let row = actor::visible(&mut connection, &viewer.uid, id).await?;
    let mut rendered = message::one(&mut connection, viewer.view(&cloud.hub), &row).await?;
    let receipts = recipients::of_message(&mut connection, id).await?;
    let named = receipts.iter().map(|receipt| Peer::of("user", &receipt.uid));
    let entities = Entities::load(&mut connection, &cloud.hub, &viewer.uid, named).await?;
    let receipts: Vec<_> = receipts
        .iter()
        .map(|receipt| {
            let mut rendered = json!({ "recipient": entities.user(&receipt.uid) });
            for (key, second) in [("deliveredAt", receipt.delivered_at), ("readAt", receipt.read_at)] {
                if let Some(second) = second {
                    rendered[key] = json!(second);
                }
            }
            rendered
        })
        .collect();
    rendered["receipts"] = json!({ "data": receipts });
    Ok(Data(rendered))
}

/// `PUT /messages/{id}`.
pub(crate) async fn update(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path(id): Path<String>,
    body: Body,
) -> Result<Data, ApiError> {
    let change = Change::Edit(body.into_value());
    Ok(Data(change::apply(&cloud, &viewer, message_id(&id)?, change).await?))
}

/// `DELETE /messages/{id}`.
pub(crate) async fn delete(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path(id): Path<String>,
) -> Result<Data, ApiError> {
    Ok(Data(change::apply(&cloud, &viewer, message_id(&id)?, Change::Delete).await?))
}

pub(super) fn message_id(text: &str) -> Result<i64, ApiError> {
    text.parse().map_err(|_| ApiError::MessageNotFound(text.chars().take(20).collect()))
}

async fn answer(
    cloud: &Cloud,
    viewer: &Actor,
    parameters: &Parameters,
    filter: MessageFilter,
) -> Result<Response, ApiError> {
    let mut connection = cloud.store.read().await?;
    if parameters.flag("count") {
        let counts = message_query::count_by_peer(&mut connection, &viewer.uid, &filter).await?;
        let data: Vec<_> = counts
            .iter()
            .map(|peer| json!({ "entityType": peer.entity_type, "entityId": peer.entity_id, "count": peer.count }))
            .collect();
        return Ok(Json(json!({ "data": data })).into_response());
    }
    let rows = message_query::page(&mut connection, &viewer.uid, &filter, parameters.per_page(30, 100)?).await?;
    let rendered = if parameters.flag("withParent") {
        message::messages_with_parents(&mut connection, viewer.view(&cloud.hub), &rows).await?
    } else {
        message::messages(&mut connection, viewer.view(&cloud.hub), &rows).await?
    };
    Ok(list::stretch(&rows, rendered, filter.affix))
}

fn filter(parameters: &Parameters) -> Result<MessageFilter, ApiError> {
    let mut types = parameters.list("types");
    types.extend(parameters.text("type").map(ToOwned::to_owned));
    types.extend(parameters.list("attachmentTypes"));
    let mut categories = parameters.list("categories");
    categories.extend(parameters.text("category").map(ToOwned::to_owned));
    Ok(MessageFilter {
        conversation_id: None,
        receiver_type: parameters.text("receiverType").map(ToOwned::to_owned),
        affix: match parameters.text("affix") {
            Some("append") => Affix::Append,
            _ => Affix::Prepend,
        },
        // Both come from the second page on; many messages share a second, so the id decides.
        id: parameters.number("id")?,
        sent_at: parameters.number("sentAt")?,
        updated_at: parameters.number("updatedAt")?,
        only_updates: parameters.flag("onlyUpdates"),
        unread: parameters.flag("unread"),
        hide_deleted: parameters.flag("hideDeleted"),
        hide_replies: parameters.flag("hideReplies"),
        categories,
        types,
        tags: parameters.list("tags"),
        mentioned: parameters.list("mentionedUids").iter().map(|uid| uid.to_lowercase()).collect(),
        search: parameters.search(),
        has_attachments: parameters.flag("hasAttachments"),
        has_links: parameters.flag("hasLinks"),
        has_mentions: parameters.flag("hasMentions"),
        has_reactions: parameters.flag("hasReactions"),
        pinned: parameters.flag("pinned"),
        saved: parameters.flag("saved"),
        hide_quoted: parameters.flag("hideQuotedMessages"),
        hide_blocked: parameters.flag("hideMessagesFromBlockedUsers"),
        parent_id: None,
    })
}
