//! Whom to write to: people, and a search over them.

use super::{
    avatar::avatar,
    conversation_list::list,
    groups::browse::found_groups,
    header::{header, icon_button, panel_buttons, title},
    icon,
    listing::tools::new_group,
    notice::{failed, notice},
    scene::Scene,
    skeleton::list_skeleton,
};
use crate::{
    model::chat::{Counterpart, Peer, Presence},
    widget::{
        element::{Element, button, element},
        icons,
        intent::{Intent, On},
        state::{Event, GroupEvent, Loading, Screen},
    },
};

/// The column of the people.
pub fn new_chat(scene: &Scene) -> Vec<Element> {
    let texts = scene.texts;
    let back = icon_button("icon-button", icons::ARROW_LEFT, texts.back, Event::ScreenOpened(Screen::List)).key("back");
    let buttons = (!scene.is_expanded()).then(|| panel_buttons(scene));
    let bar = header().child(back).child(title(texts.new_chat)).child(buttons);
    let browsing = scene.state.groups.browsing;
    let chip = |label: &'static str, of_groups: bool| {
        let chosen = Event::Group(GroupEvent::Browsed(of_groups));
        button("chip").state("aria-pressed", browsing == of_groups).on_click(chosen).child(label)
    };
    let chips =
        element("div", "filters chips").key("filters").with("role", "group").with("aria-label", texts.listing.filters);
    let chips = chips.child(chip(texts.groups.people, false)).child(chip(texts.groups.groups, true));
    let label = if browsing { texts.groups.search } else { texts.search_people };
    let body = if browsing { found_groups(scene) } else { body(scene) };
    vec![bar, search_field(scene, label), chips, new_group(scene), body]
}

pub fn search_field(scene: &Scene, label: &'static str) -> Element {
    let field = element("input", "search-field")
        .with("type", "search")
        .with("placeholder", label)
        .with("aria-label", label)
        .with("autocomplete", "off")
        .with("spellcheck", "false")
        .with("enterkeyhint", "search")
        .with("dir", "auto")
        .with("maxlength", "100")
        .value(scene.state.people.search.clone())
        .on(On::Input, Intent::SendText(Event::SearchChanged));
    element("div", "search").key("search").child(icon(icons::SEARCH)).child(field)
}

fn body(scene: &Scene) -> Element {
    let (texts, people) = (scene.texts, &scene.state.people);
    let search = people.search.trim();
    // Until something is looked for, the owner's contact comes first.
    let first = scene.contact().filter(|_| search.is_empty());
    let contact = first.map(Counterpart::peer);
    let found = people.found.iter().map(|person| Counterpart::User(person.clone()));
    let others: Vec<Counterpart> = found.filter(|with| Some(with.peer()) != contact).collect();
    match (others.is_empty() && first.is_none(), people.loading) {
        (_, Loading::Failed) => failed(scene, texts.people_failed, Event::RetrySearch),
        (true, Loading::More | Loading::All) => {
            let nobody = if search.is_empty() { texts.nobody_yet.to_owned() } else { (texts.nobody_found)(search) };
            notice(icons::SEARCH, "", nobody, false)
        }
        (true, Loading::Unasked | Loading::Loading) => list_skeleton(texts),
        (false, _) => list("people", texts.new_chat, people.loading, Event::MorePeopleWanted)
            .state("aria-busy", people.loading == Loading::Loading)
            .child(first.map(|with| person_row(scene, with, (texts.write_to)(with.name()))))
            .child(others.iter().map(|with| person_row(scene, with, with.name().to_owned())).collect::<Vec<_>>()),
    }
}

pub fn person_row(scene: &Scene, with: &Counterpart, label: String) -> Element {
    let texts = scene.texts;
    let peer: Peer = with.peer();
    let presence = scene.state.person(&peer).map(|person| person.presence);
    let status = if presence == Some(Presence::Online) { texts.online } else { texts.offline };
    let lines = element("span", "row-lines")
        .child(element("span", "row-name").with("dir", "auto").child(label))
        .child(element("span", "row-preview").child(status));
    let opens = button("row")
        .on_click(Event::ConversationOpened(with.clone()))
        .child(avatar(texts, with, presence))
        .child(lines);
    element("li", "").key(peer.key()).child(opens)
}
