//! The focus within the panel: it moves with the screen, and it is never lost. A row that changes its place in the
//! document loses it, and what disappears takes it along: both would put a keyboard's user back to the page's beginning.

use std::time::Duration;

use leptos::wasm_bindgen::{JsCast, closure::Closure};
use leptos::{ev, html, leptos_dom::helpers::request_animation_frame, prelude::*};
use web_sys::{HtmlElement, MutationObserver, MutationObserverInit};

use crate::widget::{
    controller::Chat,
    dom,
    state::{Event, Screen},
};

/// What held the focus last, until it was given away by hand.
#[derive(Clone, Copy)]
pub struct LastFocus(StoredValue<Option<HtmlElement>, LocalStorage>);

impl LastFocus {
    pub fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    pub fn arrived(self, event: &ev::FocusEvent) {
        self.0.set_value(dom::target_of(event));
    }

    /// The focus went. An element that is taken away tells so too, in some browsers: whether it is still there shows
    /// only afterwards.
    pub fn left(self, event: &ev::FocusEvent) {
        let Some(left) = dom::target_of(event) else { return };
        let is_by_hand = move || {
            self.0.try_update_value(|last| {
                if last.as_ref() == Some(&left) && left.is_connected() {
                    *last = None;
                }
            });
        };
        set_timeout(is_by_hand, Duration::ZERO);
    }
}

/// Brings the focus back after each change of the panel that lost it: to what had it, or else to the panel.
pub fn keep(panel: NodeRef<html::Section>, last: LastFocus) {
    let kept = StoredValue::new_local(None);
    let restore = move || {
        let Some(panel) = panel.try_get_untracked().flatten() else { return };
        let Some(last) = last.0.try_get_value().flatten() else { return };
        if !dom::nothing_is_focused() {
            return;
        }
        if last.is_connected() {
            dom::focus_in_place(&last);
        }
        if dom::nothing_is_focused() {
            dom::focus_in_place(&panel);
        }
    };
    Effect::new(move |_| {
        let Some(panel) = panel.get() else { return };
        let callback = Closure::<dyn Fn()>::new(restore);
        let Ok(observer) = MutationObserver::new(callback.as_ref().unchecked_ref()) else { return };
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        let _ = observer.observe_with_options(&panel, &options);
        kept.set_value(Some((observer, callback)));
    });
    on_cleanup(move || {
        if let Some((observer, _)) = kept.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}

/// Moves the focus with the screen. A panel that a reload brought back leaves the focus where it is.
pub fn move_with_screen(chat: Chat, panel: NodeRef<html::Section>, screen: Memo<Screen>) {
    let opened_by_hand = chat.is_at_rest();
    Effect::new(move |before: Option<Screen>| {
        let now = screen.get();
        if before.as_ref() != Some(&now) && (before.is_some() || opened_by_hand) {
            let left = before.and_then(|screen| match screen {
                Screen::Conversation(peer) => Some(peer),
                Screen::List | Screen::NewChat => None,
            });
            let now = now.clone();
            request_animation_frame(move || {
                let Some(panel) = panel.try_get_untracked().flatten() else { return };
                let target = match now {
                    // On a finger's screen the keyboard would cover what was just opened.
                    Screen::Conversation(_) if dom::is_touch() => None,
                    Screen::Conversation(_) => dom::first(&panel, "textarea"),
                    Screen::NewChat => dom::first(&panel, "input"),
                    Screen::List => left
                        .and_then(|peer| dom::first(&panel, &format!("button.row[data-peer='{}']", peer.id())))
                        .or_else(|| dom::first(&panel, "button.row, .notice .button")),
                };
                dom::focus(target.as_ref().or(Some(&panel)));
            });
        }
        now
    });
}

/// What the panel does with a key. None of them reaches the page: its shortcuts are not meant.
pub fn on_key(chat: Chat, panel: NodeRef<html::Section>, is_full_screen: bool, event: &ev::KeyboardEvent) {
    event.stop_propagation();
    match event.key().as_str() {
        "Escape" if !event.is_composing() => {
            event.prevent_default();
            chat.step_back();
        }
        "Tab" if is_full_screen => {
            let Some(panel) = panel.try_get_untracked().flatten() else { return };
            let reachable = dom::tabbable(&panel);
            let (Some(first), Some(last)) = (reachable.first(), reachable.last()) else { return };
            let focused = dom::focused_beside(&panel);
            let (edge, target) = if event.shift_key() { (first, last) } else { (last, first) };
            let at_edge = focused.as_ref().is_none_or(|focused| focused == edge);
            if at_edge {
                event.prevent_default();
                dom::focus(Some(target));
            }
        }
        _ => {}
    }
}

impl Chat {
    /// Escape: out of the edit, the conversation, the panel.
    fn step_back(self) {
        let (editing, screen) =
            self.state.with_untracked(|state| (state.panel.editing.is_some(), state.panel.screen.clone()));
        self.send(match screen {
            Screen::Conversation(_) if editing => Event::EditCancelled,
            Screen::Conversation(_) | Screen::NewChat => Event::ScreenOpened(Screen::List),
            Screen::List => Event::Closed,
        });
    }
}
