//! To whom a message is to go, too.

use super::super::{avatar::avatar, icon};
use crate::widget::{
    element::{Element, button, element},
    icons,
    intent::{Intent, On},
    state::MessageEvent,
    view::scene::Scene,
};

pub fn forward(scene: &Scene, search: &str) -> Vec<Element> {
    let texts = scene.texts;
    let field = element("input", "search-field")
        .with("type", "search")
        .with("placeholder", texts.search_people)
        .with("aria-label", texts.search_people)
        .with("autocomplete", "off")
        .with("dir", "auto")
        .value(search.to_owned())
        .on(On::Input, Intent::SendText(|text| MessageEvent::ForwardSearched(text).into()));
    let rows: Vec<_> = scene
        .state
        .forward_targets(search)
        .into_iter()
        .filter_map(|peer| {
            let with = scene.state.conversations.counterparts.get(&peer)?;
            let row = button("sheet-row")
                .child(avatar(texts, with, None).class("small", true))
                .child(element("span", "sheet-name").with("dir", "auto").child(with.name().to_owned()));
            Some(element("li", "").key(peer.key()).child(row.on_click(Intent::Forward(peer))))
        })
        .collect();
    let nobody = rows.is_empty().then(|| element("p", "sheet-word").child(texts.messages.nobody_to_forward));
    let list = element("ul", "sheet-list").with("role", "list").child(rows);
    vec![
        element("div", "search").key("search").child(icon(icons::SEARCH)).child(field),
        element("div", "sheet-body scroll").key("body").child(list).child(nobody),
    ]
}
