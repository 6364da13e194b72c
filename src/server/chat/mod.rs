//! The token road: who is signed in gets a chat token of their own session, and no more of them than needed.
//! `service` is its front; it knows a visitor by what the session says, and must not look at requests or cookies.

mod audit;
pub mod auth_token;
pub mod comparison;
pub mod endpoint;
pub mod error;
mod lost_tokens;
pub mod provisioning;
pub mod rest;
pub mod sealing;
pub mod secret_file;
pub mod service;
pub mod start;
#[cfg(test)]
pub(in crate::server) mod tests;
mod tokens;
mod worker;
