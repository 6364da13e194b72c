//! The focus: it moves with what is shown, and it is never lost. A row that changes its place in the document loses it,
//! and what disappears takes it along: both would put a keyboard's user back to the page's beginning.

use std::mem::{Discriminant, discriminant};

use wasm_bindgen::JsCast;
use web_sys::{Event as PageEvent, FocusEvent, HtmlElement};

use super::{
    Widget,
    dom::{self, Timeout},
};
use crate::{
    model::{chat::Peer, ids::MessageId},
    widget::{
        state::{Event, ItemKey, Screen, State, Voice, groups::Pane},
        view::MESSAGE_ID,
    },
};

/// What was shown last, as far as the focus goes by it.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct Shown {
    open: bool,
    expanded: bool,
    screen: Screen,
    menu: Option<ItemKey>,
    deleting: bool,
    sheet: bool,
    editing: Option<MessageId>,
    viewing: Option<(MessageId, usize)>,
    /// Which face of the voice note.
    voice: Option<Discriminant<Voice>>,
    pane: Option<Pane>,
    is_searching: bool,
    is_asked: bool,
    /// The conversation that can be taken back.
    deleting_row: Option<Peer>,
    /// What held the focus before a question was asked, or a menu opened.
    before: Option<HtmlElement>,
    /// What held the focus last within the panel, until it was given away by hand.
    last: Option<HtmlElement>,
    left: Option<Timeout>,
}

impl Widget {
    pub(super) fn focus_arrived(&self, event: &PageEvent) {
        let target = dom::target_of(event).filter(|target| dom::closest(target, ".panel").is_some());
        if let (Some(target), Ok(mut shown)) = (target, self.shown.try_borrow_mut()) {
            shown.last = Some(target);
        }
    }

    /// The focus went. An element that is taken away tells so too, in some browsers: whether it is still there shows
    /// only afterwards. Where it goes from a menu to elsewhere, the menu closes; where it goes nowhere, the finger is
    /// still on the screen.
    pub(super) fn focus_left(&self, event: &PageEvent) {
        let Some(left) = dom::target_of(event) else { return };
        let into = event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target);
        let into = into.and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let Some(into) = into
            && let Some(actions) = dom::closest(&left, "[role=menu]").and_then(|menu| dom::closest(&menu, ".actions"))
            && !actions.contains(Some(&into))
            && self.is_menu_open()
        {
            self.send(Event::MenuClosed);
        }
        let widget = self.clone();
        let is_by_hand = Box::new(move || {
            if let Ok(mut shown) = widget.shown.try_borrow_mut()
                && shown.last.as_ref() == Some(&left)
                && left.is_connected()
                && dom::focused_beside(&left).as_ref() != Some(&left)
            {
                shown.last = None;
            }
        });
        if let (Some(timeout), Ok(mut shown)) = (Timeout::new(0, is_by_hand), self.shown.try_borrow_mut()) {
            shown.left = Some(timeout);
        }
    }

    /// Moves the focus with what has just been shown, and brings it back where that lost it.
    pub(super) fn move_focus(&self) {
        let (target, before) = {
            let state = self.state.borrow();
            let mut shown = self.shown.borrow_mut();
            let target = if self.restoring.get() { None } else { self.target(&state, &shown) };
            let menu_opens = state.panel.handling.menu.is_some() && shown.menu.is_none();
            let menu_closes = state.panel.handling.menu.is_none() && shown.menu.is_some();
            // What a menu's entry asks goes back to what opened the menu: the entry is gone.
            if menu_opens || state.groups.dialog.is_some() && !shown.is_asked {
                let last = shown.last.clone().filter(|one| one.is_connected());
                shown.before = last.or_else(|| shown.before.clone());
            }
            let before = shown.before.clone().filter(|_| menu_closes);
            shown.is_asked = state.groups.dialog.is_some();
            shown.deleting_row.clone_from(&state.listing.deleting);
            shown.pane = state.pane();
            shown.is_searching = !state.people.search.is_empty();
            shown.open = state.panel.open;
            shown.expanded = state.panel.expanded;
            shown.screen = state.panel.screen.clone();
            shown.menu.clone_from(&state.panel.handling.menu);
            shown.deleting = state.panel.handling.deleting.is_some();
            shown.sheet = state.panel.sheet.is_some();
            shown.editing = state.panel.editing.as_ref().map(|edit| edit.id).or(state.panel.quoting);
            shown.viewing = viewing(&state);
            shown.voice = Some(discriminant(&state.content.voice));
            if !shown.open {
                shown.last = None;
            }
            (target, before)
        };
        match target {
            Some(target) => self.focus_on(&target),
            None => self.bring_back(before),
        }
    }

    fn focus_on(&self, target: &HtmlElement) {
        dom::focus(Some(target));
        // An edit begins behind what there is to edit.
        let is_editing = self.state.borrow().panel.editing.is_some();
        if let Some(field) = self.field().filter(|field| is_editing && **field == *target) {
            let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or(0);
            let _ = field.set_selection_range(end, end);
        }
    }

    fn target(&self, state: &State, shown: &Shown) -> Option<HtmlElement> {
        let panel = &state.panel;
        let find = |selector: &str| dom::first(&self.container, selector);
        if !panel.open {
            return if shown.open { find(".launcher") } else { None };
        }
        // Into the picture that fills the screen, and back to the small one.
        match (viewing(state), shown.viewing) {
            (Some(_), None) => return find(".viewer-close"),
            (None, Some((id, place))) => {
                let picture = find(
                    &["[", MESSAGE_ID, "='", &id.0.to_string(), "'] [data-picture='", &place.to_string(), "']"]
                        .concat(),
                );
                return picture.or_else(|| find("textarea.field")).or_else(|| find(".panel"));
            }
            _ => {}
        }
        if panel.handling.deleting.is_some() && !shown.deleting {
            return find(".confirm button");
        }
        if state.groups.dialog.is_some() && !shown.is_asked {
            return find(".confirm .input, .confirm button");
        }
        if panel.sheet.is_some() && !shown.sheet {
            return find(".sheet .search-field").or_else(|| find(".sheet"));
        }
        if shown.sheet && panel.sheet.is_none() && shown.screen == panel.screen {
            return if panel.handling.wanted.is_some() || dom::media("(pointer: coarse)") {
                find(".panel")
            } else {
                find("textarea.field").or_else(|| find(".panel"))
            };
        }
        if shown.open && shown.screen == panel.screen {
            let place = self.place_in_pane(state, shown);
            if place.is_some() {
                return place;
            }
            let editing = panel.editing.as_ref().map(|edit| edit.id).or(panel.quoting);
            return if shown.voice.is_some_and(|voice| voice != discriminant(&state.content.voice)) {
                // To what goes on with it; once it is gone, to the field.
                find(".voice > button:last-child").or_else(|| self.field().map(Into::into))
            } else if editing != shown.editing {
                self.field().map(Into::into)
            } else if shown.deleting && panel.handling.deleting.is_none() {
                // On a finger's screen the field would bring the keyboard up.
                let field = if dom::media("(pointer: coarse)") { None } else { find("textarea.field") };
                field.or_else(|| find(".panel"))
            } else if panel.handling.menu.is_some() && panel.handling.menu != shown.menu {
                find("[role^=menuitem]")
            } else if panel.expanded != shown.expanded {
                // The button stands in another column now.
                find(".resize")
            } else {
                None
            };
        }
        let target = match &panel.screen {
            // On a finger's screen the keyboard would cover what was just opened.
            Screen::Conversation(_) if dom::media("(pointer: coarse)") => None,
            Screen::Conversation(_) => find("textarea.field"),
            Screen::NewChat => find(".search-field"),
            Screen::NewGroup => find(".form .input"),
            Screen::List => {
                let left = match &shown.screen {
                    Screen::Conversation(peer) if shown.open => find(&row_of(peer)),
                    _ => None,
                };
                left.or_else(|| find("button.row")).or_else(|| find(".notice .button"))
            }
        };
        target.or_else(|| find(".panel"))
    }

    /// Where the focus goes as a pane, a question or a search opens or ends.
    fn place_in_pane(&self, state: &State, shown: &Shown) -> Option<HtmlElement> {
        let find = |selector: &str| dom::first(&self.container, selector);
        let pane = state.pane();
        if pane != shown.pane {
            return match pane {
                Some(Pane::Edit | Pane::Add) => find(".main .input, .main .search-field"),
                Some(_) => find(".main .header .icon-button"),
                None => find(".title-button:enabled"),
            };
        }
        if shown.is_asked && state.groups.dialog.is_none() {
            let before = shown.before.clone().filter(|before| before.is_connected());
            return before.or_else(|| find(".main .header button, button.row")).or_else(|| find(".panel"));
        }
        if state.listing.deleting != shown.deleting_row {
            // To what takes it back; then to what was taken back, or to what is left.
            let back = shown.deleting_row.as_ref().map(row_of);
            let undo = find(".toast .link-button").filter(|_| state.listing.deleting.is_some());
            return undo.or_else(|| find(&back?)).or_else(|| find("button.row"));
        }
        let search_ended = shown.is_searching && state.people.search.is_empty() && pane.is_none();
        if search_ended { find(".search-field") } else { None }
    }

    /// To what had it, or to what opened the menu that had it.
    fn bring_back(&self, before: Option<HtmlElement>) {
        let Some(last) = self.shown.borrow().last.clone() else { return };
        if !dom::nothing_is_focused() {
            return;
        }
        if let Some(place) = Some(last).filter(|one| one.is_connected()).or(before) {
            dom::focus_in_place(&place);
        }
        if dom::nothing_is_focused()
            && let Some(panel) = dom::first(&self.container, ".panel")
        {
            dom::focus_in_place(&panel);
        }
    }
}

/// The picture that is looked at.
fn viewing(state: &State) -> Option<(MessageId, usize)> {
    state.viewed().map(|(viewing, ..)| (viewing.message, viewing.place))
}

/// What finds the row of a conversation.
fn row_of(peer: &Peer) -> String {
    ["button.row[data-peer='", peer.id(), "']"].concat()
}
