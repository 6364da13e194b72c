//! Who can be mentioned, above the composer, while an `@` is being written.

use super::{avatar::avatar, scene::Scene};
use crate::{
    model::chat::Person,
    widget::{
        element::{Element, button, element},
        state::{Loaded, Mention, MessageEvent},
    },
};

/// The id of the list, which the field names as its own.
const LIST: &str = "mentions";

pub fn mentions(scene: &Scene) -> Option<Element> {
    let mention = scene.state.panel.mention.as_ref()?;
    let Loaded::Here(people) = &mention.people else { return None };
    let options: Vec<_> = people.iter().enumerate().map(|(at, one)| option(scene, mention, at, one)).collect();
    (!options.is_empty()).then(|| {
        element("div", "mentions scroll")
            .key(LIST)
            .with("id", LIST)
            .with("role", "listbox")
            .with("aria-label", scene.texts.messages.mention)
            .child(options)
    })
}

/// What the field says of the list: that it is there, and who is chosen in it.
pub fn with_list(scene: &Scene, field: Element) -> Element {
    match scene.state.chosen_mention() {
        Some(chosen) => {
            field.with("aria-controls", LIST).with("aria-activedescendant", ["mention-", chosen.uid.as_str()].concat())
        }
        None => field,
    }
}

fn option(scene: &Scene, mention: &Mention, at: usize, one: &Person) -> Element {
    let everybody = (one.uid.as_str() == "all").then_some(scene.texts.messages.everybody);
    button("sheet-row")
        .key(one.uid.to_string())
        .with("id", ["mention-", one.uid.as_str()].concat())
        .with("role", "option")
        .with("tabindex", "-1")
        .state("aria-selected", at == mention.chosen)
        .on_click(MessageEvent::MentionTaken(Box::new(one.clone())))
        .child(avatar(scene.texts, one, None).class("small", true))
        .child(element("span", "sheet-name").with("dir", "auto").child(one.name.clone()))
        .child(everybody.map(|said| element("span", "sheet-beside").child(said)))
}
