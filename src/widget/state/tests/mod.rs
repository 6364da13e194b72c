#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod any_order;
mod connection;
mod content;
mod conversations;
mod fates;
pub(crate) mod fixtures;
mod groups;
mod handling;
mod listing;
mod lists;
mod losses;
mod messages;
mod outbox;
mod panel;
mod reconnect;
mod recovery;
mod rows;
mod unread;
