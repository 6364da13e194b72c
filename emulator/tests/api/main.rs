//! The emulator as its clients meet it: over HTTP and WebSocket, never from inside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod admin_tokens;
mod admin_users;
mod blocks;
mod changes;
mod cloud;
mod control;
mod conversations;
mod demo;
mod faults;
mod group_members;
mod group_messages;
mod group_receipts;
mod groups;
mod history;
mod interactive;
mod login;
mod messages;
mod moderation;
mod persistence;
mod pins;
mod presence;
mod program;
mod reactions;
mod receipts;
mod refusals;
mod slow;
mod sockets;
mod threads;
mod tls;
mod uploads;
mod users;
mod webhooks;
