//! What the search of the list has found: people, groups, and messages with the way to where they stand.

use crate::{
    i18n::widget::around,
    model::chat::{Counterpart, Message},
    widget::{
        element::{Element, Node, button, element},
        icons,
        state::{Event, Loading},
        view::{
            avatar::avatar,
            conversation_row::summary,
            groups::{browse::group_row, parts::row},
            new_chat::person_row,
            notice::{failed, notice},
            scene::Scene,
            skeleton::list_skeleton,
        },
    },
};

pub fn found(scene: &Scene) -> Element {
    let (state, texts) = (scene.state, scene.texts);
    let search = state.people.search.trim();
    let (people, groups, messages) = (&state.people.found, &state.groups.found, &state.listing.found);
    let parts = [state.people.loading, state.groups.loading, state.listing.finding];
    if people.is_empty() && groups.is_empty() && messages.is_empty() {
        return if parts.contains(&Loading::Failed) {
            failed(scene, texts.listing.search_failed, Event::RetrySearch)
        } else if parts.contains(&Loading::Loading) || parts.contains(&Loading::Unasked) {
            list_skeleton(texts)
        } else {
            notice(icons::SEARCH, "", around(texts.listing.nothing_found, search), false)
        };
    }
    let person = |person| {
        let with = Counterpart::User(person);
        person_row(scene, &with, with.name().to_owned())
    };
    element("div", "found list scroll")
        .key("found")
        .child(part(texts.groups.people, people.iter().cloned().map(person).collect()))
        .child(part(texts.groups.groups, groups.iter().map(|group| group_row(scene, group)).collect()))
        .child(part(texts.listing.messages, messages.iter().filter_map(|one| message_row(scene, one)).collect()))
}

fn part(label: &'static str, rows: Vec<Element>) -> Option<Element> {
    let list = |rows| element("ul", "").with("role", "list").with("aria-label", label).child(rows);
    (!rows.is_empty())
        .then(|| element("section", "").key(label).child(element("h3", "label").child(label)).child(list(rows)))
}

/// A message, with whom it was exchanged.
fn message_row(scene: &Scene, message: &Message) -> Option<Element> {
    let (state, texts) = (scene.state, scene.texts);
    let me = state.me()?;
    let peer = message.place(me);
    let with = state.conversations.counterparts.get(peer.conversation()).cloned();
    let with = with.unwrap_or_else(|| Counterpart::User(message.sender.clone()));
    let said = if message.sender.uid == *me { texts.you } else { &message.sender.name };
    let lead = element("span", "row-lead").with("dir", "auto").child((texts.said_by)(said));
    let text = element("span", "row-text").with("dir", "auto").child(summary(message, texts));
    let time = element("span", "row-time").child(scene.times.brief(texts, message.sent_at));
    let opens = button("row").on_click(Event::MessageWanted { peer, id: message.id });
    let below = vec![Node::Element(lead), Node::Element(text)];
    let opens = row(opens, avatar(texts, &with, None), with.name().to_owned(), below, Some(time));
    Some(element("li", "").key(message.id.0.to_string()).child(opens))
}
