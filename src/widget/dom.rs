//! The few things that the widget asks of the browser. Called in the browser only; on the server it is dead code.

use leptos::prelude::{ReadSignal, Set, StoredValue, UpdateValue, document, on_cleanup, signal, window};
use leptos::wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, EventTarget, FocusOptions, HtmlDocument, HtmlElement, HtmlTextAreaElement, VisibilityState};

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

/// Whether the visitor's main pointer is a finger.
pub fn is_touch() -> bool {
    window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|list| list.matches())
}

/// Whether a media query holds, now and from now on.
pub fn media(query: &str) -> ReadSignal<bool> {
    let list = window().match_media(query).ok().flatten();
    let (holds, set) = signal(list.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(list) = list {
        let watched = list.clone();
        listen(&list, "change", move || {
            set.try_set(watched.matches());
        });
    }
    holds
}

/// Calls `hear` at every event of this name, for as long as the present owner lives.
pub fn listen(target: &EventTarget, name: &'static str, hear: impl FnMut() + 'static) {
    let callback = Closure::<dyn FnMut()>::new(hear);
    if target.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref()).is_err() {
        return;
    }
    let kept = StoredValue::new_local(Some((target.clone(), callback)));
    on_cleanup(move || {
        if let Some((target, callback)) = kept.try_update_value(Option::take).flatten() {
            let _ = target.remove_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
        }
    });
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

/// The element with the focus, inside of the shadow root that holds `element`.
pub fn focused_beside(element: &Element) -> Option<HtmlElement> {
    let root = element.get_root_node().dyn_into::<web_sys::ShadowRoot>().ok()?;
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

/// Whether an event's target lies within an element that the selector names.
pub fn is_within(event: &web_sys::Event, selector: &str) -> bool {
    target_of(event).is_some_and(|target| target.closest(selector).ok().flatten().is_some())
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
