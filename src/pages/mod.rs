//! The site's own pages and their frame, as plain HTML of the server: every form works without JavaScript, and where
//! there is JavaScript `navigation` puts the very same answer into the page that is open.
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
