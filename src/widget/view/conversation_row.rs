//! A row of the conversation list.

use super::{
    avatar::avatar,
    groups::happened::happened,
    icon,
    launcher::unread_badge,
    listing::row_menu::row_menu,
    rich_text::{Named, plain_text},
    scene::Scene,
    ticks::ticks,
    unseen,
};
use crate::{
    i18n::WidgetTexts,
    model::chat::{Attachment, Content, MediaKind, Message, Peer},
    widget::{
        element::{Element, button, element},
        icons,
        intent::On,
        state::{Delivery, Event, ItemKey, ListRow, Pending, Screen, State, listing::MUTED},
    },
};

/// What the second line says.
#[derive(Clone, Debug, PartialEq)]
enum Preview {
    Typing,
    Draft(String),
    Own(String, Delivery),
    Theirs(String),
    /// In a group: who, and what.
    Of(String, String),
    Nothing,
}

/// The row; `tab_stop`: the tab key reaches it, and the arrow keys go on from there.
pub fn conversation_row(scene: &Scene, peer: &Peer, tab_stop: bool) -> Element {
    let (state, texts) = (scene.state, scene.texts);
    let row = state.conversations.rows.get(peer);
    let with = state.conversations.counterparts.get(peer);
    let presence = state.person(peer).map(|person| person.presence);
    let unread = row.map_or(0, ListRow::unread);
    let at = row.and_then(|row| row.last.as_ref()).map(|last| scene.times.brief(texts, last.sent_at));
    let name = element("span", "row-name").with("dir", "auto").child(with.map(|with| with.name().to_owned()));
    let preview = element("span", "row-preview").child(show(preview_of(state, peer, texts), texts));
    let mark = |markup: &'static str, label: &'static str| {
        element("span", "row-mark").key(label).child(icon(markup)).child(unseen(label))
    };
    let is_muted = row.is_some_and(|row| row.has_tag(MUTED));
    let is_pinned = row.is_some_and(|row| row.pinned_at.is_some());
    let marks = is_muted.then(|| mark(icons::BELL_OFF, texts.listing.is_muted)).into_iter();
    let marks = marks.chain(is_pinned.then(|| mark(icons::PIN, texts.listing.is_pinned))).collect::<Vec<_>>();
    let lines = element("span", "row-lines")
        .child(element("span", "row-line").child(name).child(element("span", "row-time").child(at)))
        .child(element("span", "row-line").child(preview).child(marks).child(unread_badge(texts, unread)));
    let selected = (state.panel.peer().map(Peer::conversation) == Some(peer)).then_some("true");
    let opens = button("row")
        .class("unread", unread > 0)
        .class("muted", is_muted)
        .with_some("aria-current", selected)
        .with("data-peer", peer.id().to_owned())
        .with("tabindex", if tab_stop { "0" } else { "-1" })
        .on(On::Focus, Event::RowFocused(peer.clone()))
        .on_click(Event::ScreenOpened(Screen::Conversation(peer.clone())))
        .child(with.map(|with| avatar(texts, with, presence)))
        .child(lines);
    let menu = row.map(|row| row_menu(scene, peer, row, tab_stop));
    element("li", "with-actions")
        .key(peer.key())
        .on(On::LongPress, Event::MenuToggled(ItemKey::Row(peer.clone())))
        .child(opens)
        .child(menu)
}

fn show(preview: Preview, texts: &WidgetTexts) -> Vec<Element> {
    // What was written has its own direction, whatever stands before it.
    let written = |text: String| element("span", "row-text").with("dir", "auto").child(text);
    match preview {
        Preview::Typing => vec![element("span", "row-text row-typing").child(texts.typing)],
        Preview::Draft(text) => {
            vec![element("span", "row-lead row-draft").child(texts.draft_preview).child(" "), written(text)]
        }
        Preview::Own(text, delivery) => vec![ticks(texts, delivery), written(text)],
        Preview::Theirs(text) => vec![written(text)],
        Preview::Of(name, text) => {
            vec![element("span", "row-lead").with("dir", "auto").child((texts.said_by)(&name)), written(text)]
        }
        Preview::Nothing => Vec::new(),
    }
}

fn preview_of(state: &State, peer: &Peer, texts: &WidgetTexts) -> Preview {
    if state.typing.is_anybody(peer) {
        return Preview::Typing;
    }
    let is_open = state.panel.peer() == Some(peer);
    if let Some(draft) = state.drafts.get(peer).filter(|draft| !is_open && !draft.trim().is_empty()) {
        return Preview::Draft(draft.trim().to_owned());
    }
    let timeline = state.timelines.get(peer);
    if let Some(pending) = timeline.and_then(|timeline| timeline.pending.last()) {
        return Preview::Own(pending_summary(pending, texts), pending.status.into());
    }
    let Some(last) = state.conversations.rows.get(peer).and_then(|row| row.last.as_ref()) else {
        return Preview::Nothing;
    };
    if matches!(last.content, Content::Action { .. }) {
        return Preview::Theirs(happened(&last.content, state.me(), texts));
    }
    let text = summary(last, texts);
    if state.me() == Some(&last.sender.uid) {
        let known = timeline.map_or(Delivery::Sent, |timeline| timeline.delivery(last));
        let told = if last.read_at.is_some() {
            Delivery::Read
        } else if last.delivered_at.is_some() {
            Delivery::Delivered
        } else {
            Delivery::Sent
        };
        Preview::Own(text, known.max(told))
    } else if matches!(peer, Peer::Group(_)) {
        Preview::Of(last.sender.name.clone(), text)
    } else {
        Preview::Theirs(text)
    }
}

/// A message in one line.
pub fn summary(message: &Message, texts: &WidgetTexts) -> String {
    if message.deleted_at.is_some() {
        return texts.deleted.to_owned();
    }
    let named = Named { texts, mentions: &message.mentions, me: None };
    match &message.content {
        Content::Action { text, .. } => text.clone(),
        Content::Text { text } => plain_text(text, &named),
        Content::Media { media_type, text, attachments } => {
            media_summary(MediaKind::parse(media_type), attachments.first(), &plain_text(text, &named), texts)
        }
        Content::Other { text, .. } if !text.is_empty() => plain_text(text, &named),
        Content::Other { type_name, .. } => (texts.content.kind)(type_name).to_owned(),
    }
}

/// What a message not sent yet says in one line.
fn pending_summary(pending: &Pending, texts: &WidgetTexts) -> String {
    let said = plain_text(&pending.text, &Named { texts, mentions: &[], me: None });
    match pending.media {
        Some(kind) => media_summary(kind, None, &said, texts),
        None => said,
    }
}

/// The caption, or what kind of file it is; of a file, its name.
fn media_summary(kind: MediaKind, first: Option<&Attachment>, caption: &str, texts: &WidgetTexts) -> String {
    let is_note = first.and_then(|first| first.shape.as_ref()).is_some_and(|shape| shape.voice);
    let name = first.and_then(|first| first.name.as_deref()).filter(|_| kind == MediaKind::File);
    let word = if is_note { texts.content.voice_note } else { texts.content.media[kind as usize] };
    let sign = ["📷 ", "🎬 ", "🎵 ", "📎 "][kind as usize];
    [sign, if caption.is_empty() { name.unwrap_or(word) } else { caption }].concat()
}
