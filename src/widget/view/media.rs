//! The files of a message: pictures in a grid that has its room before they are loaded, films and sounds with the
//! browser's own controls, anything else by its name. Only what lies at the cloud's own hosts is fetched by itself; the
//! rest is a link like any other.

use super::{icon, rich_text::link, scene::Scene, unseen};
use crate::{
    model::{
        chat::{Attachment, MediaKind, Shape},
        ids::MessageId,
        settings::Cloud,
    },
    widget::{
        element::{Element, Node, button, element},
        icons,
        state::{ContentEvent, Event},
    },
};

/// So many pictures of a message are shown; the last stands for the others too.
const SHOWN: usize = 4;

/// Which addresses are the cloud's.
#[derive(Clone, Copy, Debug)]
pub struct Hosts<'a> {
    pub cloud: &'a Cloud,
    /// The page's own origin.
    pub origin: &'a str,
}

/// Where a file may be fetched from without being asked for: none elsewhere. What this page sent it has itself.
fn source<'a>(scene: &Scene<'a>, attachment: &'a Attachment) -> Option<&'a str> {
    let own = scene.state.content.own.get(&attachment.url).map(String::as_str);
    own.or_else(|| scene.hosts.cloud.is_media(&attachment.url, scene.hosts.origin).then_some(attachment.url.as_str()))
}

/// The files, and whether they are such as fill the bubble to its edges. `id` is there once the cloud has the message;
/// before, the addresses are the page's own.
pub fn media(scene: &Scene, kind: &str, attachments: &[Attachment], id: Option<MessageId>) -> Element {
    let kind = MediaKind::parse(kind);
    let place = element("div", "media").key("media");
    let found =
        |one| if id.is_none() { Some(one).map(|one: &Attachment| one.url.as_str()) } else { source(scene, one) };
    if kind == MediaKind::Image && attachments.iter().all(|one| found(one).is_some_and(|url| !url.is_empty())) {
        return place.class("pictures", true).class("several", attachments.len() > 1).child(pictures(
            scene,
            attachments,
            id,
        ));
    }
    place.child(attachments.iter().map(|one| file(scene, kind, one, found(one))).collect::<Vec<_>>())
}

fn name_of(scene: &Scene, attachment: &Attachment, kind: MediaKind) -> String {
    let texts = &scene.texts.content;
    let usual = match kind {
        MediaKind::Image => texts.picture,
        MediaKind::Video => texts.video,
        MediaKind::Audio => texts.audio,
        MediaKind::File => texts.file,
    };
    attachment.name.clone().unwrap_or_else(|| usual.to_owned())
}

/// Its width by its height, as far as that is known.
fn ratio(element: Element, shape: Option<&Shape>) -> Element {
    let shape = shape.filter(|shape| shape.width > 0 && shape.height > 0);
    // No picture is a thread: neither upright nor lying.
    let sides =
        shape.map(|shape| (shape.width, shape.height.clamp(shape.width / 3 + 1, shape.width.saturating_mul(2))));
    let Some((width, height)) = sides else { return element };
    element
        .with("--ratio", [&width.to_string(), " / ", &height.to_string()].concat())
        .with("--width", width.to_string())
}

/// A picture that is there at once, in a few pixels.
fn placeholder(shape: Option<&Shape>) -> Option<Element> {
    let address = shape.and_then(|shape| shape.placeholder.clone())?;
    Some(element("img", "placeholder").key("placeholder").with("src", address).with("alt", ""))
}

fn picture(scene: &Scene, attachment: &Attachment) -> (Option<Element>, Element) {
    let url = source(scene, attachment).unwrap_or(&attachment.url).to_owned();
    let picture = element("img", "whole")
        .key(url.clone())
        .with("alt", "")
        .with("loading", "lazy")
        .with("decoding", "async")
        .with("referrerpolicy", "no-referrer")
        .with("src", url);
    (placeholder(attachment.shape.as_ref()), picture)
}

fn pictures(scene: &Scene, attachments: &[Attachment], id: Option<MessageId>) -> Vec<Element> {
    let texts = &scene.texts.content;
    let one = |(place, attachment): (usize, &Attachment)| {
        let more = attachments.len().saturating_sub(SHOWN);
        let more = (place + 1 == SHOWN && more > 0).then(|| {
            let count = element("span", "").with("aria-hidden", "true").child(["+", &more.to_string()].concat());
            element("span", "more").child(count).child(unseen((texts.more_pictures)(more)))
        });
        let label = (texts.enlarge)(&name_of(scene, attachment, MediaKind::Image));
        let opens = button("picture")
            .key(place.to_string())
            .with("data-picture", place.to_string())
            .with("aria-label", label)
            .flag("disabled", id.is_none())
            .child(icon(icons::IMAGE))
            .child(picture(scene, attachment))
            .child(more);
        let opens = if attachments.len() == 1 { ratio(opens, attachment.shape.as_ref()) } else { opens };
        match id {
            Some(id) => opens.on_click(Event::Content(ContentEvent::Viewed(id, place))),
            None => opens,
        }
    };
    attachments.iter().enumerate().take(SHOWN).map(one).collect()
}

fn file(scene: &Scene, kind: MediaKind, attachment: &Attachment, source: Option<&str>) -> Element {
    let shape = attachment.shape.as_ref();
    let player = |tag: &'static str, class: &'static str, url: &str| {
        element(tag, class)
            .key(url.to_owned())
            .with("controls", "")
            .with("preload", "metadata")
            .with("src", url.to_owned())
            .with("aria-label", name_of(scene, attachment, kind))
    };
    match (kind, source.filter(|url| !url.is_empty())) {
        (MediaKind::Video, Some(url)) => ratio(player("video", "film", url).with("playsinline", ""), shape),
        (MediaKind::Audio, Some(url)) => sound(scene, attachment, player("audio", "sound", url)),
        _ => card(scene, kind, attachment),
    }
}

/// A sound with its name, or a voice note with how long it lasts: the browser often knows that only at its end.
fn sound(scene: &Scene, attachment: &Attachment, player: Element) -> Element {
    let shape = attachment.shape.as_ref();
    let is_note = shape.is_some_and(|shape| shape.voice);
    let label =
        if is_note { scene.texts.content.voice_note.to_owned() } else { name_of(scene, attachment, MediaKind::Audio) };
    let lasts = shape.filter(|shape| shape.seconds > 0).map(|shape| element("span", "").child(clock(shape.seconds)));
    let markup = if is_note { icons::MIC } else { icons::MUSIC };
    let title =
        element("span", "sound-name").child(icon(markup)).child(element("span", "").with("dir", "auto").child(label));
    element("div", "sound-place").child(title.child(lasts)).child(player)
}

/// Minutes and seconds.
pub fn clock(seconds: u32) -> String {
    let rest = seconds % 60;
    let minutes = (seconds / 60).to_string();
    [minutes.as_str(), if rest < 10 { ":0" } else { ":" }, &rest.to_string()].concat()
}

/// A file by its name: a press on it loads it, or opens it beside the page.
fn card(scene: &Scene, kind: MediaKind, attachment: &Attachment) -> Element {
    let name = name_of(scene, attachment, kind);
    let lines = element("span", "file-lines")
        .child(element("span", "file-name").with("dir", "auto").child(name.clone()))
        .child(attachment.size.map(|size| element("span", "file-size").child((scene.texts.content.size)(size))));
    let face = (icon(kind_icon(kind)).class("file-icon", true), lines);
    let is_address = attachment.url.starts_with("https://") || attachment.url.starts_with("http://");
    if !is_address {
        return element("span", "file").child(face);
    }
    let opens = link(attachment.url.clone()).with("aria-label", (scene.texts.content.download)(&name));
    let mut opens = opens.with("download", name).child(face).child(icon(icons::DOWNLOAD));
    opens.attributes[0].1 = "file".into();
    opens
}

pub fn kind_icon(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => icons::IMAGE,
        MediaKind::Video => icons::FILM,
        MediaKind::Audio => icons::MUSIC,
        MediaKind::File => icons::FILE_TEXT,
    }
}

/// Whether a picture at this address may be shown beside a link.
pub fn preview_picture(scene: &Scene, address: &str) -> Option<Node> {
    let is_shown = scene.hosts.cloud.is_media(address, scene.hosts.origin);
    is_shown.then(|| {
        let picture =
            element("img", "preview-picture").with("alt", "").with("loading", "lazy").with("decoding", "async");
        Node::Element(picture.with("referrerpolicy", "no-referrer").with("src", address.to_owned()))
    })
}
