//! What is passed on and never stored: typing, and transient messages.

use serde_json::{Value, json};

use super::{actor::Actor, block, group};
use crate::{
    cloud::Cloud, error::ApiError, peer::Peer, render::people, socket::frame::Envelope, store::members, uid::Uid,
};

/// A passing sign from one person to another, or to a group.
pub(crate) enum Signal {
    Typing { started: bool, metadata: Option<Value> },
    Transient(Value),
}

/// Sends the signal to all sockets of the receiver, or of everybody else in the group. Who it is from is looked up here,
/// whatever a frame may have said.
pub(crate) async fn send(cloud: &Cloud, actor: &Actor, receiver: &Peer, signal: Signal) -> Result<(), ApiError> {
    let sender = &actor.uid;
    let (row, audience) = {
        let mut connection = cloud.store.read().await?;
        let row = actor.check(&mut connection).await?;
        let audience = match receiver {
            Peer::User(uid) => {
                block::check(&mut connection, sender, receiver).await?;
                vec![uid.clone()]
            }
            Peer::Group(guid) => {
                group::joined(&mut connection, sender, guid).await?;
                members::uids(&mut connection, guid).await?.iter().map(|uid| Uid::named(uid)).collect()
            }
        };
        (row, audience)
    };
    let is_typing = matches!(signal, Signal::Typing { .. });
    let online = || audience.iter().filter(|uid| cloud.hub.is_online(uid.as_str())).count();
    if is_typing && matches!(receiver, Peer::Group(_)) && online() > cloud.config.limits.members_who_type {
        return Ok(());
    }
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
        receiver: receiver.id(),
        receiver_type: receiver.kind(),
        device_id: &actor.device,
    }
    .with(&body);
    for uid in audience.iter().filter(|uid| *uid != sender) {
        cloud.hub.send(uid.as_str(), &frame);
    }
    Ok(())
}
