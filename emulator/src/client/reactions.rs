//! Reactions to a message: add, take away, list.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::messages::message_id;
use crate::{
    chat::{
        actor::{self, Actor},
        reaction,
    },
    cloud::SharedCloud,
    error::ApiError,
    peer::Peer,
    render::{entities::Entities, list::Data},
    request::{parameters::Parameters, path::Path},
    store::{message_query::Affix, reactions},
};

/// `POST /messages/{id}/reactions/{reaction}`.
pub(crate) async fn add(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path((id, reaction)): Path<(String, String)>,
) -> Result<Data, ApiError> {
    Ok(Data(reaction::change(&cloud, &viewer, message_id(&id)?, reaction, true).await?))
}

/// `DELETE /messages/{id}/reactions/{reaction}`.
pub(crate) async fn remove(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path((id, reaction)): Path<(String, String)>,
) -> Result<Data, ApiError> {
    Ok(Data(reaction::change(&cloud, &viewer, message_id(&id)?, reaction, false).await?))
}

/// `GET /messages/{id}/reactions`.
pub(crate) async fn list(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path(id): Path<String>,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    answer(&cloud, &viewer, &id, None, &parameters).await
}

/// `GET /messages/{id}/reactions/{reaction}`: of one kind.
pub(crate) async fn list_one(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path((id, reaction)): Path<(String, String)>,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    answer(&cloud, &viewer, &id, Some(&reaction), &parameters).await
}

/// SDK 4.2.0 merges `meta.next` or `meta.previous` into its next query as they are.
async fn answer(
    cloud: &SharedCloud,
    viewer: &Actor,
    id: &str,
    reaction: Option<&str>,
    parameters: &Parameters,
) -> Result<Response, ApiError> {
    let id = message_id(id)?;
    let affix = match parameters.text("affix") {
        Some("prepend") => Affix::Prepend,
        _ => Affix::Append,
    };
    let limit = parameters.per_page(10, 100)?;
    let cursor = parameters.number("id")?;
    let mut connection = cloud.store.read().await?;
    actor::visible(&mut connection, &viewer.uid, id).await?;
    let rows = reactions::page(&mut connection, id, reaction, (affix, cursor), limit).await?;
    let named = rows.iter().map(|row| Peer::of("user", &row.uid));
    let entities = Entities::load(&mut connection, &cloud.hub, &viewer.uid, named).await?;
    let data: Vec<Value> = rows.iter().map(|row| reaction::one(row, &entities)).collect();
    let mut meta = json!({});
    if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
        meta["previous"] = json!({ "affix": Affix::Prepend.word(), "id": first.id.to_string() });
        meta["next"] = json!({ "affix": Affix::Append.word(), "id": last.id.to_string() });
    }
    Ok(Json(json!({ "data": data, "meta": meta })).into_response())
}
