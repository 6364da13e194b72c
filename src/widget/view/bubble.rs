//! A row of the timeline: a day, the unread line, an event, or a bubble.

use super::{
    avatar::avatar,
    bubble_menu::bubble_menu,
    content::{fill, moderation},
    groups::happened::happened,
    hangings::{hangings, marks, quote},
    scene::Scene,
    ticks::ticks,
    unseen,
};
use crate::{
    model::chat::Content,
    widget::{
        element::{Element, button, element},
        intent::On,
        state::{Bubble, Delivery, Event, Item, ItemKey, TimelineRow},
        text::emoji::count_if_only,
    },
};

/// The attribute that names a message by its id.
pub const MESSAGE_ID: &str = "data-message";
/// Milliseconds within which a message counts as just written: one that waited through a reload does not rise again.
const JUST_WRITTEN: i64 = 3000;
/// So few emoji alone are shown large.
const FEW_EMOJI: usize = 3;

/// One row; among several people, a message says whose it is.
pub fn row(scene: &Scene, row: &TimelineRow, in_group: bool) -> Element {
    let element = match &row.item {
        Item::Day(at) => element("h3", "day").child(scene.times.day(scene.texts, *at)),
        Item::UnreadLine => element("p", "unread-line").child(element("span", "").child(scene.texts.new_messages)),
        Item::Event(content) => {
            element("p", "event").with("dir", "auto").child(happened(content, scene.state.me(), scene.texts))
        }
        Item::Bubble(bubble) => message(scene, &row.key, bubble, in_group),
    };
    element.key(key_of(&row.key))
}

fn key_of(key: &ItemKey) -> String {
    match key {
        ItemKey::Day(day) => ["day ", &day.to_string()].concat(),
        ItemKey::UnreadLine => "unread".to_owned(),
        ItemKey::Message(id) => ["message ", &id.0.to_string()].concat(),
        ItemKey::Sent(muid) => ["sent ", muid].concat(),
        // Rows of other lists have keys of their own.
        ItemKey::Row(_) | ItemKey::Member(_) => String::new(),
    }
}

fn message(scene: &Scene, key: &ItemKey, bubble: &Bubble, in_group: bool) -> Element {
    let texts = scene.texts;
    let has_menu = bubble.id.is_some() && !bubble.deleted && !scene.state.is_lost();
    let rises = bubble.mine && scene.times.now - bubble.at * 1000 < JUST_WRITTEN;
    let other = bubble.sender.as_ref().filter(|_| !bubble.mine);
    let named = other.filter(|_| in_group);
    let face = named.map(|one| {
        let face = bubble.last_of_group.then(|| avatar(texts, one, None).class("small", true));
        element("span", "sender-place").child(face)
    });
    let name = named
        .filter(|_| bubble.first_of_group)
        .map(|one| element("span", "sender-name").with("dir", "auto").child(one.name.clone()));
    let line = element("div", "bubble-line")
        .child(balloon(scene, bubble, other.map_or(texts.you, |one| &one.name)))
        .child(has_menu.then(|| bubble_menu(scene, key, bubble)))
        .child(element("span", "side-time").with("aria-hidden", "true").child(scene.times.time(bubble.at)));
    let stack = element("div", "stack")
        .child(name)
        .child(line)
        .child(hangings(scene, bubble))
        .child(shows_meta(bubble).then(|| meta(scene, bubble)))
        .child(moderation(texts, bubble))
        .child(failure(scene, bubble));
    let article = element("article", "message")
        .class(if bubble.mine { "mine" } else { "theirs" }, true)
        .class("rises", rises)
        .class("marked", bubble.id.is_some() && scene.state.panel.handling.marked == bubble.id)
        .class("first", bubble.first_of_group)
        .class("last", bubble.last_of_group)
        .with_some(MESSAGE_ID, bubble.id.map(|id| id.0.to_string()))
        .child(face)
        .child(stack);
    if has_menu { article.on(On::LongPress, Event::MenuToggled(key.clone())) } else { article }
}

fn balloon(scene: &Scene, bubble: &Bubble, who: &str) -> Element {
    let has_files = matches!(bubble.content, Some(Content::Media { .. }))
        || bubble.muid.as_ref().is_some_and(|muid| scene.state.content.files_of(muid).next().is_some());
    let is_large = !bubble.deleted && !has_files && count_if_only(&bubble.text).is_some_and(|count| count <= FEW_EMOJI);
    let texts = scene.texts;
    let balloon = element("div", "bubble")
        .class("large", is_large)
        .class("deleted", bubble.deleted)
        .child(unseen((texts.said_by)(who)))
        .child(quote(scene, bubble));
    fill(scene, bubble, balloon)
}

fn shows_meta(bubble: &Bubble) -> bool {
    let unfinished = matches!(bubble.delivery, Some(Delivery::Queued | Delivery::Sending | Delivery::Failed));
    let marked = bubble.message.as_ref().is_some_and(|known| known.pinned_at.or(known.saved_at).is_some());
    bubble.last_of_group || marked || bubble.edited || bubble.change.is_some() || unfinished
}

/// Time, ticks, "edited".
fn meta(scene: &Scene, bubble: &Bubble) -> Element {
    let texts = scene.texts;
    let changing = bubble.change.as_ref().is_some_and(|change| !change.failed);
    let delivery = if changing { Some(Delivery::Sending) } else { bubble.delivery };
    let time = element("span", "").with("title", scene.times.full(bubble.at)).child(scene.times.time(bubble.at));
    element("p", "meta")
        .key("meta")
        .child((bubble.edited && !bubble.deleted).then(|| element("span", "").key("edited").child(texts.edited)))
        .child(marks(&texts.messages, bubble))
        .child(time)
        .child(delivery.filter(|_| !bubble.deleted).map(|delivery| ticks(texts, delivery).key("ticks")))
}

/// What failed, with its remedy.
fn failure(scene: &Scene, bubble: &Bubble) -> Option<Element> {
    let texts = scene.texts;
    let remedy = |label: &'static str, event: Event| button("link-button").on_click(event).child(label);
    if let (Some(Delivery::Queued), Some(muid)) = (bubble.delivery, &bubble.muid) {
        // Files on their way can be called back.
        let going = scene.state.content.files_of(muid).next()?;
        let cancel = remedy(texts.cancel, Event::DiscardSend { muid: going.muid.clone()? });
        return Some(element("p", "failure").key("going").child(cancel));
    }
    let (said, again, discard) = if bubble.delivery == Some(Delivery::Failed) {
        let muid = bubble.muid.clone()?;
        (
            bubble.problem.map_or(texts.not_sent, texts.content.problem),
            Event::RetrySend { muid: muid.clone() },
            Event::DiscardSend { muid },
        )
    } else {
        let change = bubble.change.as_ref().filter(|change| change.failed)?;
        let said = if change.text.is_some() { texts.not_saved } else { texts.not_deleted };
        (said, Event::RetryChange(bubble.id?), Event::DiscardChange(bubble.id?))
    };
    let said = element("span", "").child(said);
    let failure = element("p", "failure").key("failure").child(said);
    Some(failure.child(remedy(texts.retry, again)).child(remedy(texts.discard, discard)))
}
