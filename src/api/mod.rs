//! Server functions: the only road from the browser to the server. Each has an explicit endpoint: those that
//! the WASM calls under `/api/`, those of a form beside its page.
//! They are the server's half; `client` is the browser's, which calls two of them by their addresses.
//! It knows the wire types of `model`; what happens on the server stands in `server`, behind one call each.

#[cfg(feature = "ssr")]
pub mod accounts;
#[cfg(any(feature = "hydrate", test))]
mod addresses;
#[cfg(feature = "ssr")]
pub mod chat;
#[cfg(feature = "hydrate")]
pub mod client;
#[cfg(feature = "ssr")]
pub mod codec;
mod error;

pub use self::error::ApiError;
