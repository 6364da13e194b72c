//! Secure real-time chat for Rust web sites: a WASM widget over the official CometChat JavaScript SDK, and a
//! Leptos + axum backend that trusts the browser with nothing but a revocable token.
#![recursion_limit = "256"]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` are the two halves of one program: build one at a time");

pub mod api;
pub mod app;
pub mod i18n;
pub mod model;
pub mod pages;
pub mod sdk;
#[cfg(feature = "ssr")]
pub mod server;
pub mod widget;

/// The browser half's entry: takes over the HTML that the server sent.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
