//! The bars on top: titles, and the buttons that every screen has.

use super::{counted, icon, scene::Scene};
use crate::widget::{
    element::{Element, Text, button, element},
    icons,
    intent::Intent,
    state::{Event, ListRow, Screen},
};

/// A round button with an icon; `label` is its name.
pub fn icon_button(
    class: &'static str,
    markup: &'static str,
    label: impl Into<Text>,
    intent: impl Into<Intent>,
) -> Element {
    let label = label.into();
    button(class).with("aria-label", label.clone()).with("title", label).on_click(intent).child(icon(markup))
}

/// The bar itself.
pub fn header() -> Element {
    element("div", "header").key("header")
}

pub fn title(text: impl Into<Text>) -> Element {
    element("h2", "title").child(crate::widget::element::Node::Text(text.into()))
}

/// From a conversation to the list, and how much is unread there.
pub fn back_button(scene: &Scene) -> Element {
    let here = scene.state.panel.peer().and_then(|peer| scene.state.conversations.rows.get(peer));
    let elsewhere = scene.state.conversations.unread().saturating_sub(here.map_or(0, ListRow::counts_aloud));
    let label = match elsewhere {
        0 => scene.texts.back.to_owned(),
        count => (scene.texts.with_unread)(scene.texts.back, count),
    };
    let badge = element("span", "badge back-badge").with("aria-hidden", "true");
    element("span", "back")
        .key("back")
        .child(icon_button("icon-button", icons::ARROW_LEFT, label, Event::ScreenOpened(Screen::List)))
        .child((elsewhere > 0).then(|| badge.child(counted(elsewhere))))
}

/// Larger or smaller, where there is room for it, and close.
pub fn panel_buttons(scene: &Scene) -> Vec<Element> {
    let texts = scene.texts;
    let is_expanded = scene.is_expanded();
    let (markup, label) =
        if is_expanded { (icons::MINIMIZE_2, texts.shrink) } else { (icons::MAXIMIZE_2, texts.expand) };
    let resize = icon_button("icon-button resize", markup, label, Event::Expanded(!is_expanded)).key("resize");
    let close = icon_button("icon-button", icons::X, texts.close, Event::Closed).key("close");
    scene.room.for_two.then_some(resize).into_iter().chain([close]).collect()
}

/// The bar of a panel that has nothing but a notice.
pub fn plain_header(scene: &Scene) -> Element {
    header().child(title(scene.texts.title)).child(panel_buttons(scene))
}
