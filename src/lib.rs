//! Secure real-time chat for Rust web sites: a WASM widget over the official CometChat JavaScript SDK, and a
//! Leptos + axum backend that trusts the browser with nothing but a revocable token.
#![recursion_limit = "256"]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` are the two halves of one program: build one at a time");

pub mod api;
#[cfg(feature = "ssr")]
pub mod app;
pub mod i18n;
pub mod model;
#[cfg(any(feature = "hydrate", test))]
pub mod navigation;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod sdk;
#[cfg(feature = "ssr")]
pub mod server;
pub mod widget;

#[cfg(all(feature = "hydrate", target_family = "wasm"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The browser half's entry: the page itself is done, it only becomes one that changes in place.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let widget = widget::Widget::start();
    navigation::start(move || {
        if let Some(widget) = &widget {
            widget.page_changed();
        }
    });
}
