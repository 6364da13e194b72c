//! What a finger and a mouse do beyond a press: a rest on a message opens its menu, a press elsewhere closes it.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event as PageEvent, PointerEvent};

use super::{
    Widget,
    dom::{self, Timeout},
};
use crate::widget::{intent::On, state::Event};

const LONG_PRESS_MS: u32 = 450;
/// A finger that moves by more than this, in pixels, does not rest.
const STEADY: i32 = 6;

impl Widget {
    pub(super) fn pointer_moved(&self, event: &PageEvent) {
        // An icon is no HTML element, and the press on it is the button's.
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let is_in_menu = dom::closest(&target, ".actions").is_some();
        let is_open = self.is_menu_open();
        match event.type_().as_str() {
            "pointerdown" => {
                // The field keeps the focus, and a phone its keyboard.
                if dom::closest(&target, ".send, .formats, .field-place .icon-button").is_some() {
                    event.prevent_default();
                }
                if is_open && !is_in_menu {
                    self.send(Event::MenuClosed);
                }
                let is_finger =
                    event.dyn_ref::<PointerEvent>().is_some_and(|pointer| pointer.pointer_type() == "touch");
                if is_finger && !is_in_menu && dom::closest(&target, ".message, .with-actions").is_some() {
                    let widget = self.clone();
                    let rested = Box::new(move || {
                        widget.press.borrow_mut().take();
                        widget.act(&target, On::LongPress);
                    });
                    *self.press.borrow_mut() = Timeout::new(LONG_PRESS_MS, rested);
                }
            }
            "pointermove" => {
                let moved = |pointer: &PointerEvent| pointer.movement_x().abs() + pointer.movement_y().abs() > STEADY;
                if event.dyn_ref::<PointerEvent>().is_some_and(moved) {
                    self.press.borrow_mut().take();
                }
            }
            "pointerup" | "pointercancel" => {
                self.press.borrow_mut().take();
            }
            // Android's own long press would open the browser's menu over ours.
            "contextmenu" if self.press.borrow().is_some() || is_open => event.prevent_default(),
            // A mouse's other button, or the key for it, on a row that has a menu.
            "contextmenu" if dom::closest(&target, ".with-actions").is_some() => {
                event.prevent_default();
                self.act(&target, On::LongPress);
            }
            // The mouse that a browser makes of a long press would take the focus out of the menu.
            "mousedown" => {
                let is_its_own = dom::closest(&target, ".message, .with-actions")
                    .is_some_and(|message| dom::first(&message, ".actions.open").is_some());
                if is_open && is_its_own && !is_in_menu {
                    event.prevent_default();
                }
            }
            _ => {}
        }
    }
}
