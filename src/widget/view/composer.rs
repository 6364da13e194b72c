//! Where messages are written, and edited.

use super::{
    hangings::quote_lines,
    header::icon_button,
    icon,
    mentions::{mentions, with_list},
    scene::Scene,
};
use crate::widget::{
    element::{Element, element},
    icons,
    intent::{Intent, On},
    state::{Event, MessageEvent, Sheet},
};

pub fn composer(scene: &Scene) -> Element {
    let texts = scene.texts;
    let is_editing = scene.state.panel.editing.is_some();
    let text = scene.state.composer_text();
    let surplus = scene.state.surplus();
    let is_sendable = surplus == 0 && !text.trim().is_empty();
    let editing = is_editing.then(|| {
        element("div", "editing")
            .key("editing")
            .child(icon(icons::PENCIL))
            .child(element("span", "").child(texts.editing))
            .child(icon_button("icon-button", icons::X, texts.cancel, Event::EditCancelled))
    });
    let quoted = scene
        .state
        .panel
        .quoting
        .and_then(|id| scene.state.timelines.get(scene.state.panel.peer()?)?.messages.get(&id));
    let quoting = quoted.map(|quoted| {
        element("div", "editing quoting")
            .key("quoting")
            .child(icon(icons::REPLY))
            .child(quote_lines(scene, quoted))
            .child(icon_button("icon-button", icons::X, texts.cancel, MessageEvent::QuoteDropped))
    });
    let smile = icon_button(
        "icon-button composer-button",
        icons::SMILE,
        texts.messages.emoji,
        MessageEvent::SheetOpened(Sheet::Emoji(None)),
    );
    let too_long = (surplus > 0).then(|| element("p", "too-long").child((texts.too_long)(surplus)));
    let field = element("textarea", "field")
        .with("rows", "1")
        .with("aria-label", texts.write)
        .with("placeholder", texts.write)
        .with("dir", "auto")
        // With a finger a line is broken by Enter, as there is no Shift at hand, and the button sends.
        .with("enterkeyhint", if scene.room.is_touch { "enter" } else { "send" })
        .value(text)
        .on(On::Input, Intent::SendText(Event::Composed));
    let field = with_list(scene, field);
    let (markup, label) = if is_editing { (icons::CHECK, texts.save) } else { (icons::SEND_HORIZONTAL, texts.send) };
    let send = element("button", "send")
        .with("type", "submit")
        .flag("disabled", !is_sendable)
        .with("aria-label", label)
        .child(icon(markup));
    element("form", "composer")
        .key("composer")
        .on(On::Submit, Intent::Submit)
        .child(editing)
        .child(quoting)
        .child(mentions(scene))
        .child(element("div", "").key("status").with("role", "status").child(too_long))
        .child(element("div", "composer-line").key("line").child(field).child(smile.key("emoji")).child(send))
}
