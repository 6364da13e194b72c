//! Keeps the place of a reader who scrolled up. What comes in above moves nothing, as the box is laid out from its
//! bottom; what comes in below would move everything. The browsers' own anchoring is switched off in the style sheet:
//! Chromium's (156) jumps when rows change their places in the document, Safari has none.

use leptos::wasm_bindgen::{JsCast, closure::Closure};
use leptos::{html, prelude::*};
use web_sys::{Element, ResizeObserver};

/// Within this distance of the end, in pixels, the end is what is read.
pub const AT_END: i32 = 60;

/// The uppermost message in sight, and how much there is below it.
struct Place {
    message: Element,
    below: f64,
}

/// Holds the place from now on; the answer is to be called whenever the reader scrolls.
pub fn hold(frame: NodeRef<html::Div>, messages: NodeRef<html::Div>) -> impl Fn() + Copy + 'static {
    let place = StoredValue::new_local(None::<Place>);
    let kept = StoredValue::new_local(None);
    let restore = move || {
        let elements = (frame.try_get_untracked().flatten(), messages.try_get_untracked().flatten());
        let (Some(frame), Some(messages)) = elements else { return };
        place.try_update_value(|place| {
            let Some(place) = place.as_mut().filter(|place| place.message.is_connected()) else { return };
            let below = below(&messages, &place.message);
            let grown = below - std::mem::replace(&mut place.below, below);
            if grown != 0.0 && -frame.scroll_top() > AT_END {
                frame.scroll_by_with_x_and_y(0.0, -grown);
            }
        });
    };
    Effect::new(move |_| {
        let Some(messages) = messages.get() else { return };
        let callback = Closure::<dyn Fn()>::new(restore);
        let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else { return };
        observer.observe(&messages);
        kept.set_value(Some((observer, callback)));
    });
    on_cleanup(move || {
        if let Some((observer, _)) = kept.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
    move || {
        let elements = (frame.try_get_untracked().flatten(), messages.try_get_untracked().flatten());
        let (Some(frame), Some(messages)) = elements else { return };
        let found = uppermost(&messages, frame.get_bounding_client_rect().top());
        place.set_value(found.map(|message| Place { below: below(&messages, &message), message }));
    }
}

fn below(messages: &Element, message: &Element) -> f64 {
    messages.get_bounding_client_rect().bottom() - message.get_bounding_client_rect().bottom()
}

/// The first message that ends below `edge`.
fn uppermost(messages: &Element, edge: f64) -> Option<Element> {
    let list = messages.query_selector_all(".message").ok()?;
    let message = |index: u32| list.item(index)?.dyn_into::<Element>().ok();
    let (mut low, mut high) = (0, list.length());
    while low < high {
        let middle = low.midpoint(high);
        if message(middle)?.get_bounding_client_rect().bottom() <= edge {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    message(low)
}
