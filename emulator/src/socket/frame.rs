//! The frames that the emulator sends: one envelope for all of them.

use axum::extract::ws::Utf8Bytes;
use serde_json::{Value, json};

/// A frame, serialised once for any number of sockets.
pub(crate) type Frame = Utf8Bytes;

/// The envelope of every frame but pong.
pub(crate) struct Envelope<'a> {
    pub app_id: &'a str,
    /// The `type` of the frame.
    pub kind: &'a str,
    pub sender: &'a str,
    pub receiver: &'a str,
    pub receiver_type: &'a str,
    /// SDK 4.2.0 drops every frame that carries its own session id here, and so does not hear itself.
    pub device_id: &'a str,
}

impl Envelope<'_> {
    pub(crate) fn with(&self, body: &Value) -> Frame {
        json!({
            "appId": self.app_id,
            "receiver": self.receiver,
            "receiverType": self.receiver_type,
            "deviceId": self.device_id,
            "type": self.kind,
            "sender": self.sender,
            "body": body,
        })
        .to_string()
        .into()
    }
}

/// The answer to `{"action":"ping"}`.
pub(crate) const PONG: &str = r#"{"action":"pong"}"#;
