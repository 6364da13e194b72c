//! What happened in a group, in the visitor's language; in the SDK's own words where this version does not know it.

use crate::{
    i18n::WidgetTexts,
    model::{chat::Content, ids::Uid},
};

/// The line for an event.
pub fn happened(content: &Content, me: Option<&Uid>, texts: &WidgetTexts) -> String {
    let Content::Action { text, happening } = content else { return String::new() };
    let Some(happening) = happening else { return text.clone() };
    let other = |person: &'_ crate::model::chat::Person| (Some(&person.uid) != me).then(|| person.name.clone());
    let (by, on) = (other(&happening.by), other(&happening.on));
    texts.groups.tell(happening.deed.place(), by.as_deref(), on.as_deref())
}
