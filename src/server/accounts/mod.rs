//! Accounts: what `api::accounts` does on the server.

pub mod account_data;
pub mod attempts;
pub mod deletion;
pub mod demo;
pub mod forms;
pub mod log_in;
pub mod passwords;
pub mod profile;
pub mod register;
pub mod validation;
