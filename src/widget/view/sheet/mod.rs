//! What lies over the conversation for a while: a title, a way to close it, and one thing.

mod emoji;
mod forward;
mod info;
mod marked;

use super::{
    header::{icon_button, title},
    scene::Scene,
};
use crate::widget::{
    element::{Element, element},
    icons,
    intent::Intent,
    state::{Loaded, MessageEvent, Sheet},
};

/// The open sheet, if one is.
pub fn sheet(scene: &Scene) -> Option<Element> {
    let texts = &scene.texts.messages;
    let (name, content) = match scene.state.panel.sheet.as_ref()? {
        Sheet::Info { reacted, readers, .. } => (texts.info, info::info(scene, reacted, readers.as_ref())),
        Sheet::Marked { peer, messages } => {
            let name = if peer.is_some() { texts.pinned_messages } else { texts.saved_messages };
            (name, vec![marked::marked(scene, peer.as_ref(), messages)])
        }
        Sheet::Forward { search, .. } => (texts.forward_to, forward::forward(scene, search)),
        Sheet::Emoji(of) => (texts.emoji, emoji::emoji(scene, *of)),
    };
    let close = icon_button("icon-button", icons::X, texts.close, MessageEvent::SheetClosed);
    let bar = element("div", "sheet-bar").child(title(name)).child(close);
    let sheet = element("section", "sheet")
        .key(name)
        .with("role", "dialog")
        .with("aria-modal", "true")
        .with("aria-label", name)
        .with("tabindex", "-1")
        .on_click(Intent::Nothing)
        .child(bar)
        .child(content);
    Some(element("div", "veil sheet-veil").key("sheet").on_click(MessageEvent::SheetClosed).child(sheet))
}

/// What is here of what was asked for: the list, a word that there is none, that it failed, or that it is on its way.
fn of_loaded<T>(scene: &Scene, loaded: &Loaded<Vec<T>>, none: &'static str, show: impl Fn(&T) -> Element) -> Element {
    let word = |text: &'static str| element("p", "sheet-word").key(text).child(text);
    match loaded {
        Loaded::Loading => word(scene.texts.loading),
        Loaded::Failed => word(scene.texts.messages.list_failed),
        Loaded::Here(list) if list.is_empty() => word(none),
        Loaded::Here(list) => {
            let entries = list.iter().map(|one| element("li", "").child(show(one)));
            element("ul", "sheet-list").with("role", "list").child(entries.collect::<Vec<_>>())
        }
    }
}
