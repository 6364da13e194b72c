//! Demo people: a few with a history, and one who answers, so that a newcomer alone sees live chat at once. They use the
//! same roads as everybody else.

mod history;
mod responder;
mod script;

pub(crate) use history::{fill, seed};
pub(crate) use responder::run;

/// The one who answers.
const GUIDE: &str = "demo-guide";
/// What demo people name themselves in frames.
const DEVICE: &str = "demo";
