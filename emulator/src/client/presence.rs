//! How many are online.

use axum::{extract::State, http::HeaderMap};
use serde_json::{Map, Value, json};

use crate::{
    cloud::SharedCloud,
    error::ApiError,
    guid::Guid,
    render::list::Data,
    request::{body::Body, caller::header},
    store::{
        members::{self, MemberFilter},
        tokens,
        users::Presence,
    },
};

/// `POST {chat host}/api/v3.0/online-members`. SDK 4.2.0 sends the jwt alone, without the word `Bearer`.
pub(crate) async fn online_members(
    State(cloud): State<SharedCloud>,
    headers: HeaderMap,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let jwt = header(&headers, "authorization").map(|text| text.trim_start_matches("Bearer ")).unwrap_or_default();
    let mut connection = cloud.store.read().await?;
    tokens::find_live_by_jwt(&mut connection, jwt).await?.ok_or(ApiError::NoAuth)?;
    let mut groups = Map::new();
    for guid in body.get("groups").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        let presence = Presence { online: true, uids_online: cloud.hub.online() };
        let online = MemberFilter { presence: Some(presence), ..MemberFilter::default() };
        groups.insert(guid.to_owned(), json!(members::count(&mut connection, &Guid::named(guid), &online).await?));
    }
    Ok(Data(json!({ "onlineUsersCount": cloud.hub.online().len(), "groups": groups })))
}
