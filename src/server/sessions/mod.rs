//! Log-ins: the cookie, its row in the database, who is signed in, and how a session ends.

pub mod cookie;
pub mod current;
pub mod ending;
pub mod events;
pub mod open_pages;
pub mod store;

pub use self::{current::CurrentSession, ending::Sessions, open_pages::OpenPages};
