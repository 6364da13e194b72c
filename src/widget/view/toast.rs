//! A short word on something that was done, or was not, over whatever is shown.

use super::{groups::trouble::sentence, header::icon_button, scene::Scene};
use crate::widget::{
    element::{Element, button, element},
    icons,
    state::{Event, GroupEvent, ListEvent, Toast},
};

pub fn toast(scene: &Scene) -> Element {
    let texts = &scene.texts.messages;
    let place = element("div", "toast-place").key("toast").with("role", "status");
    let Some(toast) = scene.state.panel.toast else { return place };
    let said = match toast {
        Toast::Failed => texts.failed,
        Toast::Forwarded => texts.forwarded,
        Toast::Reported => scene.texts.groups.reported,
        Toast::NotThere => texts.not_there,
        Toast::Deleted => scene.texts.listing.deleted,
        Toast::Trouble(trouble) => sentence(trouble, scene.texts),
    };
    let undo = (toast == Toast::Deleted).then(|| {
        button("link-button").on_click(Event::Listing(ListEvent::DeletionUndone)).child(scene.texts.listing.undo)
    });
    let dismiss = matches!(toast, Toast::Trouble(_)).then(|| {
        icon_button("icon-button", icons::X, scene.texts.groups.dismiss, Event::Group(GroupEvent::TroubleSeen))
    });
    place.child(element("div", "toast").child(element("p", "").child(said)).child(undo).child(dismiss))
}
