//! Using the elements of interactive messages.

use axum::extract::State;
use serde_json::{Value, json};

use super::messages::message_id;
use crate::{
    chat::{actor::Actor, interaction},
    cloud::SharedCloud,
    error::ApiError,
    render::list::Data,
    request::{body::Body, path::Path},
};

/// `PATCH /messages/{id}/interacted` with `interactions`. When an element was used, the server says.
pub(crate) async fn mark(
    State(cloud): State<SharedCloud>,
    viewer: Actor,
    Path(id): Path<String>,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let refusal = || ApiError::field("interactions", "The interactions must be a list, each with an elementId.");
    let list =
        body.get("interactions").and_then(Value::as_array).filter(|list| !list.is_empty()).ok_or_else(refusal)?;
    let element = |one: &Value| {
        let id = one["elementId"].as_str().filter(|id| !id.is_empty() && id.chars().count() <= 100);
        id.map(ToOwned::to_owned).ok_or_else(refusal)
    };
    let elements = list.iter().map(element).collect::<Result<Vec<_>, _>>()?;
    interaction::mark(&cloud, &viewer, message_id(&id)?, elements).await?;
    Ok(Data(json!({ "success": true, "message": "The interactions have been marked successfully." })))
}
