//! The conversation list.

use super::{
    conversation_row::conversation_row,
    header::{header, icon_button, panel_buttons, title},
    link_bar::link_bar,
    listing::{
        found::found,
        tools::{archive_entry, filters, search},
    },
    notice::{failed, notice, notice_button},
    scene::Scene,
    skeleton::list_skeleton,
};
use crate::widget::{
    element::{Element, element},
    icons,
    intent::On,
    state::{Event, Loading, MessageEvent, Screen, Sheet, groups::Pane},
};

/// The column of the list.
pub fn conversation_list(scene: &Scene) -> Vec<Element> {
    let texts = scene.texts;
    let conversations = &scene.state.conversations;
    let new_chat =
        icon_button("icon-button", icons::SQUARE_PEN, texts.new_chat, Event::ScreenOpened(Screen::NewChat)).key("new");
    let buttons = (!scene.is_expanded()).then(|| panel_buttons(scene));
    // Beside the list somebody to add is looked for by the same words.
    let is_adding = scene.state.pane() == Some(Pane::Add);
    let is_searching = !is_adding && !scene.state.people.search.trim().is_empty();
    let body = match (conversations.rows.is_empty(), conversations.loading) {
        _ if is_searching => found(scene),
        (false, _) => rows(scene),
        (true, Loading::Failed) => failed(scene, texts.conversations_failed, Event::RetryConversations),
        (true, Loading::More | Loading::All) => no_conversations(scene),
        (true, Loading::Unasked | Loading::Loading) => list_skeleton(texts),
    };
    let saved = icon_button(
        "icon-button",
        icons::BOOKMARK,
        texts.messages.saved_messages,
        MessageEvent::SheetOpened(Sheet::marked(None)),
    );
    let bar = header().child(title(texts.title)).child(saved.key("saved")).child(new_chat).child(buttons);
    // A list without anything in it has nothing to look through, but for the people that there are.
    let tools = (!is_adding && (!conversations.rows.is_empty() || is_searching)).then(|| search(scene));
    let filters = (!conversations.rows.is_empty() && !is_searching).then(|| filters(scene));
    [bar, link_bar(scene)].into_iter().chain(tools).chain(filters).chain([body]).collect()
}

fn rows(scene: &Scene) -> Element {
    let order = scene.state.listed();
    let entry = archive_entry(scene);
    if order.is_empty() && entry.is_none() {
        return notice(icons::MESSAGE_CIRCLE, "", scene.texts.listing.nothing_here, false);
    }
    let roving = scene.state.panel.handling.row.as_ref().filter(|peer| order.contains(peer));
    let tab_stop = roving.or_else(|| order.first());
    let row = |peer| conversation_row(scene, peer, Some(peer) == tab_stop);
    list("rows", scene.texts.conversations, scene.state.conversations.loading, Event::MoreConversationsWanted)
        .child(order.iter().map(row).collect::<Vec<_>>())
        .child(entry)
}

/// A list that asks for more when its end comes near, where there may be more.
pub fn list(key: &'static str, label: &'static str, loading: Loading, more: Event) -> Element {
    let list = element("ul", "list scroll").key(key).with("role", "list").with("aria-label", label);
    if loading == Loading::More { list.on(On::NearEnd, more) } else { list }
}

/// The beginning: whom to write to.
fn no_conversations(scene: &Scene) -> Element {
    let texts = scene.texts;
    let contact = scene.contact();
    let write = contact.map(|with| {
        notice_button((texts.write_to)(with.name()), Event::ConversationOpened(with.clone())).key("contact")
    });
    let search = notice_button(texts.new_chat, Event::ScreenOpened(Screen::NewChat)).class("quiet", contact.is_some());
    notice(icons::MESSAGE_CIRCLE, texts.no_conversations_title, texts.no_conversations_text, false)
        .child(write)
        .child(search)
}
