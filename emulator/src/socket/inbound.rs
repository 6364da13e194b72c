//! What a client may send over its socket. Who it is comes from the socket's login, never from the frame.

use serde_json::Value;

use crate::{
    chat::{
        actor::Actor,
        receipts::{self, UpTo},
        signals::{self, Signal},
    },
    cloud::SharedCloud,
    error::ApiError,
    peer::Peer,
    store::recipients::Receipt,
};

/// Acts on a frame. Unknown ones are ignored.
pub(crate) async fn handle(cloud: &SharedCloud, actor: &Actor, frame: &Value) -> Result<(), ApiError> {
    let body = &frame["body"];
    let signal = match (frame["type"].as_str(), body["action"].as_str()) {
        (Some("typing_indicator"), Some(action @ ("started" | "ended"))) => {
            let metadata = body.get("metadata").filter(|metadata| metadata.is_object()).cloned();
            Signal::Typing { started: action == "started", metadata }
        }
        (Some("transient_message"), _) => Signal::Transient(body["data"].clone()),
        (Some("receipts"), Some("delivered")) => return receipt(cloud, actor, body, Receipt::Delivered).await,
        (Some("receipts"), Some("read")) => return receipt(cloud, actor, body, Receipt::Read).await,
        _ => return Ok(()),
    };
    match (frame["receiverType"].as_str(), frame["receiver"].as_str()) {
        // SDK 4.2.0 says "chat" and "groupchat" for a typing indicator that was given as a plain object.
        (Some("user" | "chat"), Some(id)) => signals::send(cloud, actor, &Peer::of("user", id), signal).await,
        (Some("group" | "groupchat"), Some(id)) => signals::send(cloud, actor, &Peer::of("group", id), signal).await,
        _ => Ok(()),
    }
}

async fn receipt(cloud: &SharedCloud, actor: &Actor, body: &Value, receipt: Receipt) -> Result<(), ApiError> {
    let id = &body["messageId"];
    let Some(id) = id.as_i64().or_else(|| id.as_str().and_then(|text| text.parse().ok())) else { return Ok(()) };
    receipts::mark(cloud, actor, UpTo::Message(id), receipt).await
}
