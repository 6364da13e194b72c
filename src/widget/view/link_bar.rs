//! The thin bar that says that the link is lost, or why there is no login, while what was loaded stays readable.

use super::{icon, scene::Scene};
use crate::widget::{
    element::{Element, button, element},
    icons,
    state::{Event, Failure, Millis, Phase},
};

/// What the bar has to say. One outage is one text, however often the SDK tries again meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Offline,
    Connecting,
    Failed(Failure),
}

pub fn link_bar(scene: &Scene) -> Element {
    let bar = trouble(scene).map(|trouble| {
        let markup = match trouble {
            Trouble::Offline | Trouble::Failed(Failure::Offline) => icons::WIFI_OFF,
            Trouble::Connecting => icons::REFRESH_CW,
            Trouble::Failed(_) => icons::CIRCLE_ALERT,
        };
        // Over the limit it goes on by itself, and not before.
        let can_retry = matches!(trouble, Trouble::Failed(failure) if !matches!(failure, Failure::RateLimited { .. }));
        let retry = || button("link-button").on_click(Event::RetryConnection).child(scene.texts.retry);
        element("div", "link-bar")
            .key(match trouble {
                Trouble::Offline => "offline",
                Trouble::Connecting => "connecting",
                Trouble::Failed(_) => "failed",
            })
            .child(icon(markup))
            .child(said(scene, trouble))
            .child(can_retry.then(retry))
    });
    element("div", "link-bar-place").key("link-bar").with("role", "status").child(bar)
}

fn trouble(scene: &Scene) -> Option<Trouble> {
    let connection = &scene.state.connection;
    match connection.phase {
        Phase::Failed(Failure::Offline) => Some(Trouble::Failed(Failure::Offline)),
        _ if !connection.online => Some(Trouble::Offline),
        Phase::Failed(failure) => Some(Trouble::Failed(failure)),
        _ if connection.is_lost() || connection.is_retrying() => Some(Trouble::Connecting),
        _ => None,
    }
}

fn said(scene: &Scene, trouble: Trouble) -> Element {
    let texts = scene.texts;
    let text = |text: &'static str| element("span", "").child(text);
    match trouble {
        Trouble::Offline => text(texts.link_offline),
        Trouble::Connecting => text(texts.link_connecting),
        Trouble::Failed(Failure::Offline) => text(texts.link_unreachable),
        Trouble::Failed(Failure::Broken) => text(texts.unavailable_title),
        Trouble::Failed(Failure::RateLimited { until }) => counted_down(scene, until, texts.limited_wait),
        Trouble::Failed(Failure::Unavailable { until }) => counted_down(scene, until, texts.link_unavailable),
    }
}

/// A text with the seconds that are left until then. It is read out with the bar, and not again at every second.
fn counted_down(scene: &Scene, until: Millis, text: fn(u32) -> String) -> Element {
    element("span", "").with("aria-live", "off").child(text(scene.seconds_until(until).max(1)))
}
