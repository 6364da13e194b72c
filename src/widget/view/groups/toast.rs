//! What has just failed, over what is shown.

use crate::{
    i18n::WidgetTexts,
    widget::{
        element::{Element, element},
        icons,
        state::{Event, GroupEvent, Trouble},
        view::{header::icon_button, scene::Scene},
    },
};

/// The sentence for it.
pub fn sentence(trouble: Trouble, texts: &WidgetTexts) -> &'static str {
    let texts = &texts.groups;
    match trouble {
        Trouble::Offline => texts.offline,
        Trouble::WrongPassword => texts.wrong_password,
        Trouble::Banned => texts.was_banned,
        Trouble::NotIn => texts.not_in,
        Trouble::Gone => texts.is_gone,
        Trouble::NotAllowed => texts.not_allowed,
        Trouble::Full => texts.is_full,
        Trouble::Invalid => texts.invalid,
        Trouble::TooManyPins => texts.too_many_pins,
        Trouble::NotAdded => texts.not_added,
        Trouble::Other => texts.other,
    }
}

pub fn toast(scene: &Scene) -> Option<Element> {
    let trouble = scene.state.groups.trouble?;
    let dismiss = Event::Group(GroupEvent::TroubleSeen);
    let bar = element("div", "toast").key("toast");
    let said = element("p", "").with("role", "alert").child(sentence(trouble, scene.texts));
    Some(bar.child(said).child(icon_button("icon-button", icons::X, scene.texts.groups.dismiss, dismiss)))
}
