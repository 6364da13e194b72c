//! Receipts: a receipt for a message covers all that were received before it, and is news only once.

use std::sync::Arc;

use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::{
    actor::{Actor, Initiator},
    fan_out::{self, Notice},
};
use crate::{
    cloud::{Cloud, SharedCloud, to_the_end},
    error::ApiError,
    peer::Peer,
    render::people,
    socket::frame::{Envelope, Frame},
    store::{
        messages,
        recipients::{self, Receipt},
    },
    uid::Uid,
    webhook::event::Event,
};

/// How far somebody acknowledges.
pub(crate) enum UpTo {
    Message(i64),
    /// Everything in the conversation with this peer.
    Newest(Peer),
}

/// Stores the receipt, and tells the senders and the reader's other devices where it was news.
pub(crate) async fn mark(cloud: &SharedCloud, actor: &Actor, up_to: UpTo, receipt: Receipt) -> Result<(), ApiError> {
    let (cloud, actor) = (Arc::clone(cloud), actor.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        let user = actor.check(connection).await?;
        let reader = actor.uid;
        let id = match up_to {
            UpTo::Message(id) => id,
            UpTo::Newest(peer) => {
                let newest = recipients::newest(connection, &reader, &peer.conversation_of(&reader)).await?;
                let Some(id) = newest else { return Ok(()) };
                id
            }
        };
        let row = messages::find(connection, id).await?.ok_or_else(|| ApiError::MessageNotFound(id.to_string()))?;
        if messages::find_for(connection, &reader, id).await?.is_none() {
            return Err(ApiError::MessageNoAccess(id));
        }
        let now = cloud.clock.now();
        let news = recipients::mark(connection, &reader, &row.conversation_id, id, receipt, now).await?;
        let of_the_receipt = if receipt == Receipt::Read { &news.read } else { &news.delivered };
        let mut frames = Vec::new();
        if !of_the_receipt.is_empty() {
            let other = if row.receiver == reader.as_str() { &row.sender } else { &row.receiver };
            let teller = Teller {
                cloud: &cloud,
                peer: Peer::of(&row.receiver_type, other),
                user: people::user(&user, cloud.hub.is_online(reader.as_str())),
                now,
            };
            for (sender, newest) in recipients::newest_by_sender(connection, of_the_receipt).await? {
                let frame = teller.frame(receipt.action(), newest, reader.as_str(), &actor.device);
                if cloud.webhooks.is_some() {
                    let trigger = Event::of_receipt(receipt, false);
                    frames.push(teller.event(trigger, receipt.action(), newest, reader.as_str(), &sender));
                }
                frames.push(Notice::Frame(Uid::named(&sender), frame));
            }
            frames.push(Notice::Frame(
                reader.clone(),
                teller.frame(receipt.action(), id, reader.as_str(), &actor.device),
            ));
            if matches!(teller.peer, Peer::Group(_)) {
                frames.extend(totals(connection, &teller, &news).await?);
            }
        }
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, frames, &committed);
        Ok(())
    })
    .await
}

/// What the receipts of one turn have in common.
struct Teller<'a> {
    cloud: &'a Cloud,
    /// As the frames name the receiver.
    peer: Peer,
    /// The reader.
    user: Value,
    now: i64,
}

impl Teller<'_> {
    fn body(&self, action: &str, id: i64) -> Value {
        json!({ "action": action, "messageId": id.to_string(), "timestamp": self.now, "user": self.user })
    }

    fn event(&self, trigger: &'static str, action: &str, id: i64, sender: &str, message_sender: &str) -> Notice {
        let data = json!({
            "receiver": self.peer.id(),
            "receiverType": self.peer.kind(),
            "type": "receipts",
            "sender": sender,
            "messageSender": message_sender,
            "body": self.body(action, id),
        });
        Notice::Event(Event { trigger, data })
    }

    fn frame(&self, action: &str, id: i64, sender: &str, device: &str) -> Frame {
        let envelope = Envelope {
            app_id: &self.cloud.config.app_id,
            kind: "receipts",
            sender,
            receiver: self.peer.id(),
            receiver_type: self.peer.kind(),
            device_id: device,
        };
        envelope.with(&self.body(action, id))
    }
}

/// Tells the senders in a group which of their messages everybody now has, or has read.
async fn totals(
    connection: &mut SqliteConnection,
    teller: &Teller<'_>,
    news: &recipients::News,
) -> Result<Vec<Notice>, ApiError> {
    let system = Initiator::App;
    let mut frames = Vec::new();
    for (ids, receipt) in [(&news.delivered, Receipt::Delivered), (&news.read, Receipt::Read)] {
        for (sender, newest) in recipients::complete_by_sender(connection, ids, receipt).await? {
            let frame = teller.frame(receipt.by_all(), newest, system.name(), system.device());
            if teller.cloud.webhooks.is_some() {
                let trigger = Event::of_receipt(receipt, true);
                frames.push(teller.event(trigger, receipt.by_all(), newest, system.name(), &sender));
            }
            frames.push(Notice::Frame(Uid::named(&sender), frame));
        }
    }
    Ok(frames)
}
