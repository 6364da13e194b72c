//! The round button at the page's corner.

use super::{counted, icon, unseen};
use crate::{
    i18n::WidgetTexts,
    widget::{
        element::{Element, button, element},
        icons,
        state::Event,
    },
};

/// The launcher: the server sends it closed, with nothing unread.
pub fn launcher(texts: &WidgetTexts, open: bool, unread: u32) -> Element {
    let action = if open { texts.close } else { texts.open };
    let label = match unread {
        0 => action.to_owned(),
        count => (texts.with_unread)(action, count),
    };
    let face = if open {
        element("span", "launcher-face").key("close").child(icon(icons::CHEVRON_DOWN))
    } else {
        element("span", "launcher-face").key("open").with("aria-hidden", "true").child("💬")
    };
    // Behind the open panel stands the list, which says it itself.
    let badge = element("span", "badge launcher-badge").with("aria-hidden", "true");
    button("launcher")
        .with("aria-label", label)
        .state("aria-expanded", open)
        .with("aria-controls", "panel")
        .on_click(if open { Event::Closed } else { Event::Opened })
        .child(face)
        .child((unread > 0 && !open).then(|| badge.child(counted(unread))))
}

/// A badge with its words.
pub fn unread_badge(texts: &WidgetTexts, unread: u32) -> Option<(Element, Element)> {
    let badge = element("span", "badge").with("aria-hidden", "true");
    (unread > 0).then(|| (badge.child(counted(unread)), unseen((texts.unread)(unread))))
}
