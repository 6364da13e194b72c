//! What can be done with a message: a button at the bubble on hover or focus, and the menu behind it.

use super::{groups::parts::asks, header::icon_button, icon, scene::Scene};
use crate::sdk::{Request, What};
use crate::widget::{
    element::{Element, button, element},
    icons,
    intent::Intent,
    state::{Bubble, Event, ItemKey, groups::Asking},
};

pub fn bubble_menu(scene: &Scene, key: &ItemKey, bubble: &Bubble) -> Element {
    let label = scene.texts.message_actions;
    let is_open = scene.state.panel.handling.menu.as_ref() == Some(key);
    let toggle = icon_button("icon-button action", icons::ELLIPSIS_VERTICAL, label, Event::MenuToggled(key.clone()));
    element("div", "actions")
        .key("actions")
        .class("open", is_open)
        .child(toggle.with("aria-haspopup", "menu").state("aria-expanded", is_open))
        .child(is_open.then(|| menu(scene, bubble)))
}

fn menu(scene: &Scene, bubble: &Bubble) -> Element {
    let texts = scene.texts;
    let id = bubble.id;
    let edit = id.filter(|_| bubble.editable).map(|id| item("", icons::PENCIL, texts.edit, Event::EditStarted(id)));
    let copy = item("", icons::COPY, texts.copy, Intent::Copy(bubble.text.clone()));
    let delete = id
        .filter(|_| bubble.deletable)
        .map(|id| item("danger", icons::TRASH_2, texts.delete, Event::DeletionAsked(id)));
    // What others have said can be reported.
    let report = id.zip(bubble.sender.as_ref()).filter(|_| !bubble.mine).map(|(id, sender)| {
        let request = Request::new(What::Report).id(id);
        item("", icons::FLAG, texts.groups.report, asks(Asking::Report, &sender.name, request))
    });
    element("div", "menu")
        .with("role", "menu")
        .with("aria-label", texts.message_actions)
        .child(edit)
        .child(copy)
        .child(report)
        .child(delete)
}

pub fn item(class: &'static str, markup: &'static str, label: &'static str, intent: impl Into<Intent>) -> Element {
    button(class)
        .with("role", "menuitem")
        .with("tabindex", "-1")
        .key(label)
        .on_click(intent)
        .child(icon(markup))
        .child(label)
}
