//! The client API: what the SDK calls with a user's auth token.

pub(crate) mod blocks;
pub(crate) mod conversations;
pub(crate) mod groups;
pub(crate) mod interactions;
pub(crate) mod me;
pub(crate) mod members;
pub(crate) mod messages;
pub(crate) mod pins;
pub(crate) mod presence;
pub(crate) mod reactions;
pub(crate) mod sessions;
pub(crate) mod threads;
pub(crate) mod uploads;
pub(crate) mod users;
