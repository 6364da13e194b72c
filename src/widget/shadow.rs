//! The shadow root: in the server's HTML it is declared with the launcher in it, so that the button is there and takes
//! presses before any script has loaded; the browser half then takes it over.

use leptos::prelude::*;
use leptos::{mount::mount_to, wasm_bindgen::JsCast};
use web_sys::{Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use super::look::Look;
use crate::i18n::WidgetTexts;

/// Remembers a press, and paints the site's accent before the first paint (a `style` attribute would need a looser
/// policy). It is the only inline script; it carries the page's nonce.
const FIRST_SCRIPT: &str = "(()=>{let h=document.currentScript.parentElement,r=h.shadowRoot;if(!r)return;\
let b=r.querySelector('button'),a=h.dataset.accent;a&&h.style.setProperty('--chat-accent',a);\
b.onclick=()=>{h.dataset.pressed='';b.setAttribute('aria-busy','true')}})()";

/// What the server sends inside of the host element.
pub fn declared(look: &Look, style_url: &str, texts: &WidgetTexts, nonce: Option<&str>) -> String {
    let nonce = nonce.map(|nonce| format!(" nonce=\"{}\"", escaped(nonce))).unwrap_or_default();
    format!(
        "<template shadowrootmode=\"open\"><link rel=\"stylesheet\" href=\"{style}\">\
         <div class=\"widget\" data-position=\"{position}\" data-size=\"{size}\" data-theme=\"{theme}\">\
         <button type=\"button\" class=\"launcher\" aria-label=\"{label}\" aria-expanded=\"false\">\
         <span class=\"launcher-face\" aria-hidden=\"true\">💬</span></button></div></template>\
         <script{nonce}>{FIRST_SCRIPT}</script>",
        style = escaped(style_url),
        position = look.position,
        size = look.size,
        theme = look.theme,
        label = escaped(texts.open),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// Mounts the widget into the host's shadow root, in the place of what the server declared. It says whether the
/// launcher was pressed before.
pub fn take_over<V: IntoView + 'static>(
    host: &HtmlElement,
    look: &Look,
    style_url: &str,
    view: impl FnOnce() -> V + 'static,
) -> bool {
    let Some(root) = root_of(host) else { return false };
    let Some(container) = element("div") else { return false };
    container.set_class_name("widget");
    for (name, value) in [("data-position", look.position), ("data-size", look.size), ("data-theme", look.theme)] {
        let _ = container.set_attribute(name, value);
    }
    if let Some(accent) = &look.accent {
        let _ = host.style().set_property("--chat-accent", accent);
    }
    if root.query_selector("link").ok().flatten().is_none()
        && let Some(link) = element("link")
    {
        let _ = link.set_attribute("rel", "stylesheet");
        let _ = link.set_attribute("href", style_url);
        let _ = root.append_child(&link);
    }
    let declared = root.query_selector(".widget").ok().flatten();
    let had_focus = root.active_element().is_some();
    let Ok(container) = container.dyn_into::<HtmlElement>() else { return false };
    // Unmounted with the owner, which is the widget's.
    StoredValue::new_local(mount_to(container.clone(), view));
    let _ = root.append_child(&container);
    if let Some(declared) = declared {
        declared.remove();
    }
    if had_focus && let Some(launcher) = query(&container, ".launcher") {
        let _ = launcher.focus();
    }
    host.has_attribute("data-pressed") && host.remove_attribute("data-pressed").is_ok()
}

fn root_of(host: &HtmlElement) -> Option<ShadowRoot> {
    // Open, so that tests and assistive tools reach into it; it keeps styles apart, it keeps no secrets.
    host.shadow_root().or_else(|| host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).ok())
}

fn element(name: &str) -> Option<Element> {
    document().create_element(name).ok()
}

fn query(parent: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    parent.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn the_declared_launcher_holds_the_character_and_escapes_what_is_configured() {
        let look = Look { position: "bottom-right", size: "regular", theme: "auto", accent: None };
        let html = declared(&look, "/x.css?a=\"&b", Language::Fr.widget(), Some("n0nce"));
        assert!(html.contains("💬") && html.contains("<script nonce=\"n0nce\">"));
        assert!(html.contains("href=\"/x.css?a=&quot;&amp;b\""));
    }
}
