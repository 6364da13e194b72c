//! What hangs on a bubble: the message that it answers above its text, reactions and the thread's replies below.

use super::{conversation_row::summary, icon, scene::Scene};
use crate::{
    i18n::MessageTexts,
    model::{
        chat::{Message, Reaction},
        ids::MessageId,
    },
    widget::{
        element::{Element, button, element},
        icons,
        state::{Bubble, MessageEvent},
    },
};

/// What the bubble answers: a press shows it where it stands.
pub fn quote(scene: &Scene, bubble: &Bubble) -> Option<Element> {
    let known = bubble.message.as_ref().and_then(|message| message.quoted.as_deref());
    let awaited = bubble.quoted.and_then(|id| scene.state.timelines.get(scene.state.panel.peer()?)?.messages.get(&id));
    let quoted = known.or(awaited.map(AsRef::as_ref)).filter(|_| !bubble.deleted)?;
    // As it is by now, where it is here.
    let here = scene.state.panel.peer().and_then(|peer| scene.state.timelines.get(peer)?.messages.get(&quoted.id));
    let quoted = here.map_or(quoted, AsRef::as_ref);
    let label = (scene.texts.messages.quoted)(name_of(scene, quoted));
    let lines = quote_lines(scene, quoted);
    Some(button("quote").with("aria-label", label).on_click(MessageEvent::Wanted(quoted.id)).child(lines))
}

/// Who said what, in two lines.
pub fn quote_lines(scene: &Scene, message: &Message) -> Element {
    element("span", "quote-lines")
        .child(element("span", "quote-name").with("dir", "auto").child(name_of(scene, message).to_owned()))
        .child(element("span", "quote-text").with("dir", "auto").child(summary(message, scene.texts)))
}

/// "You", or who it is.
pub fn name_of<'a>(scene: &Scene, message: &'a Message) -> &'a str {
    if scene.state.me() == Some(&message.sender.uid) { scene.texts.you } else { &message.sender.name }
}

/// Reactions, and the way into the thread.
pub fn hangings(scene: &Scene, bubble: &Bubble) -> Option<Element> {
    let message = bubble.message.as_ref().filter(|_| !bubble.deleted)?;
    let texts = &scene.texts.messages;
    // A thread has none within.
    let in_thread = scene.state.panel.peer().is_some_and(|peer| peer.parent().is_some());
    let replies = (message.replies > 0 && !in_thread && !scene.state.is_lost()).then(|| replies(texts, message));
    if message.reactions.is_empty() && replies.is_none() {
        return None;
    }
    let is_lost = scene.state.is_lost();
    let reactions = message.reactions.iter().map(|one| reaction(texts, message.id, one).flag("disabled", is_lost));
    Some(element("div", "hangings").key("hangings").child(reactions.collect::<Vec<_>>()).child(replies))
}

fn reaction(texts: &MessageTexts, id: MessageId, one: &Reaction) -> Element {
    let toggled = MessageEvent::ReactionToggled { id, emoji: one.emoji.clone() };
    button("reaction")
        .key(one.emoji.clone())
        .state("aria-pressed", one.mine)
        .with("aria-label", (texts.reacted)(&one.emoji, one.count, one.mine))
        .on_click(toggled)
        .child(one.emoji.clone())
        .child((one.count > 1).then(|| element("span", "").child(one.count.to_string())))
}

fn replies(texts: &MessageTexts, message: &Message) -> Element {
    let unread = message.unread_replies;
    button("replies")
        .key("replies")
        .on_click(MessageEvent::ThreadOpened(message.id))
        .child(icon(icons::MESSAGES_SQUARE))
        .child((texts.replies)(message.replies))
        .child((unread > 0).then(|| element("span", "unread-replies").child((texts.unread_replies)(unread))))
}

/// Whether the message is pinned or saved, as small signs.
pub fn marks(texts: &MessageTexts, bubble: &Bubble) -> Vec<Element> {
    let Some(message) = &bubble.message else { return Vec::new() };
    let sign = |markup: &'static str, label: &'static str| {
        element("span", "mark")
            .key(label)
            .with("title", label)
            .with("role", "img")
            .with("aria-label", label)
            .child(icon(markup))
    };
    let pinned = message.pinned_at.map(|_| sign(icons::PIN, texts.pinned));
    let saved = message.saved_at.map(|_| sign(icons::BOOKMARK, texts.saved));
    pinned.into_iter().chain(saved).collect()
}
