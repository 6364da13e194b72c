//! The WebSocket side: who is connected, what they send, what they are sent.

pub(crate) mod connection;
pub(crate) mod frame;
pub(crate) mod hub;
mod inbound;
pub(crate) mod presence;
