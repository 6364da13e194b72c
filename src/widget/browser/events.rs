//! What happens on the widget's elements, one listener for all of them: it finds out what the element asks for, and does
//! it.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event as PageEvent, HtmlInputElement, HtmlTextAreaElement};

use super::{Widget, dom, storage};
use crate::widget::{
    intent::{Intent, On},
    state::{Event, MessageEvent},
};

/// All that is listened to. Those that do not rise are heard on their way down.
const NAMES: [&str; 20] = [
    "click",
    "input",
    "submit",
    "keydown",
    "keyup",
    "focusin",
    "focusout",
    "pointerdown",
    "pointermove",
    "pointerup",
    "pointercancel",
    "contextmenu",
    "mousedown",
    "scroll",
    "error",
    "change",
    "paste",
    "dragover",
    "dragleave",
    "drop",
];

impl Widget {
    pub(super) fn hear_elements(&self) {
        let widget = self.clone();
        let hear = Closure::<dyn Fn(PageEvent)>::new(move |event: PageEvent| widget.heard(&event));
        dom::listen(&self.container, &NAMES, &hear);
        // As long as the page lives.
        hear.forget();
    }

    fn heard(&self, event: &PageEvent) {
        // While the page is being changed, what it tells is our own doing.
        if self.tree.try_borrow().is_err() {
            return;
        }
        match event.type_().as_str() {
            "click" => self.act_on(event, On::Click),
            "input" => self.act_on(event, On::Input),
            "submit" => {
                event.prevent_default();
                self.act_on(event, On::Submit);
            }
            "focusin" => {
                self.focus_arrived(event);
                self.act_on(event, On::Focus);
            }
            "focusout" => self.focus_left(event),
            "keydown" => self.key_pressed(event),
            // None of the panel's keys reaches the page: its shortcuts are not meant.
            "keyup" => event.stop_propagation(),
            "scroll" => self.scrolled(event),
            "change" | "paste" | "dragover" | "dragleave" | "drop" => self.files_came(event),
            "error" => {
                if let Some(picture) = dom::target_of(event) {
                    let _ = picture.class_list().add_1("broken");
                }
            }
            _ => self.pointer_moved(event),
        }
    }

    fn act_on(&self, event: &PageEvent, on: On) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok()) else { return };
        self.act(&target, on);
    }

    /// Does what is asked for when this happens at `target`.
    pub(super) fn act(&self, target: &web_sys::Node, on: On) {
        let intent = self.tree.try_borrow_mut().ok().and_then(|mut tree| tree.take_intent(target, on));
        let Some(intent) = intent else { return };
        match intent {
            Intent::Send(event) => {
                if let Event::MenuToggled(_) = *event {
                    self.place_menu(target);
                }
                self.send(*event);
            }
            Intent::SendText(event) => self.send(event(text_of(target))),
            Intent::SendFresh(event) => self.send(event(dom::fresh_id())),
            Intent::Submit => {
                self.submit();
                dom::focus(self.field().as_deref());
            }
            Intent::Insert(text) => self.insert(text),
            Intent::Forward(peer) => {
                self.send(MessageEvent::Forwarded { peer, muid: dom::fresh_id() }.into());
            }
            Intent::Copy(text) => {
                dom::copy(&text);
                self.back_from_menu();
            }
            Intent::Format(format) => return self.format(format),
            Intent::ToNewest => self.to_newest(),
            Intent::LeaveToSignIn => storage::leave_to_sign_in(&self.state.borrow()),
            Intent::Nothing => return,
        }
        // What a hand has done is seen at once; what follows from it by itself, in its turn.
        if !matches!(on, On::Focus | On::NearEnd | On::NearStart) {
            self.show();
        }
    }

    /// The composer's field.
    pub(super) fn field(&self) -> Option<HtmlTextAreaElement> {
        dom::first(&self.container, "textarea.field")?.dyn_into().ok()
    }

    pub(super) fn is_menu_open(&self) -> bool {
        self.state.borrow().panel.handling.menu.is_some()
    }

    /// Closes the menu; the focus goes back to the button that opened it.
    pub(super) fn back_from_menu(&self) {
        let button = dom::first(&self.container, ".actions.open [aria-haspopup]");
        self.send(Event::MenuClosed);
        dom::focus(button.as_ref());
        self.show();
    }
}

fn text_of(field: &web_sys::Node) -> String {
    let area = field.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
    area.or_else(|| field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value)).unwrap_or_default()
}
