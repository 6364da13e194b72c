//! The site's own pages and their frame. Every form works without JavaScript; with it, the answer arrives in place.
//! A page must not know the chat: the widget stands outside of all of them.

mod account;
mod form;
mod frame;
mod home;
mod log_in;
mod not_found;
mod register;

pub use self::{
    account::AccountPage, frame::Frame, home::HomePage, log_in::LogInPage, not_found::NotFoundPage,
    register::RegisterPage,
};
