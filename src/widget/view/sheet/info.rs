//! Who reacted with what; of one's own message, whom it reached and who has read it.

use super::{super::avatar::avatar, of_loaded};
use crate::{
    model::chat::{Person, Reader},
    widget::{
        element::{Element, Node, Text, element},
        state::Loaded,
        view::scene::Scene,
    },
};

pub fn info(
    scene: &Scene,
    reacted: &Loaded<Vec<(String, Person)>>,
    readers: Option<&Loaded<Vec<Reader>>>,
) -> Vec<Element> {
    let texts = &scene.texts.messages;
    let heading = |text: &'static str| element("h3", "sheet-heading").key(text).child(text);
    // In a group: how many of its other members.
    let others = scene.state.open_group().map(|group| group.members.saturating_sub(1));
    let counted = |text: &'static str, those: &Loaded<Vec<(Person, i64)>>| {
        let count = match (others, those) {
            (Some(others), Loaded::Here(those)) => {
                [" ", &those.len().to_string(), texts.out_of, &others.to_string()].concat()
            }
            _ => String::new(),
        };
        heading(text).child(count)
    };
    let reacted = of_loaded(scene, reacted, texts.no_reactions, |(emoji, one)| person(scene, one, emoji.clone()));
    let mut parts = Vec::new();
    if let Some(readers) = readers {
        let (read, delivered) = (those(readers, |one| one.read_at), those(readers, |one| one.delivered_at));
        let show = |(one, at): &(Person, i64)| person(scene, one, scene.times.full(*at));
        parts.extend([counted(texts.read_by, &read), of_loaded(scene, &read, texts.nobody, show)]);
        parts.extend([counted(texts.delivered_to, &delivered), of_loaded(scene, &delivered, texts.nobody, show)]);
    }
    parts.extend([heading(texts.reactions), reacted]);
    vec![element("div", "sheet-body scroll").child(parts)]
}

/// Those for whom it happened, and when.
fn those(readers: &Loaded<Vec<Reader>>, when: fn(&Reader) -> Option<i64>) -> Loaded<Vec<(Person, i64)>> {
    match readers {
        Loaded::Loading => Loaded::Loading,
        Loaded::Failed => Loaded::Failed,
        Loaded::Here(readers) => {
            Loaded::Here(readers.iter().filter_map(|one| Some((one.person.clone(), when(one)?))).collect())
        }
    }
}

fn person(scene: &Scene, person: &Person, beside: impl Into<Text>) -> Element {
    element("div", "sheet-row")
        .child(avatar(scene.texts, person, None).class("small", true))
        .child(element("span", "sheet-name").with("dir", "auto").child(person.name.clone()))
        .child(element("span", "sheet-beside").child(Node::Text(beside.into())))
}
