//! Where the reader of a conversation is. What comes in above moves nothing, as the box is laid out from its bottom; what
//! comes in below would move everything: the place is kept. The browsers' own anchoring is switched off in the style
//! sheet: Chromium's (156) jumps when rows change their places in the document, Safari has none.

use std::cell::{Cell, RefCell};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event as PageEvent, HtmlElement, HtmlTextAreaElement, ResizeObserver};

use super::{Widget, dom};
use crate::{
    model::ids::MessageId,
    widget::{
        intent::On,
        state::{Event, ItemKey, Older, State, Timeline},
        view::MESSAGE_ID,
    },
};

/// Within this distance of the end, in pixels, the end is what is read.
const AT_END: i32 = 60;
/// So near to an end of a list, in pixels, more of it is asked for.
const NEAR: i32 = 300;
const NEAR_START: i32 = 600;

/// The box, what watches its content's size, and what is called then.
type Watched = (HtmlElement, ResizeObserver, Closure<dyn Fn()>);

/// What is known of the box that is shown.
#[derive(Default)]
pub struct Reading {
    timeline: RefCell<Option<Watched>>,
    /// The uppermost message in sight, and how much there is below it.
    place: RefCell<Option<(Element, f64)>>,
    newest: RefCell<Option<ItemKey>>,
    /// What the box was filled with when it was last seen to be full.
    filled: Cell<Option<(Older, u32)>>,
    /// It was filled with an old part of the conversation.
    apart: Cell<bool>,
    fitted: RefCell<Option<(HtmlTextAreaElement, String)>>,
}

impl Reading {
    /// Whether the field has the height of this text; from now on it has.
    pub fn is_fitted(&self, field: &HtmlTextAreaElement, text: &str) -> bool {
        let now = Some((field.clone(), text.to_owned()));
        self.fitted.replace(now.clone()) == now
    }
}

impl Widget {
    /// A menu opens to where there is more room: below a message in the upper half of its pane.
    pub(super) fn place_menu(&self, button: &web_sys::Node) {
        let (Some(pane), Some(button)) = (dom::first(&self.container, ".timeline"), button.dyn_ref::<Element>()) else {
            return;
        };
        let (pane, at) = (pane.get_bounding_client_rect(), button.get_bounding_client_rect());
        let is_above = at.top() < pane.top() + pane.height() / 2.0;
        let _ = self.container.set_attribute("data-menu", if is_above { "below" } else { "above" });
    }

    pub(super) fn scrolled(&self, event: &PageEvent) {
        let Some(list) = dom::target_of(event) else { return };
        if list.class_list().contains("timeline") {
            self.timeline_scrolled(&list);
        } else if list.scroll_height() - list.scroll_top() - list.client_height() < NEAR {
            self.act(&list, On::NearEnd);
        }
    }

    fn timeline_scrolled(&self, timeline: &HtmlElement) {
        // Laid out from the bottom: 0 is the end, and scrolling up goes below it.
        let from_end = -timeline.scroll_top();
        let away = from_end > AT_END;
        let was_away = self.state.borrow().panel.handling.away;
        if away || self.reading.apart.get() {
            self.note_place(timeline);
        }
        if away != was_away {
            self.send(Event::ReaderMoved { away });
        }
        if from_end < NEAR {
            self.act(timeline, On::NearEnd);
        }
        if timeline.scroll_height() - timeline.client_height() - from_end < NEAR_START {
            self.act(timeline, On::NearStart);
        }
    }

    fn note_place(&self, timeline: &HtmlElement) {
        let Some(messages) = timeline.first_element_child() else { return };
        let found = uppermost(&messages, timeline.get_bounding_client_rect().top());
        *self.reading.place.borrow_mut() = found.map(|message| {
            let below = below(&messages, &message);
            (message, below)
        });
    }

    fn keep_place(&self, timeline: &HtmlElement) {
        let Some(messages) = timeline.first_element_child() else { return };
        let mut place = self.reading.place.borrow_mut();
        let Some((message, was_below)) = place.as_mut().filter(|(message, _)| message.is_connected()) else { return };
        let below = below(&messages, message);
        let grown = below - std::mem::replace(was_below, below);
        if grown != 0.0 && (-timeline.scroll_top() > AT_END || self.reading.apart.get()) {
            timeline.scroll_by_with_x_and_y(0.0, -grown);
        }
    }

    pub(super) fn to_newest(&self) {
        if let Some(timeline) = dom::first(&self.container, ".timeline") {
            timeline.set_scroll_top(0);
        }
    }

    /// After something was shown: watches a new box, goes to the visitor's own new message, fills a box that is not full.
    pub(super) fn follow_timeline(&self) {
        let Some(timeline) = dom::first(&self.container, ".timeline") else {
            self.leave_timeline();
            return;
        };
        let is_new = self.reading.timeline.borrow().as_ref().is_none_or(|(known, ..)| *known != timeline);
        if is_new {
            self.leave_timeline();
            self.watch(&timeline);
            // Whoever was away from the newest message in the box before is not in this one.
            if self.state.borrow().panel.handling.away {
                self.send(Event::ReaderMoved { away: false });
            }
        }
        let (newest, filled, apart, wanted) = {
            let state = self.state.borrow();
            let known = state.panel.peer().and_then(|peer| state.timelines.get(peer));
            let apart = known.is_some_and(Timeline::is_apart);
            (newest(&state), filled(&state), apart, state.panel.handling.wanted)
        };
        let was_apart = self.reading.apart.replace(apart);
        let key = newest.as_ref().map(|(key, _)| key.clone());
        let before = self.reading.newest.replace(key.clone());
        if !is_new && !apart && !was_apart && before != key && newest.is_some_and(|(_, mine)| mine) {
            timeline.set_scroll_top(0);
        }
        if let Some(id) = wanted {
            self.bring_into_sight(&timeline, id);
        }
        // A page that does not fill the box is followed by the next.
        if filled != self.reading.filled.replace(filled) && filled.is_some_and(|(older, _)| older == Older::More) {
            let widget = self.clone();
            dom::next_frame(move || {
                if timeline.is_connected() {
                    widget.timeline_scrolled(&timeline);
                }
            });
        }
    }

    /// Shows a message in the middle of the box, once it is there.
    fn bring_into_sight(&self, timeline: &HtmlElement, id: MessageId) {
        let selector = ["[", MESSAGE_ID, "='", &id.0.to_string(), "']"].concat();
        let Some(message) = dom::first(timeline, &selector) else { return };
        let middle = |element: &Element| {
            let place = element.get_bounding_client_rect();
            f64::midpoint(place.top(), place.bottom())
        };
        timeline.scroll_by_with_x_and_y(0.0, middle(&message) - middle(timeline));
        // The keyboard goes on from there.
        let _ = message.set_attribute("tabindex", "-1");
        dom::focus_in_place(&message);
        self.note_place(timeline);
        self.send(Event::MessageShown);
    }

    fn watch(&self, timeline: &HtmlElement) {
        let (widget, of) = (self.clone(), timeline.clone());
        let callback = Closure::<dyn Fn()>::new(move || widget.keep_place(&of));
        let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else { return };
        if let Some(messages) = timeline.first_element_child() {
            observer.observe(&messages);
        }
        *self.reading.timeline.borrow_mut() = Some((timeline.clone(), observer, callback));
    }

    fn leave_timeline(&self) {
        if let Some((_, observer, _)) = self.reading.timeline.borrow_mut().take() {
            observer.disconnect();
        }
        self.reading.place.borrow_mut().take();
        self.reading.newest.borrow_mut().take();
        self.reading.filled.set(None);
    }
}

/// The newest message of the open conversation, and whether it is the visitor's own.
fn newest(state: &State) -> Option<(ItemKey, bool)> {
    let timeline = state.timelines.get(state.panel.peer()?)?;
    if let Some(pending) = timeline.pending.last() {
        return Some((ItemKey::Sent(pending.muid.clone()), true));
    }
    let last = timeline.messages.values().next_back()?;
    let mine = state.me() == Some(&last.sender.uid);
    let muid = last.muid.clone().filter(|muid| mine && !muid.is_empty());
    Some((muid.map_or(ItemKey::Message(last.id), ItemKey::Sent), mine))
}

fn filled(state: &State) -> Option<(Older, u32)> {
    let timeline = state.timelines.get(state.panel.peer()?).filter(|timeline| timeline.loaded)?;
    Some((timeline.older, timeline.revision))
}

fn below(messages: &Element, message: &Element) -> f64 {
    messages.get_bounding_client_rect().bottom() - message.get_bounding_client_rect().bottom()
}

/// The first message that ends below `edge`.
fn uppermost(messages: &Element, edge: f64) -> Option<Element> {
    let list = messages.query_selector_all(&["[", MESSAGE_ID, "]"].concat()).ok()?;
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
