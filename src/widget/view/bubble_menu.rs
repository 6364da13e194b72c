//! What can be done with a message: a button at the bubble on hover or focus, and the menu behind it.

use super::{groups::parts::asks, header::icon_button, icon, scene::Scene};
use crate::{
    model::ids::MessageId,
    sdk::{Request, What},
    widget::{
        element::{Element, button, element},
        icons,
        intent::Intent,
        state::{Bubble, Event, ItemKey, MessageEvent, Sheet, groups::Asking},
    },
};

/// What stands between the site's address and a message's number in a link to it.
pub const LINK: &str = "/#message-";

/// What most people react with.
const QUICK: [&str; 6] = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

pub fn bubble_menu(scene: &Scene, key: &ItemKey, bubble: &Bubble) -> Element {
    let label = scene.texts.message_actions;
    let is_open = scene.state.panel.handling.menu.as_ref() == Some(key);
    let toggle = icon_button("icon-button action", icons::ELLIPSIS_VERTICAL, label, Event::MenuToggled(key.clone()));
    element("div", "actions")
        .key("actions")
        .class("open", is_open)
        .child(toggle.with("aria-haspopup", "menu").state("aria-expanded", is_open))
        .child(bubble.id.filter(|_| is_open).map(|id| menu(scene, bubble, id)))
}

fn menu(scene: &Scene, bubble: &Bubble, id: MessageId) -> Element {
    let (texts, more) = (scene.texts, &scene.texts.messages);
    let message = bubble.message.as_ref();
    let is_pinned = message.is_some_and(|message| message.pinned_at.is_some());
    let is_saved = message.is_some_and(|message| message.saved_at.is_some());
    let in_thread = scene.state.panel.peer().is_some_and(|peer| peer.parent().is_some());
    let (pin, pin_label) = if is_pinned { (icons::PIN_OFF, more.unpin) } else { (icons::PIN, more.pin) };
    let (save, save_label) = if is_saved { (icons::BOOKMARK_X, more.unsave) } else { (icons::BOOKMARK, more.save) };
    let plain = |markup: &'static str, label: &'static str, event: MessageEvent| item("", markup, label, event);
    // What others have said can be reported.
    let report = bubble.sender.as_ref().filter(|_| !bubble.mine).map(|sender| {
        let request = Request::new(What::Report).id(id);
        item("", icons::FLAG, texts.groups.report, asks(Asking::Report, &sender.name, request))
    });
    element("div", "menu")
        .with("role", "menu")
        .with("aria-label", texts.message_actions)
        .child(quick_row(scene, bubble, id))
        .child(plain(icons::REPLY, more.reply, MessageEvent::QuoteStarted(id)))
        .child(
            (!in_thread).then(|| plain(icons::MESSAGES_SQUARE, more.reply_in_thread, MessageEvent::ThreadOpened(id))),
        )
        .child(bubble.editable.then(|| item("", icons::PENCIL, texts.edit, Event::EditStarted(id))))
        .child((!bubble.text.is_empty()).then(|| item("", icons::COPY, texts.copy, Intent::Copy(bubble.readable()))))
        .child(item(
            "",
            icons::LINK,
            more.copy_link,
            Intent::Copy([scene.hosts.origin, LINK, &id.0.to_string()].concat()),
        ))
        .child(plain(
            icons::FORWARD,
            more.forward,
            MessageEvent::SheetOpened(Sheet::Forward { id, search: String::new() }),
        ))
        .child(scene.state.may_pin().then(|| plain(pin, pin_label, MessageEvent::PinToggled(id))))
        .child(plain(save, save_label, MessageEvent::SaveToggled(id)))
        .child((!bubble.mine && !in_thread).then(|| plain(icons::MAIL, more.mark_unread, MessageEvent::UnreadFrom(id))))
        .child(plain(icons::INFO, more.info, MessageEvent::SheetOpened(Sheet::info(id, bubble.mine))))
        .child(report)
        .child(bubble.deletable.then(|| item("danger", icons::TRASH_2, texts.delete, Event::DeletionAsked(id))))
}

/// The few emoji that most people need, and the way to all.
fn quick_row(scene: &Scene, bubble: &Bubble, id: MessageId) -> Element {
    let texts = &scene.texts.messages;
    let mine = |emoji: &str| {
        let reactions = bubble.message.as_ref().map(|message| message.reactions.as_slice()).unwrap_or_default();
        reactions.iter().any(|one| one.mine && one.emoji == emoji)
    };
    let quick = QUICK.map(|emoji| {
        quick_item((texts.react_with)(emoji), MessageEvent::ReactionToggled { id, emoji: emoji.to_owned() })
            .class("chosen", mine(emoji))
            .with("role", "menuitemcheckbox")
            .state("aria-checked", mine(emoji))
            .key(emoji)
            .child(emoji)
    });
    let more = quick_item(texts.more_emoji.to_owned(), MessageEvent::SheetOpened(Sheet::Emoji(Some(id))));
    let more = more.with("role", "menuitem");
    element("div", "quick")
        .key("quick")
        .with("role", "none")
        .child(Vec::from(quick))
        .child(more.key("more").child(icon(icons::SMILE_PLUS)))
}

fn quick_item(label: String, event: MessageEvent) -> Element {
    button("quick-emoji").with("tabindex", "-1").with("aria-label", label).on_click(event)
}

pub fn item(class: &'static str, markup: &'static str, label: &'static str, intent: impl Into<Intent>) -> Element {
    button(class)
        .with("role", "menuitem")
        .with("tabindex", "-1")
        .key(label)
        .on_click(intent)
        .child(icon(markup))
        .child(label)
}
