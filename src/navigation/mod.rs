//! Moves between the site's pages without a new document, so that the chat stays open and connected: what a link or a
//! form would load is fetched, and its header and content take the place of those on screen.
//!
//! The pages are complete without it, and whatever it does not understand it leaves to the browser. It must know no page,
//! no framework and nothing of the chat: only the landmarks `.site-header` and `#content`, the `data-` attributes of forms,
//! and the widget's host, whose settings it brings up to date.

pub mod decide;

#[cfg(feature = "hydrate")]
mod arrival;
#[cfg(feature = "hydrate")]
mod listen;
#[cfg(feature = "hydrate")]
mod place;
#[cfg(feature = "hydrate")]
mod sending;
#[cfg(feature = "hydrate")]
mod visit;

#[cfg(feature = "hydrate")]
pub use self::listen::start;
