//! The shape of what is being loaded.

use super::unseen;
use crate::{
    i18n::WidgetTexts,
    widget::element::{Element, element},
};

/// Rows of a list.
pub fn list_skeleton(texts: &WidgetTexts) -> Element {
    let bones = || element("span", "bones").child(element("span", "bone")).child(element("span", "bone long"));
    let row = || {
        element("div", "row skeleton").with("aria-hidden", "true").child(element("span", "bone round")).child(bones())
    };
    element("div", "skeletons")
        .key("skeleton")
        .with("role", "status")
        .child(unseen(texts.loading))
        .child((0..6).map(|_| row()).collect::<Vec<_>>())
}

/// Bubbles of a conversation.
pub fn timeline_skeleton(texts: &WidgetTexts) -> Element {
    let shapes = ["bubble-bone", "bubble-bone long", "bubble-bone mine", "bubble-bone", "bubble-bone mine long"];
    let bone = |shape| element("span", "bone").class(shape, true);
    element("div", "skeletons bubbles")
        .key("skeleton")
        .child(unseen(texts.loading))
        .child(shapes.into_iter().map(bone).collect::<Vec<_>>())
}
