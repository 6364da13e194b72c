//! One picture on the whole screen.

use super::{header::icon_button, icon, scene::Scene};
use crate::widget::{
    element::{Element, element},
    icons,
    state::{ContentEvent, Event},
};

pub fn viewer(scene: &Scene) -> Option<Element> {
    let texts = &scene.texts.content;
    let (viewing, picture, at, count) = scene.state.viewed()?;
    let own = scene.state.content.own.get(&picture.url);
    let may_load = own.is_some() || scene.hosts.cloud.is_media(&picture.url, scene.hosts.origin);
    let url = own.unwrap_or(&picture.url).clone();
    let event = Event::Content;
    let step = |class, markup, label, by: i32, goes: bool| {
        icon_button(class, markup, label, event(ContentEvent::ViewerMoved(by))).flag("disabled", !goes)
    };
    let zoom = |markup, label, by: i32, goes: bool| {
        icon_button("icon-button", markup, label, event(ContentEvent::ViewerZoomed(by))).flag("disabled", !goes)
    };
    let name = picture.name.clone().unwrap_or_else(|| texts.picture.to_owned());
    let bar = element("div", "viewer-bar")
        .child(element("span", "viewer-name").with("dir", "auto").child(name.clone()))
        .child(zoom(icons::ZOOM_OUT, texts.zoom_out, -1, viewing.zoom > 1))
        .child(zoom(icons::ZOOM_IN, texts.zoom_in, 1, viewing.zoom < 4))
        .child(
            element("a", "icon-button")
                .with("href", picture.url.clone())
                .with("download", name.clone())
                .with("target", "_blank")
                .with("rel", "noopener noreferrer")
                .with("aria-label", (texts.download)(&name))
                .child(icon(icons::DOWNLOAD)),
        )
        .child(icon_button("icon-button viewer-close", icons::X, texts.close, event(ContentEvent::ViewerClosed)));
    let toggles = if viewing.zoom > 1 { -3 } else { 1 };
    let shown = may_load.then(|| {
        element("img", "viewed")
            .key(url.clone())
            .with("src", url)
            .with("alt", name)
            .with("referrerpolicy", "no-referrer")
            .on_click(event(ContentEvent::ViewerZoomed(toggles)))
    });
    let stage = element("div", "stage")
        .key("stage")
        .class("zoomed", viewing.zoom > 1)
        .with("--zoom", viewing.zoom.to_string())
        .child(shown);
    let several = count > 1;
    Some(
        element("div", "viewer")
            .key("viewer")
            .with("role", "dialog")
            .with("aria-modal", "true")
            .with("tabindex", "-1")
            .with("aria-label", (texts.picture_of)(at + 1, count))
            .child(bar)
            .child(stage)
            .child(several.then(|| {
                let back = step("icon-button before", icons::CHEVRON_LEFT, texts.previous, -1, at > 0);
                (back, step("icon-button after", icons::CHEVRON_RIGHT, texts.next, 1, at + 1 < count))
            })),
    )
}
