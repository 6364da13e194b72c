//! What is passed on and never stored: typing, and transient messages.

use serde_json::{Value, json};

use super::actor::Actor;
use crate::{cloud::Cloud, error::ApiError, render::people, socket::frame::Envelope, uid::Uid};

/// A passing sign from one person to another.
pub(crate) enum Signal {
    Typing { started: bool, metadata: Option<Value> },
    Transient(Value),
}

/// Sends the signal to all sockets of `receiver`. Who it is from is looked up here, whatever a frame may have said.
pub(crate) async fn send(cloud: &Cloud, actor: &Actor, receiver: &Uid, signal: Signal) -> Result<(), ApiError> {
    let sender = &actor.uid;
    if receiver == sender {
        return Ok(());
    }
    let row = {
        let mut connection = cloud.store.read().await?;
        actor.check(&mut connection).await?
    };
    let user = people::user(&row, cloud.hub.is_online(sender.as_str()));
    let (kind, body) = match signal {
        Signal::Typing { started, metadata } => {
            let mut body = json!({ "action": if started { "started" } else { "ended" }, "user": user });
            if let Some(metadata) = metadata {
                body["metadata"] = metadata;
            }
            ("typing_indicator", body)
        }
        Signal::Transient(data) => ("transient_message", json!({ "data": data, "user": user })),
    };
    let frame = Envelope {
        app_id: &cloud.config.app_id,
        kind,
        sender: sender.as_str(),
        receiver: receiver.as_str(),
        receiver_type: "user",
        device_id: &actor.device,
    }
    .with(&body);
    cloud.hub.send(receiver.as_str(), &frame);
    Ok(())
}
