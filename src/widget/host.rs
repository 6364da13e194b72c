//! The widget's host element as the server sends it: with a declared shadow root that holds the launcher, so that the
//! button is there and takes presses before any script has loaded; the browser half then takes it over.

use leptos::{nonce::use_nonce, prelude::*};

use super::{element::escape, view::launcher::launcher};
use crate::{
    i18n::{WidgetTexts, use_language},
    model::{json::JsonRecord, settings::WidgetSettings, viewer::Viewer},
};

/// Remembers a press, and paints the site's accent before the first paint (a `style` attribute would need a looser
/// policy). It is the only inline script; it carries the page's nonce.
const FIRST_SCRIPT: &str = "(()=>{let h=document.currentScript.parentElement,r=h.shadowRoot;if(!r)return;\
let b=r.querySelector('button'),a=h.dataset.accent;a&&h.style.setProperty('--chat-accent',a);\
b.onclick=()=>{h.dataset.pressed='';b.setAttribute('aria-busy','true')}})()";

/// The widget, once in a page.
#[component]
pub fn ChatWidget(
    /// How the site's owner wants it.
    settings: WidgetSettings,
    /// Who is signed in.
    viewer: Option<Viewer>,
) -> impl IntoView {
    let language = use_language();
    let declared = declared(&settings, language.widget(), use_nonce().as_deref());
    let data = JsonRecord::new().text("language", language.tag());
    let data = data.json("settings", &as_json(&settings)).json("viewer", &as_json(&viewer)).finish();
    view! { <div class="chat-widget" data-accent=settings.accent data-widget=data inner_html=declared></div> }
}

fn as_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// What the server sends inside of the host element.
fn declared(settings: &WidgetSettings, texts: &WidgetTexts, nonce: Option<&str>) -> String {
    let escaped = |text: &str| {
        let mut html = String::new();
        escape(text, &mut html);
        html
    };
    let nonce = nonce.map(|nonce| format!(" nonce=\"{}\"", escaped(nonce))).unwrap_or_default();
    format!(
        "<template shadowrootmode=\"open\"><link rel=\"stylesheet\" href=\"{style}\">\
         <div class=\"widget\" data-position=\"{position}\" data-size=\"{size}\" data-theme=\"{theme}\">{launcher}\
         </div></template><script{nonce}>{FIRST_SCRIPT}</script>",
        style = escaped(&settings.style_url),
        position = settings.position.name(),
        size = settings.size.name(),
        theme = settings.theme.name(),
        launcher = launcher(texts, false, 0).to_html(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::Language,
        model::settings::{Cloud, PanelSize, Position, Theme},
    };

    #[test]
    fn the_declared_launcher_holds_the_character_and_escapes_what_is_configured() {
        let settings = WidgetSettings {
            cloud: Cloud { app_id: "app".into(), region: "eu".into() },
            sdk_url: "/sdk.js".into(),
            style_url: "/x.css?a=\"&b".into(),
            position: Position::TopLeft,
            size: PanelSize::Large,
            accent: None,
            theme: Theme::Dark,
            contact: None,
        };
        let html = declared(&settings, Language::Fr.widget(), Some("n0nce"));
        assert!(html.contains("data-position=\"top-left\" data-size=\"large\" data-theme=\"dark\""));
        assert!(html.contains("💬") && html.contains("<script nonce=\"n0nce\">"));
        assert!(html.contains("href=\"/x.css?a=&quot;&amp;b\""));
    }
}
