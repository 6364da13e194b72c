//! What belongs to the program alone, and not to the library.

pub(crate) mod arguments;
pub(crate) mod tls;
