//! The files of a message: pictures in a grid that has its room before they are loaded, films and sounds with the
//! browser's own controls, anything else by its name. Only what lies at the cloud's own hosts is fetched by itself; the
//! rest is a link like any other.

use super::{content::event_button, icon, rich_text::link, scene::Scene};
use crate::{
    model::{
        chat::{Attachment, MediaKind, Shape},
        ids::MessageId,
        settings::Cloud,
    },
    widget::{
        element::{Element, Text, element},
        icons,
        state::ContentEvent,
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

/// From where a file is shown: from the page's own memory where this page sent it, from the cloud's hosts, from nowhere
/// else.
pub fn source<'a>(scene: &Scene<'a>, url: &'a str) -> Option<&'a str> {
    let own = scene.state.content.own.iter().find(|(cloud, _)| cloud == url).map(|(_, own)| own.as_str());
    own.or_else(|| Some(url).filter(|url| scene.hosts.cloud.is_media(url, scene.hosts.origin)))
}

/// The files. `id` is there once the cloud has the message; before, the addresses are the page's own.
pub fn media(scene: &Scene, kind: MediaKind, attachments: &[Attachment], id: Option<MessageId>) -> Element {
    let found = |one: &Attachment| match id {
        None if one.url.starts_with("blob:") => Some(one.url.clone()),
        _ => source(scene, &one.url).map(str::to_owned),
    };
    let mut place = element("div", "media").key("media");
    let is_all_found = attachments.iter().all(|one| found(one).is_some());
    if kind == MediaKind::Image && is_all_found {
        place = place.class("pictures", true).class("several", attachments.len() > 1);
        for (index, one) in attachments.iter().enumerate().take(SHOWN) {
            let more = if index + 1 == SHOWN { attachments.len() - SHOWN } else { 0 };
            let shown = picture(scene, one, found(one), id, index)
                .child((more > 0).then(|| element("span", "more").child(["+", &more.to_string()].concat())));
            place = place.child(if attachments.len() > 1 { shown } else { with_ratio(shown, one) });
        }
        return place;
    }
    for one in attachments {
        place = place.child(match (kind, found(one)) {
            // With its name and the way to it: not every browser plays every film.
            (MediaKind::Video, Some(url)) => element("div", "film-place")
                .child(with_ratio(player("video", "film", url), one))
                .child(id.map(|_| card(scene, kind, one))),
            (MediaKind::Audio, Some(url)) => sound(scene, one, url),
            _ => card(scene, kind, one),
        });
    }
    place
}

fn name_of(scene: &Scene, attachment: &Attachment, kind: MediaKind) -> String {
    attachment.name.clone().unwrap_or_else(|| scene.texts.content.media[kind as usize].to_owned())
}

/// Its width by its height, as far as that is known.
fn with_ratio(element: Element, attachment: &Attachment) -> Element {
    match &attachment.shape {
        Some(Shape { width: width @ 1.., height: height @ 1.., .. }) => {
            // No picture is a thread: neither upright nor lying.
            let (width, height) = (width.to_string(), height.clamp(&(width / 3 + 1), &(width * 2)).to_string());
            element.with("--ratio", [&width, " / ", &height].concat()).with("--width", width)
        }
        _ => element,
    }
}

/// An image that is fetched when it comes near, and tells nobody where it is shown.
pub fn image(class: &'static str, url: impl Into<Text>) -> Element {
    let url = url.into();
    element("img", class)
        .key(url.clone())
        .with_all(&[("alt", ""), ("loading", "lazy"), ("decoding", "async"), ("referrerpolicy", "no-referrer")])
        .with("src", url)
}

fn picture(scene: &Scene, one: &Attachment, url: Option<String>, id: Option<MessageId>, index: usize) -> Element {
    let label = [scene.texts.content.enlarge, &name_of(scene, one, MediaKind::Image)].concat();
    // There at once, in a few pixels.
    let placeholder = one.shape.as_ref().and_then(|shape| shape.placeholder.clone());
    let viewed = ContentEvent::Viewed(id.unwrap_or_default(), index);
    event_button("picture", label, viewed)
        .key(index.to_string())
        .with("data-picture", index.to_string())
        .flag("disabled", id.is_none())
        .child(placeholder.map(|address| image("placeholder", address)))
        .child(url.map(|url| image("whole", url)))
}

fn player(tag: &'static str, class: &'static str, url: String) -> Element {
    let controls = &[("controls", ""), ("preload", "metadata"), ("playsinline", "")];
    element(tag, class).key(url.clone()).with_all(controls).with("src", url)
}

/// A sound with its name, or a voice note with how long it lasts: the browser often knows that only at its end.
fn sound(scene: &Scene, one: &Attachment, url: String) -> Element {
    let seconds = one.shape.as_ref().map_or(0, |shape| shape.seconds);
    let is_note = one.shape.as_ref().is_some_and(|shape| shape.voice);
    let label = if is_note { scene.texts.content.voice_note.to_owned() } else { name_of(scene, one, MediaKind::Audio) };
    let title = element("span", "sound-name")
        .child(element("span", "file-name").with("dir", "auto").child(label.clone()))
        .child((seconds > 0).then(|| clock(seconds)));
    element("div", "sound-place").child(title).child(player("audio", "sound", url).with("aria-label", label))
}

/// Minutes and seconds.
pub fn clock(seconds: u32) -> String {
    let (minutes, rest) = ((seconds / 60).to_string(), (seconds % 60).to_string());
    let mark = if rest.len() < 2 { ":0" } else { ":" };
    [minutes.as_str(), mark, &rest].concat()
}

/// A name, and what there is to say of it below.
pub fn lines(name: String, said: Option<String>) -> Element {
    element("span", "file-lines")
        .child(element("span", "file-name").with("dir", "auto").child(name))
        .child(element("span", "file-size").child(said))
}

/// A file by its name: a press on it loads it, or opens it beside the page.
fn card(scene: &Scene, kind: MediaKind, one: &Attachment) -> Element {
    let name = name_of(scene, one, kind);
    let said = one.size.map(|size| scene.texts.content.size(size));
    let is_address = one.url.starts_with("https://") || one.url.starts_with("http://");
    let place = if is_address {
        let label = [scene.texts.content.download, &name].concat();
        link("file", one.url.clone()).with("aria-label", label).with("download", name.clone())
    } else {
        element("span", "file")
    };
    place.child(icon(icons::FILE_TEXT)).child(lines(name, said)).child(is_address.then(|| icon(icons::DOWNLOAD)))
}
