//! Uploaded files on disk: how they come in, where they lie, how they are served. Whose they are stands in the store.

pub(crate) mod folder;
pub(crate) mod incoming;
pub(crate) mod names;
pub(crate) mod serve;
