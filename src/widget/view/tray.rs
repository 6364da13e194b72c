//! What stands above the composer's field: files that go with the next message, the bar of formats, a voice note.

use super::{
    header::icon_button,
    icon,
    media::{clock, kind_icon},
    scene::Scene,
};
use crate::{
    model::chat::MediaKind,
    widget::{
        element::{Element, button, element},
        icons,
        intent::Intent,
        state::{ContentEvent, Event, OutFile, Trouble, Upload, Voice},
        text::format::Format,
    },
};

pub fn tray(scene: &Scene) -> Option<Element> {
    let texts = &scene.texts.content;
    let files = scene.state.tray();
    let left_out = scene.state.content.left_out;
    let most = scene.state.content.limits.unwrap_or_default().files;
    let said = (left_out > 0).then(|| element("p", "too-long").child((texts.left_out)(most, left_out)));
    let items: Vec<_> = files.iter().map(|file| item(scene, file)).collect();
    let list = element("ul", "tray-files").with("aria-label", texts.files_to_send).child(items);
    let tray = element("div", "tray").key("tray");
    (!files.is_empty() || left_out > 0)
        .then(|| tray.child(element("div", "").key("said").with("role", "status").child(said)).child(list))
}

fn item(scene: &Scene, out: &OutFile) -> Element {
    let texts = &scene.texts.content;
    let name = &out.file.name;
    let face = match (out.kind(), &out.file.url) {
        (MediaKind::Image, Some(url)) => {
            element("img", "tray-face").key("face").with("src", url.clone()).with("alt", "")
        }
        (kind, _) => element("span", "tray-face").key("face").child(icon(kind_icon(kind))),
    };
    let state = match out.upload {
        Upload::Waiting if scene.state.connection.is_live() => (texts.uploading)(0),
        Upload::Waiting => texts.waits.to_owned(),
        Upload::Running(percent) => (texts.uploading)(percent),
        Upload::Done => (texts.size)(out.file.size),
        Upload::Refused(crate::model::chat::Problem::TooLarge) => {
            (texts.too_large)(&(texts.size)(scene.state.content.limits.unwrap_or_default().size))
        }
        Upload::Failed(problem) | Upload::Refused(problem) => (texts.problem)(problem).to_owned(),
    };
    let is_failed = out.problem().is_some();
    let lines = element("span", "file-lines")
        .child(element("span", "file-name").with("dir", "auto").child(name.clone()))
        .child(element("span", "file-size").child(state));
    let id = out.file.id;
    let again = matches!(out.upload, Upload::Failed(_)).then(|| {
        let retried = Event::Content(ContentEvent::FileRetried(id));
        icon_button("icon-button", icons::REFRESH_CW, (texts.upload_again)(name), retried).key("again")
    });
    let remove = Event::Content(ContentEvent::FileRemoved(id));
    element("li", "tray-file")
        .key(id.to_string())
        .class("failed", is_failed)
        .child(face)
        .child(lines)
        .child(again)
        .child(icon_button("icon-button", icons::X, (texts.remove)(name), remove).key("remove"))
        .child(progress(out.upload))
}

fn progress(upload: Upload) -> Option<Element> {
    match upload {
        Upload::Running(percent) => Some(bar(percent)),
        _ => None,
    }
}

/// How far, for the eye: the words stand beside it.
pub fn bar(percent: u8) -> Element {
    element("span", "progress").key("progress").with("--done", percent.to_string()).with("aria-hidden", "true")
}

pub fn formats(scene: &Scene) -> Option<Element> {
    let texts = &scene.texts.content;
    let one = |markup, label: &'static str, keys: &'static str, format| {
        let named = icon_button("icon-button", markup, label, Intent::Format(format));
        if keys.is_empty() { named } else { named.with("aria-keyshortcuts", keys) }
    };
    scene.state.content.formatting.then(|| {
        element("div", "formats")
            .key("formats")
            .with("role", "toolbar")
            .with("aria-label", texts.formatting)
            .child(one(icons::BOLD, texts.bold, "Control+B", Format::Bold))
            .child(one(icons::ITALIC, texts.italic, "Control+I", Format::Italic))
            .child(one(icons::STRIKETHROUGH, texts.strike, "Control+Shift+X", Format::Strike))
            .child(one(icons::CODE, texts.code, "Control+E", Format::Code))
            .child(one(icons::LINK, texts.link, "Control+K", Format::Link))
            .child(one(icons::QUOTE, texts.quote, "", Format::Quote))
            .child(one(icons::LIST, texts.bullets, "", Format::List))
            .child(one(icons::LIST_ORDERED, texts.numbers, "", Format::Numbers))
    })
}

/// The voice note that takes the place of the field.
pub fn voice(scene: &Scene) -> Option<Element> {
    let texts = &scene.texts.content;
    let event = Event::Content;
    let drop = || {
        icon_button("icon-button", icons::TRASH_2, scene.texts.discard, event(ContentEvent::RecordingDropped))
            .key("drop")
    };
    let place = element("div", "voice").key("voice");
    let busy = || element("span", "spinner").key("busy");
    Some(match scene.state.voice() {
        Voice::Silent | Voice::Trouble(..) => return None,
        Voice::Asking(_) | Voice::Ending(_) => place.child(drop()).child(busy()),
        Voice::Recording { seconds, levels, paused, .. } => {
            let bars = levels.iter().map(|level| element("span", "").with("--level", level.to_string()));
            let (markup, label) = if *paused { (icons::MIC, texts.go_on) } else { (icons::PAUSE, texts.pause) };
            let pause = icon_button("icon-button", markup, label, event(ContentEvent::RecordingPaused(!paused)));
            place
                .child(drop())
                .child(
                    element("span", "voice-time")
                        .class("live", !paused)
                        .with("role", "timer")
                        .with("aria-label", texts.recording)
                        .child(clock(*seconds)),
                )
                .child(element("span", "levels").with("aria-hidden", "true").child(bars.collect::<Vec<_>>()))
                .child(pause.key("pause"))
                .child(
                    icon_button("icon-button", icons::SQUARE, texts.stop, event(ContentEvent::RecordingStopped))
                        .key("stop"),
                )
        }
        Voice::Recorded(_, file) => {
            let player = element("audio", "sound").with("controls", "").with("aria-label", texts.listen);
            let send = button("send").with("aria-label", texts.send_note).on_click(Intent::SendRecording);
            place
                .child(drop())
                .child(player.with_some("src", file.url.clone()).key("player"))
                .child(send.child(icon(icons::SEND_HORIZONTAL)).key("send"))
        }
    })
}

/// Why there is no voice note.
pub fn voice_trouble(scene: &Scene) -> Option<&'static str> {
    let texts = &scene.texts.content;
    match scene.state.voice() {
        Voice::Trouble(_, Trouble::Refused) => Some(texts.no_permission),
        Voice::Trouble(_, Trouble::NoMicrophone) => Some(texts.no_microphone),
        Voice::Trouble(_, Trouble::Other) => Some(texts.not_recorded),
        _ => None,
    }
}
