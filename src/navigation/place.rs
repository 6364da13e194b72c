//! Where the visitor is: the addresses of the browser's history, and how far each page was scrolled.
//!
//! The scroll position lies in the history's own entry, so that it outlives a reload; a browser that does not say when
//! scrolling ends (`scrollend`) has it of the pages that were left by a link.

use web_sys::{History, ScrollRestoration, Window, js_sys::Number, window};

/// Whether the browser itself is to find the scroll position again: for documents only, never for a page of ours, whose
/// content is not there yet when it would.
pub fn restore_by_browser(is_wanted: bool) {
    let how = if is_wanted { ScrollRestoration::Auto } else { ScrollRestoration::Manual };
    if let Some(history) = history() {
        let _ = history.set_scroll_restoration(how);
    }
}

/// Remembers how far the page on screen is scrolled.
pub fn remember_scroll() {
    if let (Some(window), Some(history)) = (window(), history()) {
        let _ = history.replace_state(&Number::from(scrolled(&window)), "");
    }
}

/// How far the page of the present entry was scrolled when it was left.
pub fn remembered_scroll() -> Option<f64> {
    history()?.state().ok()?.as_f64()
}

pub fn scroll_to(vertical: f64) {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, vertical);
    }
}

/// The address that the browser shows.
pub fn address() -> String {
    window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// Shows the address of a new page; the same one again makes no new entry.
pub fn enter(address: &str) {
    if address == self::address() {
        return rename(address);
    }
    remember_scroll();
    if let Some(history) = history() {
        let _ = history.push_state_with_url(&Number::from(0), "", Some(address));
    }
}

/// Shows another address for the same entry.
pub fn rename(address: &str) {
    if let Some(history) = history() {
        let _ = history.replace_state_with_url(&Number::from(0), "", Some(address));
    }
}

/// Loads a document, also where the browser shows that very address already.
pub fn load(address: &str) {
    let Some(window) = window() else { return };
    let here = self::address();
    let (page, location) = (super::decide::page_of(address), window.location());
    // An address that differs in its fragment only would load nothing, and a reload might send a form again.
    let _ = if page == super::decide::page_of(&here) { location.replace(page) } else { location.assign(address) };
}

fn scrolled(window: &Window) -> f64 {
    window.scroll_y().unwrap_or_default()
}

fn history() -> Option<History> {
    window()?.history().ok()
}
