//! What people do to each other: send, edit, delete, acknowledge, gather in groups. The client API, the admin API, sockets and demo people
//! all come here, so each rule stands once.

pub(crate) mod actor;
pub(crate) mod admission;
pub(crate) mod attachment;
pub(crate) mod block;
pub(crate) mod change;
pub(crate) mod draft;
pub(crate) mod fan_out;
pub(crate) mod group;
mod group_action;
pub(crate) mod group_event;
pub(crate) mod interaction;
pub(crate) mod membership;
mod mention;
pub(crate) mod moderation;
pub(crate) mod pin;
pub(crate) mod profile;
pub(crate) mod reaction;
pub(crate) mod receipts;
pub(crate) mod scope;
pub(crate) mod send;
pub(crate) mod signals;
pub(crate) mod thread;
