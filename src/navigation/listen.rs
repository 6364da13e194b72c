//! What the visitor does on the page: presses a link, sends a form, goes back. Listeners live as long as the document.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    Element, Event, EventTarget, HtmlAnchorElement, HtmlElement, HtmlFormElement, MouseEvent, SubmitEvent, window,
};

use super::{
    arrival::document,
    decide::{Form, Link, follows, page_of, sends},
    place,
    sending::Sending,
    visit::{Navigation, Visit},
};

/// Takes over links and forms of the page's. `on_change` is called after each change of page or answer to a form, when the
/// widget's host says what the new page says of the widget (`data-widget`).
pub fn start(on_change: impl Fn() + 'static) {
    let (Some(window), Some(document)) = (window(), document()) else { return };
    // As long as the document: there is nobody to give it back to.
    let navigation: &'static Navigation = Box::leak(Box::new(Navigation::new(Box::new(on_change))));
    listen(&document, "click", move |event| follow(navigation, event.unchecked_ref()));
    listen(&document, "submit", move |event| send(navigation, event.unchecked_ref()));
    listen(&document, "scrollend", move |_| {
        // Under way, the page on screen may no longer be that of the history's entry.
        if !navigation.is_under_way() {
            place::remember_scroll();
        }
    });
    listen(&window, "popstate", move |_| go_back(navigation));
    // A document that goes and comes as a whole is the browser's to scroll.
    listen(&window, "pagehide", |_| place::restore_by_browser(true));
    listen(&window, "pageshow", move |_| navigation.appear());
    navigation.appear();
}

fn listen(target: &EventTarget, name: &str, handler: impl Fn(Event) + 'static) {
    let handler = Closure::<dyn Fn(Event)>::new(handler);
    let _ = target.add_event_listener_with_callback(name, handler.as_ref().unchecked_ref());
    handler.forget();
}

fn follow(navigation: &'static Navigation, event: &MouseEvent) {
    let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(Ok(Some(link))) = pressed.map(|pressed| pressed.closest("a[href]")) else { return };
    let Ok(link) = link.dyn_into::<HtmlAnchorElement>() else { return };
    let has_modifier = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    let href = link.href();
    let seen = Link {
        href: &href,
        target: &link.target(),
        rel: &link.rel(),
        is_download: link.has_attribute("download"),
        is_plain_press: event.button() == 0 && !has_modifier && !event.default_prevented(),
    };
    if follows(&seen, &navigation.shown()) {
        event.prevent_default();
        navigation.go(Visit::Link(href));
    }
}

fn send(navigation: &'static Navigation, event: &SubmitEvent) {
    let Some(Ok(form)) = event.target().map(JsCast::dyn_into::<HtmlFormElement>) else { return };
    let button = event.submitter();
    let seen = Form {
        action: &form.action(),
        method: &form.method(),
        encoding: &form.enctype(),
        target: &form.target(),
        is_left_alone: event.default_prevented()
            || form.has_attribute("data-reload")
            || button.as_ref().is_some_and(has_own_mind),
    };
    if !sends(&seen, &navigation.shown()) {
        return;
    }
    event.prevent_default();
    if let Some(sending) = Sending::begin(form, button) {
        navigation.go(Visit::Form(sending));
    }
}

fn has_own_mind(button: &HtmlElement) -> bool {
    button.matches("[formaction], [formmethod], [formenctype], [formtarget]").unwrap_or_default()
}

fn go_back(navigation: &'static Navigation) {
    navigation.stop();
    let scroll = place::remembered_scroll();
    if page_of(&place::address()) != navigation.shown() {
        navigation.go(Visit::History(scroll.unwrap_or_default()));
    } else if let Some(scroll) = scroll {
        // Another place on the same page; a new one the browser finds itself.
        place::scroll_to(scroll);
    }
}
