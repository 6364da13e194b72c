//! The server half. Nothing outside of it names axum, sqlx or reqwest.

pub mod accounts;
pub mod answer;
pub mod assets;
pub mod audit;
pub mod chat;
pub mod clock;
pub mod commands;
pub mod config;
pub mod context;
pub mod document;
pub mod error;
pub mod health;
pub mod housekeeping;
pub mod layers;
pub mod local_cloud;
pub mod pages;
pub mod router;
pub mod serving;
pub mod sessions;
pub mod start;
pub mod state;
pub mod store;
pub mod telemetry;
#[cfg(test)]
mod testing;
