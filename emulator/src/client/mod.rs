//! The client API: what the SDK calls with a user's auth token.

pub(crate) mod conversations;
pub(crate) mod groups;
pub(crate) mod me;
pub(crate) mod members;
pub(crate) mod messages;
pub(crate) mod presence;
pub(crate) mod sessions;
pub(crate) mod users;
