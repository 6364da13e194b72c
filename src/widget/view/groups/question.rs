//! A question that stands before an act.

use super::{
    parts::{choice, choices, failure, field},
    trouble::sentence,
};
use crate::widget::{
    element::{Element, Node, button, element},
    intent::{Intent, On},
    state::{
        Event, GroupEvent,
        groups::{Asking, Dialog},
    },
    view::scene::Scene,
};

/// The dialog, over everything.
pub fn question(scene: &Scene, dialog: &Dialog) -> Element {
    let asking = dialog.question.asking;
    let ([before, after], text, label) = scene.texts.groups.questions[asking as usize];
    let title = [before, &dialog.question.name, after].concat();
    let is_open = match asking {
        Asking::Join => !dialog.text.is_empty(),
        Asking::Report => !dialog.reason.is_empty(),
        _ => true,
    };
    let is_harmless = asking == Asking::Join;
    let confirm = element("button", "button")
        .class("danger", !is_harmless)
        .with("type", "submit")
        .flag("disabled", dialog.busy || !is_open)
        .child(label);
    let cancel = button("button quiet").on_click(Event::DeletionCancelled).child(scene.texts.cancel);
    let form = element("form", "")
        .on(On::Submit, Event::Group(GroupEvent::Confirmed))
        .child(element("h3", "notice-title").with("id", "question-title").child(title))
        .child(element("p", "notice-text").with("id", "question-text").child(text))
        .child(details(scene, dialog))
        .child(failure(dialog.failed.map(|trouble| sentence(trouble, scene.texts))))
        .child(element("div", "confirm-buttons").child(cancel).child(confirm));
    let dialog = element("div", "confirm")
        .with("role", "alertdialog")
        .with("aria-modal", "true")
        .with("aria-labelledby", "question-title")
        .with("aria-describedby", "question-text")
        .on_click(Intent::Nothing)
        .child(form);
    element("div", "veil").key("question").on_click(Event::DeletionCancelled).child(dialog)
}

fn remarked(text: String) -> Event {
    Event::Group(GroupEvent::Remarked(text))
}

/// What has to be said besides yes.
fn details(scene: &Scene, dialog: &Dialog) -> Vec<Element> {
    let texts = &scene.texts.groups;
    match dialog.question.asking {
        Asking::Join => vec![field(texts.password, "password", "100", &dialog.text, remarked)],
        Asking::Report => {
            let chip = |(id, name): &(String, String)| {
                let label = (texts.reason_of)(id).map_or_else(|| name.clone().into(), Into::into);
                let chosen = dialog.reason == *id;
                choice(Node::Text(label), chosen, Event::Group(GroupEvent::ReasonChosen(id.clone())))
            };
            let reasons = scene.state.groups.reasons.iter().map(chip).collect();
            vec![choices(texts.reason, reasons), field(texts.remark, "text", "1000", &dialog.text, remarked)]
        }
        _ => Vec::new(),
    }
}
