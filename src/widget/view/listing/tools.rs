//! Above the rows: what to look for, and which conversations to show.

use crate::widget::{
    element::{Element, button, element},
    icons,
    state::{
        Event, ListEvent, Screen,
        listing::{ARCHIVED, Filter},
    },
    view::{header::icon_button, icon, new_chat::search_field, scene::Scene},
};

fn filtered(filter: Filter) -> Event {
    Event::Listing(ListEvent::Filtered(filter))
}

/// The search field, with a way out of it.
pub fn search(scene: &Scene) -> Element {
    let texts = &scene.texts.listing;
    let clear =
        icon_button("icon-button clear", icons::X, texts.clear, Event::SearchChanged(String::new())).key("clear");
    search_field(scene, texts.search).child((!scene.state.people.search.is_empty()).then_some(clear))
}

/// The filters; in the archive, the way back.
pub fn filters(scene: &Scene) -> Element {
    let (state, texts) = (scene.state, &scene.texts.listing);
    let now = state.listing.filter;
    if now == Filter::Archived {
        let leave = icon_button("icon-button", icons::ARROW_LEFT, scene.texts.back, filtered(Filter::All));
        return element("div", "filters")
            .key("archive")
            .child(leave)
            .child(element("h3", "label").child(texts.archive_title));
    }
    let chip = |(filter, label): (Filter, &'static str)| {
        button("chip").state("aria-pressed", now == filter).on_click(filtered(filter)).child(label)
    };
    let chips = [(Filter::All, texts.all), (Filter::Unread, texts.unread), (Filter::Groups, texts.groups)].map(chip);
    element("div", "filters chips")
        .key("filters")
        .with("role", "group")
        .with("aria-label", texts.filters)
        .child(Vec::from(chips))
}

/// The way to what was put away, after the last row.
pub fn archive_entry(scene: &Scene) -> Option<Element> {
    let (count, is_unread) = scene.state.archived();
    let is_shown = count > 0 && scene.state.listing.filter == Filter::All;
    is_shown.then(|| {
        let dot = is_unread.then(|| element("span", "dot").with("aria-hidden", "true"));
        let label = [scene.texts.listing.archive_title, " (", &count.to_string(), ")"].concat();
        let entry = button("row archive").on_click(filtered(Filter::Archived)).child(icon(icons::ARCHIVE));
        element("li", "").key(ARCHIVED).child(entry.child(element("span", "row-name").child(label)).child(dot))
    })
}

/// The way to a group of one's own, and to those of others.
pub fn new_group(scene: &Scene) -> Element {
    let entry = button("line").on_click(Event::ScreenOpened(Screen::NewGroup)).key("new-group");
    entry.child(icon(icons::USERS)).child(scene.texts.groups.new)
}
