//! The chat widget: a launcher at a corner of every page and its panel, in a shadow root of their own.
//!
//! What it knows changes in `state` alone, what is seen follows from it in `view` alone, both pure; `browser` carries
//! them into the page. It speaks to the cloud through `sdk` only, and to our server through `api` only.

#[cfg(feature = "hydrate")]
mod browser;
pub mod element;
#[cfg(feature = "ssr")]
mod host;
pub mod icons;
pub mod intent;
pub mod state;
mod text;
pub mod view;

#[cfg(feature = "hydrate")]
pub use self::browser::Widget;
#[cfg(feature = "ssr")]
pub use self::host::ChatWidget;
