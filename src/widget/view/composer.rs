//! Where messages are written, and edited.

use super::{
    content::event_button,
    hangings::quote_lines,
    header::icon_button,
    icon,
    mentions::{mentions, with_list},
    scene::Scene,
    tray::{formats, send, tray, tray_trouble, voice, voice_trouble},
};
use crate::widget::{
    element::{Element, element},
    icons,
    intent::{Intent, On},
    state::{ContentEvent, Event, MessageEvent, Sheet},
};

pub fn composer(scene: &Scene) -> Element {
    let texts = scene.texts;
    let is_editing = scene.state.panel.editing.is_some();
    let surplus = scene.state.surplus();
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
    let too_long = (surplus > 0).then(|| element("p", "too-long").child((texts.too_long)(surplus)));
    let trouble = voice_trouble(scene).map(|said| element("p", "too-long").child(said));
    let recording = voice(scene);
    let formats = formats(scene).filter(|_| recording.is_none());
    let line = recording.unwrap_or_else(|| line(scene, is_editing));
    element("form", "composer")
        .key("composer")
        .on(On::Submit, Intent::Submit)
        .child(editing)
        .child(quoting)
        .child(mentions(scene))
        .child(
            element("div", "")
                .key("status")
                .with("role", "status")
                .child(too_long)
                .child(trouble)
                .child(tray_trouble(scene)),
        )
        .child((!is_editing).then(|| tray(scene)))
        .child(formats)
        .child(line)
}

fn line(scene: &Scene, is_editing: bool) -> Element {
    let texts = scene.texts;
    let text = scene.state.composer_text();
    let is_empty = text.trim().is_empty();
    let has_files = !is_editing && scene.state.has_tray();
    let is_sendable =
        scene.state.surplus() == 0 && (!is_empty || has_files) && (is_editing || scene.state.is_tray_fine());
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
    let is_formatting = scene.state.content.formatting;
    let formats = event_button("icon-button", texts.content.formatting, ContentEvent::FormattingToggled)
        .state("aria-expanded", is_formatting)
        .child("Aa");
    let smile = icon_button(
        "icon-button composer-button",
        icons::SMILE,
        texts.messages.emoji,
        MessageEvent::SheetOpened(Sheet::Emoji(None)),
    );
    let (markup, label) = if is_editing { (icons::CHECK, texts.save) } else { (icons::SEND_HORIZONTAL, texts.send) };
    // Where there is nothing to send, one may speak instead.
    let action = if is_empty && !has_files && !is_editing {
        let speak = event_button("icon-button speak", texts.content.record, ContentEvent::RecordingWanted);
        speak.key("speak").child(icon(icons::MIC))
    } else {
        send(is_sendable, label, markup)
    };
    element("div", "composer-line")
        .key("line")
        .child((!is_editing).then(|| attach(scene)))
        .child(element("div", "field-place").key("field").child(field).child(formats))
        .child(smile.key("emoji"))
        .child(action)
}

/// The browser's own field for files, under an icon.
fn attach(scene: &Scene) -> Element {
    let label = scene.texts.content.attach;
    let field = element("input", "unseen").with("type", "file").with("multiple", "").with("aria-label", label);
    element("label", "icon-button attach").key("attach").with("title", label).child(field).child(icon(icons::PAPERCLIP))
}
