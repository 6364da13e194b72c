//! The pinned messages of a conversation, or all that the visitor has saved.

use super::{
    super::{hangings::quote_lines, header::icon_button},
    of_loaded,
};
use crate::{
    model::chat::{Message, Peer},
    widget::{
        element::{Element, button, element},
        icons,
        state::{Loaded, MessageEvent},
        view::scene::Scene,
    },
};

pub fn marked(scene: &Scene, of: Option<&Peer>, messages: &Loaded<Vec<Message>>) -> Element {
    let texts = &scene.texts.messages;
    let none = if of.is_some() { texts.no_pinned } else { texts.no_saved };
    let row = |message: &Message| {
        let opens = button("sheet-row")
            .with("title", texts.show_message)
            .on_click(MessageEvent::Wanted(message.id))
            .child(quote_lines(scene, message))
            .child(element("span", "sheet-beside").child(scene.times.brief(scene.texts, message.sent_at)));
        let (label, event) = if of.is_some() {
            (texts.unpin, MessageEvent::PinToggled(message.id))
        } else {
            (texts.unsave, MessageEvent::SaveToggled(message.id))
        };
        let undo = (of.is_none() || scene.state.may_pin()).then(|| icon_button("icon-button", icons::X, label, event));
        element("div", "sheet-line").child(opens).child(undo)
    };
    element("div", "sheet-body scroll").child(of_loaded(scene, messages, none, row))
}
