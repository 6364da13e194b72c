//! The settings that SDK 4.2.0 reads at log-in: where everything is, and what is switched on.

use serde_json::{Value, json};

use crate::{chat::pin, config::Config, hosts::Hosts, request::address::Address};

/// The default reasons to report a message: id, name (the cloud's page on flagging messages).
pub(crate) const FLAG_REASONS: [(&str, &str); 6] = [
    ("spam", "Spam"),
    ("harassment", "Harassment"),
    ("hate_speech", "Hate speech"),
    ("violence", "Violence"),
    ("inappropriate", "Inappropriate"),
    ("other", "Other"),
];

/// Settings for a client that reached the emulator at `address`.
pub(crate) fn settings(config: &Config, address: &Address) -> Value {
    let reasons: Vec<Value> = FLAG_REASONS
        .iter()
        .map(|(id, name)| json!({ "id": id, "name": name, "description": name, "default": true, "createdAt": 1, "updatedAt": 1 }))
        .collect();
    let hosts = Hosts::of(config, address);
    json!({
        "APP_ID": config.app_id,
        "REGION": hosts.region,
        "MODE": "DEFAULT",
        // Without it, or below 4, SDK 4.2.0 logs in again at every page load.
        "APP_VERSION": 4,
        "CLIENT_API_HOST": hosts.client,
        "ADMIN_API_HOST": hosts.admin,
        "CHAT_API_VERSION": "v3.0",
        "CHAT_HOST": hosts.chat,
        "CHAT_WSS_PORT": hosts.socket_port,
        "WS_API_VERSION": "v3.0",
        "ANALYTICS_PING_DISABLED": true,
        "ANALYTICS_HOST": hosts.analytics,
        "ANALYTICS_VERSION": "v1",
        "EXTENSION_DOMAIN": hosts.extensions,
        // SDK 4.2.0 looks for this text in file addresses; an empty one would be in each.
        "SECURED_MEDIA_HOST": format!("{}/secured-media", hosts.client),
        "extensions": [],
        "parameters": {
            "features.ux.messages.pinned.enabled": true,
            "features.ux.messages.saved.enabled": true,
            "features.ux.conversations.pinned.enabled": true,
            "features.ux.messages.pinned.limit": pin::MOST,
            "features.ux.messages.saved.limit": pin::MOST,
            "features.ux.conversations.pinned.limit": config.limits.pinned_conversations,
        },
        "flagReasons": reasons,
        "file.size.max": config.limits.upload_bytes,
        "file.count.max": config.limits.files_per_message,
        "settingsHash": "1",
        "settingsHashReceivedAt": 1,
    })
}
