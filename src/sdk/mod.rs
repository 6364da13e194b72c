//! The typed binding to the official CometChat JavaScript SDK (4.2.0). Nothing outside names a JavaScript value: the
//! bridge hands over JSON, `protocol` gives it a meaning in the terms of `model`, `lifecycle` says how a page gets its
//! login, and the client offers all of it as async calls. It must not know the widget.

pub mod error;
mod files;
#[cfg(any(feature = "hydrate", test))]
mod handlers;
pub mod lifecycle;
pub mod protocol;
pub mod request;

#[cfg(feature = "hydrate")]
#[path = "browser/mod.rs"]
pub mod client;

#[cfg(feature = "hydrate")]
pub use self::client::{Call, ChatClient, Listener};
pub use self::{
    error::SdkError,
    files::FileRequest,
    request::{Request, What},
};
use crate::model::{settings::WidgetSettings, viewer::Viewer};

/// Conversations in a page: as many as the SDK gives (4.2.0).
pub const CONVERSATIONS: u32 = 50;

/// What a connection needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    pub settings: WidgetSettings,
    pub viewer: Viewer,
}
