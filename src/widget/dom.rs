//! The few things that the widget asks of the browser. Called in the browser only; on the server it is dead code.

use leptos::{prelude::document, prelude::window, wasm_bindgen::JsCast};
use web_sys::{Element, HtmlElement, VisibilityState};

/// Milliseconds since the epoch.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// An id that no other message of this visitor has.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a random fraction becomes 32 random bits")]
pub fn fresh_id() -> String {
    let random = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:x}-{:08x}{:08x}", now(), random(), random())
}

pub fn page_is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Whether the page's width leaves room for one column only: the panel then fills the screen.
pub fn is_phone() -> bool {
    matches("(max-width: 639px)")
}

/// Whether the visitor's main pointer is a finger.
pub fn is_touch() -> bool {
    matches("(pointer: coarse)")
}

fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

pub fn focus(element: Option<&HtmlElement>) {
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Every element within `parent` that the tab key reaches, in order.
pub fn tabbable(parent: &Element) -> Vec<HtmlElement> {
    let selector = "button:not([disabled]):not([tabindex='-1']), a[href]:not([tabindex='-1']), textarea, input, \
                    [tabindex='0']";
    all(parent, selector).into_iter().filter(|element| element.offset_parent().is_some()).collect()
}

/// Every element within `parent` that the selector names.
pub fn all(parent: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = parent.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.item(index)?.dyn_into().ok()).collect()
}

pub fn first(parent: &Element, selector: &str) -> Option<HtmlElement> {
    parent.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// The element with the focus, inside of the shadow root that holds `element`.
pub fn focused_beside(element: &Element) -> Option<HtmlElement> {
    let root = element.get_root_node().dyn_into::<web_sys::ShadowRoot>().ok()?;
    root.active_element()?.dyn_into().ok()
}

/// Whether an event's target lies within an element that the selector names.
pub fn is_within(event: &web_sys::Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}

pub fn copy(text: &str) {
    drop(window().navigator().clipboard().write_text(text));
}
