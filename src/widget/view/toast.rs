//! A short word on something that was done, or was not.

use super::scene::Scene;
use crate::widget::{
    element::{Element, element},
    state::Toast,
};

pub fn brief(scene: &Scene) -> Element {
    let texts = &scene.texts.messages;
    let said = scene.state.panel.toast.map(|toast| match toast {
        Toast::Failed => texts.failed,
        Toast::Forwarded => texts.forwarded,
        Toast::NotThere => texts.not_there,
    });
    element("div", "brief-place")
        .key("toast")
        .with("role", "status")
        .child(said.map(|said| element("p", "brief").child(said)))
}
