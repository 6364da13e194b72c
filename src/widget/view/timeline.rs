//! The messages. The box is laid out from its bottom (`column-reverse` with one child): at the end it stays at the end,
//! and nothing moves when older messages come in.

use super::{bubble::row, icon, notice::failed, scene::Scene, skeleton::timeline_skeleton, unseen};
use crate::{
    model::chat::Peer,
    widget::{
        element::{Element, button, element},
        icons,
        intent::{Intent, On},
        state::{Event, Older, Timeline, parent_row, timeline_items},
    },
};

pub fn timeline(scene: &Scene, peer: &Peer) -> Element {
    let (state, texts) = (scene.state, scene.texts);
    let name = state.open_counterpart().map(|with| with.name().to_owned()).unwrap_or_default();
    let known = state.timelines.get(peer);
    let (older, loaded) = known.map(|known| (known.older, known.loaded)).unwrap_or_default();
    let items = match (known, state.me()) {
        (Some(known), Some(me)) => {
            timeline_items(known, me, state.panel.unread_at_opening, |at| scene.times.day_of(at))
        }
        _ => Vec::new(),
    };
    let in_group = peer.is_group();
    let parent = known.and_then(|known| known.parent.as_deref()).zip(state.me());
    let count = known.map_or(0, |known| known.messages.len() + known.pending.len());
    let parent = parent.map(|(parent, me)| {
        let replies = (texts.messages.replies)(u32::try_from(count).unwrap_or(parent.replies).max(parent.replies));
        let row = row(scene, &parent_row(parent, me), in_group);
        element("div", "thread-parent").key("parent").child(row).child(element("p", "thread-count").child(replies))
    });
    let messages = element("div", "messages")
        .child(parent)
        .child(head(scene, older, loaded, items.is_empty(), &name, peer.parent().is_some()))
        .child(items.iter().map(|item| row(scene, item, in_group)).collect::<Vec<_>>())
        .child(state.typing.names(peer).first().map(|name| dots((texts.is_typing)(name))));
    let scrolling = element("div", "timeline scroll")
        .key("timeline")
        .with("tabindex", "0")
        .with("aria-label", (texts.messages_with)(&name))
        // What is new is read out by the announcer; a log's own region would read every page of history too.
        .with("role", "log")
        .with("aria-live", "off")
        .state("aria-busy", older == Older::Loading)
        .child(messages);
    let scrolling = if loaded && matches!(older, Older::More | Older::Failed) {
        scrolling.on(On::NearStart, Event::OlderWanted)
    } else {
        scrolling
    };
    let apart = known.is_some_and(Timeline::is_apart);
    let scrolling = if apart { scrolling.on(On::NearEnd, Event::NewerWanted) } else { scrolling };
    let handling = &state.panel.handling;
    let to_end = (handling.away || apart).then(|| to_newest(scene, state.unseen_below(), apart));
    element("div", "timeline-frame").child(scrolling).child(to_end)
}

/// What stands before the oldest message that is here.
fn head(scene: &Scene, older: Older, loaded: bool, is_empty: bool, name: &str, in_thread: bool) -> Option<Element> {
    let texts = scene.texts;
    let is_lost = scene.state.panel.peer().is_some_and(|peer| scene.state.loss(peer).is_some());
    let older_line = || element("p", "older").key("older");
    match (older, loaded) {
        (Older::Loading, true) => Some(older_line().child(element("span", "spinner")).child(unseen(texts.loading))),
        (Older::Failed, true) => {
            let again = button("link-button").on_click(Event::OlderWanted);
            Some(older_line().child(again.child(texts.messages_failed).child(" ").child(texts.retry)))
        }
        // It says why itself, where the composer would be.
        (Older::Failed | Older::Loading, false) if is_lost => None,
        (Older::Failed, false) => Some(failed(scene, texts.messages_failed, Event::RetryMessages)),
        (_, false) if is_empty => Some(timeline_skeleton(texts)),
        (Older::None, true) if is_empty => {
            let said = if in_thread { texts.messages.no_replies.to_owned() } else { (texts.say_hello)(name) };
            Some(element("p", "beginning").key("beginning").child(said))
        }
        _ => None,
    }
}

fn dots(said: String) -> Element {
    let dot = || element("span", "");
    let bubble = element("div", "bubble dots").child(dot()).child(dot()).child(dot()).child(unseen(said));
    element("div", "message theirs first last").key("typing").child(bubble)
}

fn to_newest(scene: &Scene, unseen: u32, apart: bool) -> Element {
    let there = if apart { Event::NewestWanted.into() } else { Intent::ToNewest };
    button("to-end")
        .key("to-newest")
        .class("unseen-messages", unseen > 0)
        .with("aria-label", scene.texts.jump_to_newest)
        .on_click(there)
        .child(icon(icons::ARROW_DOWN))
        .child((unseen > 0).then(|| (scene.texts.messages.new_below)(unseen)))
}
