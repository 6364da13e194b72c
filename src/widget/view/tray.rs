//! What stands above the composer's field: files that go with the next message, the bar of formats, a voice note.

use super::{
    content::event_button,
    icon,
    media::{clock, lines},
    scene::Scene,
};
use crate::{
    model::chat::{MediaKind, Problem},
    widget::{
        element::{Element, button, element},
        icons,
        intent::{Format, Intent},
        state::{ContentEvent, OutFile, Unheard, Upload, Voice},
    },
};

pub fn tray(scene: &Scene) -> Option<Element> {
    let texts = &scene.texts.content;
    let mut list = element("ul", "tray-files").with("aria-label", texts.files_to_send);
    for out in scene.state.tray() {
        list = list.child(item(scene, out));
    }
    scene.state.has_tray().then(|| list.key("tray"))
}

fn item(scene: &Scene, out: &OutFile) -> Element {
    let texts = &scene.texts.content;
    let name = &out.file.name;
    let face = match &out.file.url {
        Some(url) if out.file.kind == MediaKind::Image => {
            element("img", "tray-face").with("alt", "").with("src", url.clone())
        }
        _ => element("span", "tray-face").child(icon(icons::FILE_TEXT)),
    };
    let (said, running) = match out.upload {
        Upload::Running(percent) => ([texts.uploading, &percent.to_string(), "\u{a0}%"].concat(), Some(percent)),
        Upload::Done => (texts.size(out.file.size), None),
        Upload::Failed(_) => (problem_of(scene, out), None),
    };
    let again = out.may_be_retried().then(|| {
        let label = [texts.upload_again, name].concat();
        event_button("icon-button", label, ContentEvent::FileRetried(out.file.id)).child(icon(icons::REFRESH_CW))
    });
    let remove = event_button("icon-button", [texts.remove, name].concat(), ContentEvent::FileRemoved(out.file.id));
    element("li", "tray-file")
        .key(out.file.id.to_string())
        .class("failed", out.problem().is_some())
        .child(face)
        .child(lines(name.clone(), Some(said)))
        .child(again)
        .child(remove.key("remove").child(icon(icons::X)))
        .child(running.map(bar))
}

/// Why a file cannot go, with the limit that it is over.
fn problem_of(scene: &Scene, out: &OutFile) -> String {
    let texts = &scene.texts.content;
    let Some(problem) = out.problem() else { return String::new() };
    let limit = match problem {
        _ if out.limit == 0 => String::new(),
        Problem::TooLarge => [texts.at_most, &texts.size(out.limit)].concat(),
        _ => [texts.at_most, &out.limit.to_string()].concat(),
    };
    [(texts.problem)(problem), &limit].concat()
}

/// The first trouble above the composer, to be read out.
pub fn tray_trouble(scene: &Scene) -> Option<Element> {
    let out = scene.state.tray().find(|out| out.problem().is_some())?;
    Some(element("p", "unseen").child([&out.file.name, ": ", &problem_of(scene, out)].concat()))
}

/// How far, for the eye: the words stand beside it.
pub fn bar(percent: u8) -> Element {
    element("span", "progress").key("progress").with("--done", percent.to_string()).with("aria-hidden", "true")
}

/// The signs of the bar of formats, in the order of their names.
const FORMATS: [(&str, &str, Format); 8] = [
    ("B", "Control+B", Format::Bold),
    ("I", "Control+I", Format::Italic),
    ("S", "Control+Shift+X", Format::Strike),
    ("<>", "Control+E", Format::Code),
    ("🔗", "Control+K", Format::Link),
    ("❝", "", Format::Quote),
    ("•", "", Format::List),
    ("1.", "", Format::Numbers),
];

pub fn formats(scene: &Scene) -> Option<Element> {
    let texts = &scene.texts.content;
    let mut bar = element("div", "formats").key("formats").with("role", "toolbar").with("aria-label", texts.formatting);
    for ((sign, keys, format), label) in FORMATS.into_iter().zip(texts.formats) {
        let named = button("icon-button").with("aria-label", label).with("title", label).with("data-keys", keys);
        bar = bar.child(named.on_click(Intent::Format(format)).child(sign));
    }
    scene.state.content.formatting.then_some(bar)
}

/// The voice note that takes the place of the field.
pub fn voice(scene: &Scene) -> Option<Element> {
    let texts = &scene.texts.content;
    let button = |label: &'static str, event, markup| event_button("icon-button", label, event).child(icon(markup));
    let place = element("div", "voice").key("voice");
    let place = place.child(button(scene.texts.discard, ContentEvent::RecordingDropped, icons::TRASH_2));
    Some(match &scene.state.content.voice {
        Voice::Silent | Voice::Unheard(_) => return None,
        Voice::Asking | Voice::Ending => place.child(element("span", "spinner")),
        Voice::Recording { seconds, levels, paused } => {
            let mut bars = element("span", "levels").with("aria-hidden", "true");
            for level in levels {
                bars = bars.child(element("span", "").with("--level", level.to_string()));
            }
            let (markup, label) = if *paused { (icons::MIC, texts.go_on) } else { (icons::PAUSE, texts.pause) };
            let time = element("span", "voice-time").class("live", !paused).with("role", "timer");
            place
                .child(time.with("aria-label", texts.recording).child(clock(*seconds)))
                .child(bars)
                .child(button(label, ContentEvent::RecordingPaused(!paused), markup))
                .child(button(texts.stop, ContentEvent::RecordingStopped, icons::CHECK))
        }
        Voice::Recorded(file) => {
            let player = element("audio", "sound").with("controls", "").with("aria-label", texts.listen);
            place.child(player.with_some("src", file.url.clone())).child(send(
                true,
                texts.send_note,
                icons::SEND_HORIZONTAL,
            ))
        }
    })
}

/// What sends: a press on it is the form's.
pub fn send(is_sendable: bool, label: &'static str, markup: &'static str) -> Element {
    element("button", "send")
        .key("send")
        .with("type", "submit")
        .flag("disabled", !is_sendable)
        .with("aria-label", label)
        .child(icon(markup))
}

/// Why there is no voice note.
pub fn voice_trouble(scene: &Scene) -> Option<&'static str> {
    let texts = &scene.texts.content;
    match scene.state.content.voice {
        Voice::Unheard(Unheard::Refused) => Some(texts.no_permission),
        Voice::Unheard(Unheard::NoMicrophone) => Some(texts.no_microphone),
        Voice::Unheard(Unheard::Other) => Some(texts.not_recorded),
        _ => None,
    }
}
