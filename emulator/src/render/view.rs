//! Whose eyes something is rendered for.

use crate::{socket::hub::Hub, uid::Uid};

/// One viewer, where it is.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub hub: &'a Hub,
    pub uid: &'a Uid,
    /// The address below which this viewer finds uploads.
    pub files: &'a str,
}
