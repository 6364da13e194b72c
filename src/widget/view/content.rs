//! What stands in a bubble: text, files, a card of something that this chat does not know, previews of links; and what
//! the site's moderation makes of it.

use super::{
    icon,
    media::{image, media, source},
    rich_text::{Named, link, rich_text},
    scene::Scene,
    tray::bar,
};
use crate::{
    i18n::WidgetTexts,
    model::chat::{Attachment, Content, MediaKind, Moderation},
    widget::{
        element::{Element, Text, button, element},
        icons,
        state::{Bubble, ContentEvent, Delivery, Event, OutFile, Upload},
    },
};

/// So many previews of links has a message at most.
const PREVIEWS: usize = 3;

/// A button by its name, for something with content. Of one type whatever the name is made of, since there are many.
pub fn event_button(class: &'static str, label: impl Into<Text>, event: ContentEvent) -> Element {
    #[inline(never)]
    fn named(class: &'static str, label: Text, event: ContentEvent) -> Element {
        button(class).with("aria-label", label.clone()).with("title", label).on_click(Event::Content(event))
    }
    named(class, label.into(), event)
}

/// Puts into the bubble what the message is.
pub fn fill(scene: &Scene, bubble: &Bubble, mut balloon: Element) -> Element {
    let texts = scene.texts;
    let text = || element("div", "text").key("text");
    if bubble.deleted {
        return balloon.child(text().child(element("em", "").child(texts.deleted)));
    }
    let out: Vec<&OutFile> = match &bubble.muid {
        Some(muid) if bubble.id.is_none() => scene.state.content.files_of(muid).collect(),
        _ => Vec::new(),
    };
    match &bubble.content {
        Some(Content::Media { media_type, attachments, .. }) => {
            balloon = balloon.class("has-media", true);
            balloon = balloon.child(media(scene, MediaKind::parse(media_type), attachments, bubble.id));
        }
        Some(Content::Other { type_name, .. }) => {
            let kind = element("em", "other-kind").key("kind").child(icon(icons::MESSAGE_CIRCLE));
            balloon = balloon.child(kind.child((texts.content.kind)(type_name)));
        }
        _ => {
            if let Some(first) = out.first() {
                let files: Vec<Attachment> = out.iter().map(|out| attachment_of(out)).collect();
                balloon = balloon.class("has-media", true).child(media(scene, first.file.kind, &files, None));
            }
        }
    }
    let message = bubble.message.as_ref();
    if !bubble.text.is_empty() {
        let mentions = message.map(|message| message.mentions.as_slice()).unwrap_or_default();
        let named = Named { texts, mentions, me: scene.state.me() };
        balloon = balloon.child(text().child(rich_text(&bubble.text, &named)));
    }
    for preview in message.iter().flat_map(|message| &message.previews).take(PREVIEWS) {
        let picture = preview.image.as_deref().and_then(|address| source(scene, address));
        let part = |tag, class, said: String| element(tag, class).with("dir", "auto").child(said);
        let card = link("preview", preview.url.clone())
            .key(preview.url.clone())
            .child(picture.map(|url| image("preview-picture", url.to_owned())))
            .child(part("strong", "", preview.title.clone()))
            .child(preview.description.clone().map(|about| part("span", "preview-about", about)));
        balloon = balloon.child(card);
    }
    let is_going = !out.is_empty() && bubble.delivery != Some(Delivery::Failed);
    balloon.child(is_going.then(|| bar(progress(&out))))
}

/// What a file on its way will look like.
fn attachment_of(out: &OutFile) -> Attachment {
    let file = &out.file;
    Attachment {
        url: file.url.clone().unwrap_or_default(),
        name: Some(file.name.clone()),
        size: Some(file.size),
        mime_type: None,
        shape: file.shape.clone(),
    }
}

/// The least of the files: the message goes out when that is there.
fn progress(out: &[&OutFile]) -> u8 {
    let of_file = |out: &&OutFile| match out.upload {
        Upload::Done => 100,
        Upload::Running(percent) => percent,
        Upload::Failed(_) => 0,
    };
    out.iter().map(of_file).min().unwrap_or_default()
}

/// What its sender is told of a message that others do not see.
pub fn moderation(texts: &WidgetTexts, bubble: &Bubble) -> Option<Element> {
    let (said, is_refused) = match bubble.message.as_ref()?.moderation {
        Moderation::Approved => return None,
        Moderation::Pending => (texts.content.in_review, false),
        Moderation::Disapproved => (texts.content.refused, true),
    };
    let note = element("p", "moderation").class("refused", is_refused).key("moderation");
    let note = note.child(icon(icons::CIRCLE_ALERT)).child(said);
    (bubble.mine && !bubble.deleted).then_some(note)
}
