//! How the browser half calls a server function: same origin, with the session's cookie, within a time, and with the
//! answer's status and `Retry-After` read into an [`ApiError`](super::ApiError). Every server function that the WASM
//! calls by itself names it: `#[server(client = SiteClient, …)]`; those of a form are called by the form itself, as a
//! browser sends it. It knows no single function.

#[cfg(feature = "hydrate")]
mod browser;

#[cfg(feature = "hydrate")]
pub use self::browser::SiteClient;
/// The server never calls its own functions over HTTP; the macro wants a type all the same.
#[cfg(not(feature = "hydrate"))]
pub use leptos::server_fn::client::browser::BrowserClient as SiteClient;
