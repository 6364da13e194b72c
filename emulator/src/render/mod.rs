//! How rows look on the wire, for one viewer. Every answer and every frame is rendered here, and nowhere else.

pub(crate) mod conversation;
pub(crate) mod entities;
pub(crate) mod extras;
pub(crate) mod groups;
pub(crate) mod list;
pub(crate) mod message;
pub(crate) mod people;
pub(crate) mod token;
pub(crate) mod view;
