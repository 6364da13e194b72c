//! Open sockets: whose they are, and cutting them off.

use axum::extract::State;
use serde_json::{Value, json};

use crate::{
    cloud::SharedCloud,
    error::ApiError,
    render::list::Data,
    request::{parameters::Parameters, path::Path},
    socket::hub::Connected,
    uid::Uid,
};

/// `GET /sockets`, of one person with `uid`; oldest first.
pub(super) async fn list(State(cloud): State<SharedCloud>, parameters: Parameters) -> Data {
    let uid = parameters.text("uid").map(Uid::named);
    let sockets = cloud.hub.connected();
    let wanted = sockets.iter().filter(|socket| uid.as_ref().is_none_or(|uid| socket.uid == uid.as_str()));
    Data(wanted.map(show).collect())
}

/// `DELETE /sockets`, of one person with `uid`. Their clients may come back at once.
pub(super) async fn drop_of(State(cloud): State<SharedCloud>, parameters: Parameters) -> Data {
    let uid = parameters.text("uid").map(Uid::named);
    let dropped = cloud.hub.cut(|owner, _| uid.as_ref().is_none_or(|uid| owner == uid.as_str()));
    Data(json!({ "dropped": dropped }))
}

/// `DELETE /sockets/{id}`.
pub(super) async fn drop_one(State(cloud): State<SharedCloud>, Path(id): Path<String>) -> Result<Data, ApiError> {
    let dropped = id.parse().map_or(0, |id: u64| cloud.hub.cut(|_, socket| socket == id));
    if dropped == 0 { Err(ApiError::ControlNotFound("socket")) } else { Ok(Data(json!({ "dropped": dropped }))) }
}

fn show(socket: &Connected) -> Value {
    json!({ "id": socket.id, "uid": socket.uid, "deviceId": socket.device, "connectedAt": socket.since })
}
