//! Newtypes and wire types that both halves share. Pure data: it does no I/O and knows no framework, no browser and
//! no database.

pub mod chat;
pub mod demo;
pub mod event;
pub mod form;
pub mod ids;
pub mod json;
pub mod page;
pub mod return_path;
pub mod settings;
pub mod token_digest;
pub mod viewer;
