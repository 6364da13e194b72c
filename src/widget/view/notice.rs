//! Full-panel notices: signed out, no login, nothing there. Each says what is the case and the one thing to do next.

use super::{header::plain_header, icon, scene::Scene};
use crate::widget::{
    element::{Element, Node, Text, button, element},
    icons,
    intent::Intent,
    state::{Event, Failure, Phase},
};

/// A picture, a title where there is one, and a sentence; what can be done is added by whoever shows it. As an `alert`
/// the title is read out as soon as it is there. It alone: a text that counts seconds would never end.
pub fn notice(markup: &'static str, title: &'static str, text: impl Into<Text>, alert: bool) -> Element {
    let title = (!title.is_empty()).then(|| element("h3", "notice-title").child(title));
    element("div", "notice")
        .key("notice")
        .child(element("span", "notice-icon").child(icon(markup)))
        .child(element("div", "").with_some("role", alert.then_some("alert")).child(title))
        .child(element("p", "notice-text").child(Node::Text(text.into())))
}

/// The button of a notice.
pub fn notice_button(label: impl Into<Text>, intent: impl Into<Intent>) -> Element {
    button("button").on_click(intent).child(Node::Text(label.into()))
}

/// Something could not be loaded: the word for it, and once more.
pub fn failed(scene: &Scene, text: &'static str, again: Event) -> Element {
    notice(icons::CIRCLE_ALERT, "", text, false).child(notice_button(scene.texts.retry, again))
}

/// A panel that has nothing but a notice.
fn column(scene: &Scene, key: &'static str, notice: Element) -> Element {
    element("div", "column main").key(key).child(plain_header(scene)).child(notice)
}

/// Nobody is signed in: the way to do so, and back here.
pub fn signed_out(scene: &Scene) -> Element {
    let texts = scene.texts;
    let ended = scene.state.connection.phase == Phase::SignedOut { ended: true };
    let (title, text) = if ended {
        (texts.session_ended_title, texts.session_ended_text)
    } else {
        (texts.signed_out_title, texts.signed_out_text)
    };
    // A new document: a session begins with its page. The panel is open again behind it.
    let link = element("a", "button")
        .with("href", scene.sign_in_url.to_owned())
        .with("rel", "external")
        .on_click(Intent::LeaveToSignIn)
        .child(icon(icons::LOG_IN))
        .child(texts.sign_in);
    column(scene, "signed-out", notice(icons::MESSAGE_CIRCLE, title, text, false).child(link))
}

/// There is no login, and why.
pub fn problem(scene: &Scene, failure: Failure) -> Element {
    let texts = scene.texts;
    let wait = match failure {
        Failure::RateLimited { until } => scene.seconds_until(until),
        _ => 0,
    };
    let (markup, title, text): (_, _, Text) = match failure {
        Failure::RateLimited { .. } if wait > 0 => {
            (icons::CIRCLE_ALERT, texts.limited_title, (texts.limited_wait)(wait).into())
        }
        Failure::RateLimited { .. } => (icons::CIRCLE_ALERT, texts.limited_title, texts.limited_over.into()),
        Failure::Offline => (icons::WIFI_OFF, texts.offline_title, texts.offline_text.into()),
        _ => (icons::CIRCLE_ALERT, texts.unavailable_title, texts.unavailable_text.into()),
    };
    let again = button("button")
        .flag("disabled", wait > 0)
        .on_click(Event::RetryConnection)
        .child(icon(icons::REFRESH_CW))
        .child(texts.retry);
    column(scene, "problem", notice(markup, title, text, true).child(again))
}
