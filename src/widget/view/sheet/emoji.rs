//! All emoji: by group, by search, and those that were used last.

use crate::{
    model::ids::MessageId,
    widget::{
        element::{Element, button, element},
        icons,
        intent::{Intent, On},
        state::{EmojiEvent, Loaded, MessageEvent},
        view::{icon, scene::Scene},
    },
};

pub fn emoji(scene: &Scene, of: Option<MessageId>) -> Vec<Element> {
    let (texts, known) = (&scene.texts.messages, &scene.state.emoji);
    let field = element("input", "search-field")
        .with("type", "search")
        .with("placeholder", texts.search_emoji)
        .with("aria-label", texts.search_emoji)
        .with("autocomplete", "off")
        .value(known.search.clone())
        .on(On::Input, Intent::SendText(|text| EmojiEvent::Searched(text).into()));
    let word = |text: &'static str| element("p", "sheet-word").key(text).child(text);
    let pick = |emoji: &str, name: &str| {
        let intent = match of {
            Some(id) => MessageEvent::ReactionToggled { id, emoji: emoji.to_owned() }.into(),
            None => Intent::Insert(emoji.to_owned()),
        };
        let name = name.to_owned();
        button("emoji").with("title", name.clone()).with("aria-label", name).on_click(intent).child(emoji.to_owned())
    };
    let body = match &known.groups {
        Loaded::Loading => vec![word(scene.texts.loading)],
        Loaded::Failed => vec![word(texts.emoji_failed)],
        Loaded::Here(_) => {
            let found = known.found();
            let none = found.is_empty().then(|| word(texts.no_emoji));
            let shown: Vec<_> = found.into_iter().map(|one| pick(&one.emoji, one.name())).collect();
            let recent: Vec<_> = if known.search.is_empty() {
                known.recent.iter().map(|emoji| pick(emoji, emoji)).collect()
            } else {
                Vec::new()
            };
            let heading = (!recent.is_empty()).then(|| element("h3", "sheet-heading").child(texts.recent_emoji));
            let recent =
                (!recent.is_empty()).then(|| element("div", "emoji-grid").key("recent").child(one_tab_stop(recent)));
            let grid = element("div", "emoji-grid").key(known.group.to_string()).child(one_tab_stop(shown));
            heading.into_iter().chain(recent).chain([grid]).chain(none).collect()
        }
    };
    vec![
        element("div", "search").key("search").child(icon(icons::SEARCH)).child(field),
        groups(scene),
        element("div", "sheet-body scroll emoji-body").key("body").child(body),
    ]
}

/// The tab key comes to the first; from there the arrow keys go on.
fn one_tab_stop(cells: Vec<Element>) -> Vec<Element> {
    cells.into_iter().enumerate().map(|(at, cell)| if at > 0 { cell.with("tabindex", "-1") } else { cell }).collect()
}

fn groups(scene: &Scene) -> Element {
    let known = &scene.state.emoji;
    let tabs: Vec<_> = known
        .groups()
        .iter()
        .enumerate()
        .filter_map(|(at, group)| {
            let name = scene.texts.messages.emoji_groups.get(group.number)?;
            let tab = button("emoji-group").with("aria-label", *name).with("title", *name);
            let tab = tab.state("aria-pressed", at == known.group && known.search.is_empty());
            Some(tab.on_click(EmojiEvent::GroupChosen(at)).child(group.emoji.first()?.emoji.clone()))
        })
        .collect();
    element("div", "emoji-groups").key("groups").with("role", "group").child(tabs)
}
