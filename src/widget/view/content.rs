//! What stands in a bubble: text, files, a card of something that this chat does not know, previews of links; and what
//! the site's moderation makes of it.

use super::{
    icon,
    media::{media, preview_picture},
    rich_text::{Named, link, rich_text},
    scene::Scene,
};
use crate::{
    i18n::WidgetTexts,
    model::chat::{Content, LinkPreview, Moderation},
    widget::{
        element::{Element, Node, element},
        icons,
        state::Bubble,
    },
};

/// So many previews of links has a message at most.
const PREVIEWS: usize = 3;

pub fn is_media(bubble: &Bubble) -> bool {
    !bubble.deleted && matches!(bubble.content, Some(Content::Media { .. }))
}

pub fn body(scene: &Scene, bubble: &Bubble) -> Vec<Node> {
    let texts = scene.texts;
    let quiet = |text: &'static str| vec![Node::Element(element("em", "").child(text))];
    if bubble.deleted {
        return vec![Node::Element(element("div", "text").child(quiet(texts.deleted)))];
    }
    let named = Named { texts, mentions: &bubble.mentions, me: scene.state.me() };
    let written = || Node::Element(element("div", "text").key("text").child(rich_text(&bubble.text, &named)));
    let written = (!bubble.text.is_empty()).then(written);
    let above = match &bubble.content {
        Some(Content::Media { media_type, attachments, .. }) => {
            Some(Node::Element(media(scene, media_type, attachments, bubble.id)))
        }
        Some(Content::Other { type_name, .. }) => {
            let kind = element("em", "").child((texts.content.kind)(type_name));
            Some(Node::Element(element("p", "other-kind").key("kind").child(icon(icons::MESSAGE_CIRCLE)).child(kind)))
        }
        _ => None,
    };
    above.into_iter().chain(written).collect()
}

/// What the message itself brought along about the addresses in it: nothing is asked for at those addresses.
pub fn previews(scene: &Scene, bubble: &Bubble) -> Vec<Element> {
    let one = |preview: &LinkPreview| {
        let picture = preview.image.as_deref().and_then(|address| preview_picture(scene, address));
        let about = preview.description.clone();
        let mut card = link(preview.url.clone())
            .key(["preview ", &preview.url].concat())
            .child(picture)
            .child(element("strong", "").with("dir", "auto").child(preview.title.clone()))
            .child(about.map(|about| element("span", "preview-about").with("dir", "auto").child(about)));
        card.attributes[0].1 = "preview".into();
        card
    };
    let shown = if bubble.deleted { 0 } else { PREVIEWS };
    bubble.previews.iter().take(shown).map(one).collect()
}

/// What its sender is told of a message that others do not see.
pub fn moderation(texts: &WidgetTexts, bubble: &Bubble) -> Option<Element> {
    let (said, is_refused) = match bubble.moderation {
        Moderation::Approved => return None,
        Moderation::Pending => (texts.content.in_review, false),
        Moderation::Disapproved => (texts.content.refused, true),
    };
    let note = element("p", "moderation").key("moderation").class("failure", is_refused);
    (bubble.mine && !bubble.deleted).then(|| note.child(icon(icons::SHIELD_ALERT)).child(said))
}
