//! The admin API: what a backend calls with the REST API key.

pub(crate) mod deactivation;
pub(crate) mod friends;
pub(crate) mod tokens;
pub(crate) mod users;
