//! What a request says: who asks, its parameters, its body, the address it was sent to.

pub(crate) mod address;
pub(crate) mod body;
pub(crate) mod caller;
pub(crate) mod form;
pub(crate) mod parameters;
pub(crate) mod path;
mod peer;
