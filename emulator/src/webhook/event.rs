//! What webhooks tell of, under the names and in the shapes of CometChat's page on webhook events.

use serde_json::{Map, Value, json};

use crate::{content::moderation::Status, store::recipients::Receipt};

/// Something that happened.
#[derive(Debug)]
pub(crate) struct Event {
    pub trigger: &'static str,
    pub data: Value,
}

impl Event {
    /// A message was sent; of one that mentions people that is told, too.
    pub(crate) fn sent(message: &Value) -> Vec<Self> {
        let mut events = vec![Self { trigger: "message_sent", data: json!({ "message": message }) }];
        if message["data"]["mentions"].as_object().is_some_and(|mentions| !mentions.is_empty()) {
            events.push(Self { trigger: "user_mentioned", data: json!({ "message": message }) });
        }
        events
    }

    /// Moderation decided of a message. What it withheld until then was not told as sent.
    pub(crate) fn moderated(message: &Value, before: Status, now: Status) -> Vec<Self> {
        let trigger = match (before, now) {
            (Status::Disapproved, _) => "moderation_manual_approved",
            (_, Status::Approved) => "moderation_engine_approved",
            _ => "moderation_engine_blocked",
        };
        let mut events = vec![Self { trigger, data: json!({ "message": message }) }];
        if now == Status::Approved {
            events.extend(Self::sent(message));
        }
        events
    }

    /// `action` is the action message of an edit or a deletion.
    pub(crate) fn changed(action: &Value, deleted: bool) -> Self {
        let trigger = if deleted { "message_deleted" } else { "message_edited" };
        Self { trigger, data: json!({ "message": action }) }
    }

    pub(crate) fn reacted(reaction: &Value, added: bool) -> Self {
        let trigger = if added { "message_reaction_added" } else { "message_reaction_removed" };
        Self { trigger, data: json!({ "reaction": reaction }) }
    }

    /// The trigger for a receipt of one reader, or of a whole group.
    pub(crate) const fn of_receipt(receipt: Receipt, by_all: bool) -> &'static str {
        match (receipt, by_all) {
            (Receipt::Delivered, false) => "message_delivery_receipt",
            (Receipt::Read, false) => "message_read_receipt",
            (Receipt::Delivered, true) => "message_delivered_to_all",
            (Receipt::Read, true) => "message_read_by_all",
        }
    }

    /// `by` blocked them, or let them go.
    pub(crate) fn blocked(by: &Value, users: Map<String, Value>, blocked: bool) -> Self {
        let trigger = if blocked { "user_blocked" } else { "user_unblocked" };
        Self { trigger, data: json!({ "by": by, "users": users }) }
    }
}

/// What a client said of itself when its socket was let in.
pub(crate) struct Connection {
    app_info: Value,
    platform: Value,
    user_agent: Value,
    connected_at: i64,
}

impl Connection {
    /// Of the `params` of a socket's first frame, at the second `now`.
    pub(crate) fn describe(params: &Value, now: i64) -> Self {
        Self {
            app_info: params["appInfo"].clone(),
            platform: params["platform"].clone(),
            user_agent: params["userAgent"].clone(),
            connected_at: now,
        }
    }

    /// That it connected, or disconnected, and whether the person came online or went with it.
    pub(crate) fn changed(&self, user: &Value, connected: bool, presence_changed: bool, now: i64) -> Event {
        let data = json!({
            // These times are in milliseconds.
            "timestamp": now * 1_000,
            "user": user,
            "status": user["status"],
            "currentConnection": {
                "action": if connected { "connected" } else { "disconnected" },
                "appInfo": self.app_info,
                "platform": self.platform,
                "userAgent": self.user_agent,
                "connectedAt": self.connected_at * 1_000,
            },
            "userPresenceChanged": presence_changed,
        });
        Event { trigger: "user_connection_status_changed", data }
    }
}
