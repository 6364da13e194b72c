//! The few things that the widget asks of the browser.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    Document, Element, EventTarget, FocusOptions, HtmlDocument, HtmlElement, HtmlTextAreaElement, ShadowRoot,
    VisibilityState, Window,
};

#[expect(clippy::expect_used, reason = "a page has a window and a document; a worker never starts the widget")]
pub fn window() -> Window {
    web_sys::window().expect("a window")
}

#[expect(clippy::expect_used, reason = "a page has a window and a document; a worker never starts the widget")]
pub fn document() -> Document {
    window().document().expect("a document")
}

/// Milliseconds since the epoch.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// An id that no other message of this visitor has.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a random fraction becomes 32 random bits")]
pub fn fresh_id() -> String {
    let random = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    [now().to_string(), random().to_string(), random().to_string()].join("-")
}

pub fn page_is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Whether a media query holds now.
pub fn media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Calls `hear` at every event of these names, for as long as the page lives; events that do not rise are heard on their
/// way down.
pub fn listen(target: &EventTarget, names: &[&str], hear: &Closure<dyn Fn(web_sys::Event)>) {
    for name in names {
        let _ = target.add_event_listener_with_callback_and_bool(name, hear.as_ref().unchecked_ref(), true);
    }
}

/// What is to be done later; given up when dropped. The browser calls in either case: what it holds goes with the call.
pub struct Timeout(Rc<Cell<bool>>);

impl Timeout {
    pub fn new(after_ms: u32, then: Box<dyn FnOnce()>) -> Option<Self> {
        let is_wanted = Rc::new(Cell::new(true));
        let still_wanted = Rc::clone(&is_wanted);
        let callback = Closure::once_into_js(move || {
            if still_wanted.get() {
                then();
            }
        });
        let after_ms = i32::try_from(after_ms).unwrap_or(i32::MAX);
        let function = callback.unchecked_ref();
        window().set_timeout_with_callback_and_timeout_and_arguments_0(function, after_ms).ok()?;
        Some(Self(is_wanted))
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

/// Before the next picture.
pub fn next_frame(then: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(then);
    let _ = window().request_animation_frame(callback.unchecked_ref());
}

pub fn focus(element: Option<&HtmlElement>) {
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Gives the focus without moving what is in sight.
pub fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
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

/// The nearest element round this one that the selector names, or itself.
pub fn closest(element: &Element, selector: &str) -> Option<HtmlElement> {
    element.closest(selector).ok().flatten()?.dyn_into().ok()
}

/// The element with the focus, inside of the shadow root that holds `element`.
pub fn focused_beside(element: &Element) -> Option<HtmlElement> {
    let root = element.get_root_node().dyn_into::<ShadowRoot>().ok()?;
    root.active_element()?.dyn_into().ok()
}

/// Whether nothing on the whole page has the focus.
pub fn nothing_is_focused() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

/// The element that an event happened to.
pub fn target_of(event: &web_sys::Event) -> Option<HtmlElement> {
    event.target()?.dyn_into().ok()
}

pub fn copy(text: &str) {
    if window().is_secure_context() {
        drop(window().navigator().clipboard().write_text(text));
    } else {
        // A page on plain http has no clipboard, only the command of old.
        let _ = copy_selected(text);
    }
}

fn copy_selected(text: &str) -> Option<()> {
    let document = document().dyn_into::<HtmlDocument>().ok()?;
    let field = document.create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    field.set_value(text);
    document.body()?.append_child(&field).ok()?;
    field.select();
    let _ = document.exec_command("copy");
    field.remove();
    Some(())
}
