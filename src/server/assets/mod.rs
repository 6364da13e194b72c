//! The site's static files: their names for the HTML, and the routes that serve them.
//!
//! A release names every file after its content's hash and lists the names in `assets.json` beside the server's
//! binary. In development there is no such list: style sheets, the SDK and the public files are served from where they
//! lie, so that a reload shows every change. It knows nothing of pages, sessions or the chat.

mod caching;
mod files;
mod head;
mod names;

pub use files::{AssetsError, StaticFiles};
pub use head::{SessionEvents, StartTags};
pub use names::Assets;
