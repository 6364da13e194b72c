//! One picture on the whole screen.

use super::{content::event_button, icon, media::source, rich_text::link, scene::Scene};
use crate::widget::{
    element::{Element, element},
    icons,
    intent::Intent,
    state::{ContentEvent, Event},
};

pub fn viewer(scene: &Scene) -> Option<Element> {
    let texts = &scene.texts.content;
    let (viewing, picture, at, count) = scene.state.viewed()?;
    let source = source(scene, &picture.url).map(str::to_owned);
    // None of them is ever disabled: the keyboard would lose its place at the last picture.
    let button = |class, label: &'static str, event, sign: &'static str| {
        event_button(class, label, event).key(label).child(sign)
    };
    let name = picture.name.clone().unwrap_or_default();
    let label = [texts.media[0], " ", &(at + 1).to_string(), " / ", &count.to_string()].concat();
    let is_zoomed = viewing.zoom > 1;
    let download = link("icon-button", picture.url.clone()).with("aria-label", [texts.download, &name].concat());
    let bar = element("div", "viewer-bar")
        .child(element("span", "file-name").with("dir", "auto").with("role", "status").child(name.clone()))
        .child(button("icon-button", texts.zoom_out, ContentEvent::ViewerZoomed(-1), "−"))
        .child(button("icon-button", texts.zoom_in, ContentEvent::ViewerZoomed(1), "+"))
        .child(source.is_some().then(|| download.with("download", name.clone()).child(icon(icons::DOWNLOAD))))
        .child(event_button("icon-button viewer-close", texts.close, ContentEvent::ViewerClosed).child(icon(icons::X)));
    let toggle = ContentEvent::ViewerZoomed(if is_zoomed { -3 } else { 1 });
    let shown = source.map(|url| {
        let shown = element("img", "viewed").key(url.clone()).with("src", url).with("alt", name);
        shown.with("referrerpolicy", "no-referrer").on_click(Intent::from(Event::Content(toggle)))
    });
    let stage =
        element("div", "stage").class("zoomed", is_zoomed).with("--zoom", viewing.zoom.to_string()).child(shown);
    let viewer = element("div", "viewer")
        .key("viewer")
        .with_all(&[("role", "dialog"), ("aria-modal", "true"), ("tabindex", "-1")])
        .with("aria-label", label)
        .child(bar)
        .child(stage);
    if count < 2 {
        return Some(viewer);
    }
    let before = button("icon-button before", texts.previous, ContentEvent::ViewerMoved(-1), "‹");
    let after = button("icon-button after", texts.next, ContentEvent::ViewerMoved(1), "›");
    Some(viewer.child(before).child(after))
}
