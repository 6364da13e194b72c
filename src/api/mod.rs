//! Server functions: the only road from the browser to the server. Each has an explicit endpoint: those that
//! the WASM calls under `/api/`, those of a form beside its page.
//! It knows the wire types of `model`; what happens on the server stands in `server`, behind one call each.

pub mod accounts;
pub mod chat;
pub mod client;
pub mod codec;
pub mod error;

pub use self::error::ApiError;
