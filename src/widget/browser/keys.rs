//! The keyboard: what a key does where the focus is. What is not ours goes its way.

use wasm_bindgen::JsCast;
use web_sys::{Event as PageEvent, HtmlElement, KeyboardEvent};

use super::{Widget, dom};
use crate::{
    model::chat::Peer,
    widget::{
        intent::Format,
        state::{ContentEvent, Event, GroupEvent, MessageEvent, Screen, State, Voice},
    },
};

impl Widget {
    pub(super) fn key_pressed(&self, event: &PageEvent) {
        let (Some(event), Some(target)) = (event.dyn_ref::<KeyboardEvent>(), dom::target_of(event)) else { return };
        if let Some(viewer) = dom::closest(&target, ".viewer") {
            event.stop_propagation();
            return self.key_in_viewer(event, &viewer);
        }
        let Some(panel) = dom::closest(&target, ".panel") else {
            if event.key() == "Escape" && self.state.borrow().panel.open {
                taken(event);
                self.send(Event::Closed);
            }
            return;
        };
        // None of the panel's keys reaches the page: its shortcuts are not meant.
        event.stop_propagation();
        // Within a composition Enter takes a candidate; Safari ends it just before, with the old key code.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        let around = |selector: &str| dom::closest(&target, selector);
        let is_done = if let Some(menu) = around("[role=menu]") {
            self.key_in_menu(event, &menu)
        } else if let Some(dialog) = around("[role=alertdialog]") {
            self.key_in_dialog(event, &dialog)
        } else if around("textarea.field").is_some() {
            self.key_in_field(event)
        } else if let Some(sheet) = around(".sheet").filter(|_| event.key() == "Tab") {
            keep_within(event, &sheet);
            true
        } else if let Some(grid) = around(".emoji-grid") {
            key_in_grid(event, &grid)
        } else if let Some(list) = around(".list") {
            key_in_list(event, &list)
        } else {
            around(".search-field").is_some() && self.key_in_search(event, &panel)
        };
        if !is_done {
            self.key_in_panel(event, &panel);
        }
    }

    fn key_in_menu(&self, event: &KeyboardEvent, menu: &HtmlElement) -> bool {
        let items = dom::all(menu, "[role^=menuitem]");
        let at = position(&items, menu);
        let count = items.len();
        let target = match (event.key().as_str(), at) {
            ("ArrowDown" | "ArrowRight", Some(at)) => (at + 1) % count.max(1),
            ("ArrowUp" | "ArrowLeft", Some(at)) => (at + count - 1) % count.max(1),
            ("Home" | "ArrowDown", _) => 0,
            ("End" | "ArrowUp", _) => count.saturating_sub(1),
            ("Escape" | "Tab", _) => {
                taken(event);
                self.back_from_menu();
                return true;
            }
            _ => return true,
        };
        taken(event);
        dom::focus(items.get(target));
        true
    }

    fn key_in_dialog(&self, event: &KeyboardEvent, dialog: &HtmlElement) -> bool {
        match event.key().as_str() {
            "Escape" => {
                taken(event);
                self.send(Event::DeletionCancelled);
            }
            // Round and round within the dialog.
            "Tab" => {
                taken(event);
                let reachable = dom::tabbable(dialog);
                let count = reachable.len().max(1);
                let step = if event.shift_key() { count - 1 } else { 1 };
                let next = position(&reachable, dialog).map_or(0, |at| (at + step) % count);
                dom::focus(reachable.get(next));
            }
            _ => {}
        }
        true
    }

    fn key_in_field(&self, event: &KeyboardEvent) -> bool {
        if self.key_in_mention(event) {
            self.show();
            if let Some(chosen) = dom::first(&self.container, ".mentions [aria-selected=true]") {
                chosen.scroll_into_view_with_bool(false);
            }
            return true;
        }
        match event.key().as_str() {
            // With a finger a line is broken by Enter, as there is no Shift at hand, and the button sends.
            "Enter" if !event.shift_key() && !dom::media("(pointer: coarse)") => {
                taken(event);
                self.submit();
                self.show();
            }
            key if event.ctrl_key() || event.meta_key() => {
                let Some(format) = format_of(&key.to_ascii_lowercase(), event.shift_key()) else { return false };
                taken(event);
                self.format(format);
            }
            "ArrowUp" if self.state.borrow().composer_text().is_empty() => {
                taken(event);
                self.send(Event::EditLast);
            }
            _ => return false,
        }
        true
    }

    /// While somebody is looked for: the arrow keys choose, Enter and Tab take, Escape gives up.
    fn key_in_mention(&self, event: &KeyboardEvent) -> bool {
        let Some(chosen) = self.state.borrow().chosen_mention().cloned() else { return false };
        let done = match event.key().as_str() {
            "ArrowDown" => MessageEvent::MentionMoved { down: true },
            "ArrowUp" => MessageEvent::MentionMoved { down: false },
            "Enter" | "Tab" if !event.shift_key() => MessageEvent::MentionTaken(Box::new(chosen)),
            "Escape" => MessageEvent::MentionDropped,
            _ => return false,
        };
        taken(event);
        self.send(done.into());
        true
    }

    /// From the search to what was found; Escape first empties it.
    fn key_in_search(&self, event: &KeyboardEvent, panel: &HtmlElement) -> bool {
        let is_filled = {
            let state = self.state.borrow();
            state.panel.sheet.is_none() && !state.people.search.is_empty()
        };
        match event.key().as_str() {
            "ArrowDown" => {
                let found = ".sheet .emoji-grid button, .sheet .sheet-list button";
                dom::focus(dom::first(panel, found).or_else(|| dom::first(panel, ".list button.row")).as_ref());
            }
            "Escape" if is_filled => self.send(Event::SearchChanged(String::new())),
            _ => return false,
        }
        taken(event);
        true
    }

    fn key_in_panel(&self, event: &KeyboardEvent, panel: &HtmlElement) {
        match event.key().as_str() {
            "Escape" => {
                taken(event);
                self.step_back();
            }
            "Tab" if panel.has_attribute("aria-modal") => keep_within(event, panel),
            _ => {}
        }
    }

    fn key_in_viewer(&self, event: &KeyboardEvent, viewer: &HtmlElement) {
        let is_rtl = dom::closest(viewer, ":dir(rtl)").is_some();
        let wanted = match event.key().as_str() {
            "Escape" => ContentEvent::ViewerClosed,
            "ArrowRight" => ContentEvent::ViewerMoved(if is_rtl { -1 } else { 1 }),
            "ArrowLeft" => ContentEvent::ViewerMoved(if is_rtl { 1 } else { -1 }),
            "+" | "=" => ContentEvent::ViewerZoomed(1),
            "-" => ContentEvent::ViewerZoomed(-1),
            "Tab" => return keep_within(event, viewer),
            _ => return,
        };
        taken(event);
        self.send(wanted.into());
        self.show();
    }

    /// Escape: out of the question, the sheet, the recording, the edit, the answer, the thread, the conversation, the panel.
    fn step_back(&self) {
        let back = back_from(&self.state.borrow());
        self.send(back);
    }
}

/// One step back from where the visitor is.
fn back_from(state: &State) -> Event {
    let panel = &state.panel;
    match &panel.screen {
        _ if state.groups.dialog.is_some() => Event::DeletionCancelled,
        _ if panel.sheet.is_some() => MessageEvent::SheetClosed.into(),
        Screen::Conversation(_) if state.groups.info.is_some() => Event::Group(GroupEvent::PaneLeft),
        Screen::Conversation(_) if !matches!(state.content.voice, Voice::Silent | Voice::Unheard(_)) => {
            ContentEvent::RecordingDropped.into()
        }
        Screen::Conversation(_) if panel.editing.is_some() => Event::EditCancelled,
        Screen::Conversation(_) if panel.quoting.is_some() => MessageEvent::QuoteDropped.into(),
        Screen::Conversation(Peer::Thread(within, _)) => Event::ScreenOpened(Screen::Conversation(Peer::clone(within))),
        Screen::NewGroup => Event::ScreenOpened(Screen::NewChat),
        Screen::List if !state.people.search.is_empty() => Event::SearchChanged(String::new()),
        Screen::Conversation(_) | Screen::NewChat => Event::ScreenOpened(Screen::List),
        Screen::List => Event::Closed,
    }
}

/// The tab key goes round within a modal box.
fn keep_within(event: &KeyboardEvent, modal: &HtmlElement) {
    let reachable = dom::tabbable(modal);
    let (Some(first), Some(last)) = (reachable.first(), reachable.last()) else { return };
    let focused = dom::focused_beside(modal);
    let (edge, target) = if event.shift_key() { (first, last) } else { (last, first) };
    if focused.is_none_or(|focused| focused == *edge || focused == *modal && event.shift_key()) {
        taken(event);
        dom::focus(Some(target));
    }
}

fn format_of(key: &str, shift: bool) -> Option<Format> {
    Some(match (key, shift) {
        ("b", false) => Format::Bold,
        ("i", false) => Format::Italic,
        ("x", true) => Format::Strike,
        ("e", false) => Format::Code,
        ("k", false) => Format::Link,
        _ => return None,
    })
}

/// Arrow keys, Home and End move within a list of rows.
fn key_in_list(event: &KeyboardEvent, list: &HtmlElement) -> bool {
    let buttons = dom::all(list, "button.row");
    let end = buttons.len().saturating_sub(1);
    let target = match (event.key().as_str(), position(&buttons, list)) {
        ("ArrowDown", at) => at.map_or(0, |at| (at + 1).min(end)),
        ("ArrowUp", Some(at)) if at > 0 => at - 1,
        ("Home", _) => 0,
        ("End", _) => end,
        _ => return false,
    };
    taken(event);
    dom::focus(buttons.get(target));
    true
}

/// Arrow keys move within a grid, up and down by what stands in one line of it.
fn key_in_grid(event: &KeyboardEvent, grid: &HtmlElement) -> bool {
    let cells = dom::all(grid, "button");
    let (Some(at), Some(end)) = (position(&cells, grid), cells.len().checked_sub(1)) else { return false };
    let top = |cell: &HtmlElement| cell.offset_top();
    let in_line = cells.iter().take_while(|cell| cells.first().map(top) == Some(top(cell))).count();
    let target = match event.key().as_str() {
        "ArrowRight" => (at + 1).min(end),
        "ArrowLeft" => at.saturating_sub(1),
        "ArrowDown" => (at + in_line).min(end),
        "ArrowUp" => at.saturating_sub(in_line),
        "Home" => 0,
        "End" => end,
        _ => return false,
    };
    taken(event);
    dom::focus(cells.get(target));
    true
}

fn position(elements: &[HtmlElement], beside: &HtmlElement) -> Option<usize> {
    let focused = dom::focused_beside(beside)?;
    elements.iter().position(|element| *element == focused)
}

fn taken(event: &KeyboardEvent) {
    event.prevent_default();
    event.stop_propagation();
}
