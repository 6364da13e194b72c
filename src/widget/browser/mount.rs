//! The shadow root: taken over from the server's HTML, or made where the browser does not know declared ones.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use super::dom;
use crate::model::settings::WidgetSettings;

/// Where the widget stands now.
pub struct Mounted {
    pub container: HtmlElement,
    /// What the server declared, still in sight.
    pub declared: Option<HtmlElement>,
    /// The launcher was pressed before anybody was there to hear it.
    pub was_pressed: bool,
}

/// Puts an empty container into the host's shadow root.
pub fn take_over(host: &HtmlElement, settings: &WidgetSettings) -> Option<Mounted> {
    let root = root_of(host)?;
    let container: HtmlElement = element("div")?.dyn_into().ok()?;
    container.set_class_name("widget");
    let look = [
        ("data-position", settings.position.name()),
        ("data-size", settings.size.name()),
        ("data-theme", settings.theme.name()),
    ];
    for (name, value) in look {
        let _ = container.set_attribute(name, value);
    }
    if let Some(accent) = &settings.accent {
        let _ = host.style().set_property("--chat-accent", accent);
    }
    if root.query_selector("link").ok().flatten().is_none()
        && let Some(link) = element("link")
    {
        let _ = link.set_attribute("rel", "stylesheet");
        let _ = link.set_attribute("href", &settings.style_url);
        let _ = root.append_child(&link);
    }
    let declared = root.query_selector(".widget").ok().flatten().and_then(|declared| declared.dyn_into().ok());
    let _ = root.append_child(&container);
    let _ = host.set_attribute("data-started", "");
    let was_pressed = host.has_attribute("data-pressed") && host.remove_attribute("data-pressed").is_ok();
    Some(Mounted { container, declared, was_pressed })
}

/// The declared launcher goes, as there is another in its place; the focus stays where it was.
pub fn give_way(container: &HtmlElement, declared: Option<HtmlElement>) {
    let Some(declared) = declared else { return };
    let had_focus = dom::focused_beside(container).is_some_and(|focused| declared.contains(Some(&focused)));
    declared.remove();
    if had_focus {
        dom::focus(dom::first(container, ".launcher").as_ref());
    }
}

fn root_of(host: &HtmlElement) -> Option<ShadowRoot> {
    // Open, so that tests and assistive tools reach into it; it keeps styles apart, it keeps no secrets.
    host.shadow_root().or_else(|| host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).ok())
}

fn element(name: &str) -> Option<Element> {
    dom::document().create_element(name).ok()
}
