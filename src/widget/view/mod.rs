//! What is seen, as a function of what is known: the launcher and the panel as [`Element`]s. Pure, and so tested
//! natively; what a visitor does on them comes back as [`Intent`](super::intent::Intent)s.

mod announcer;
mod avatar;
mod bubble;
mod bubble_menu;
mod composer;
mod confirm;
mod content;
mod conversation;
mod conversation_list;
mod conversation_row;
mod groups;
mod hangings;
mod header;
pub mod launcher;
mod link_bar;
mod listing;
mod media;
mod mentions;
mod new_chat;
mod notice;
mod panel;
mod rich_text;
mod scene;
mod sheet;
mod skeleton;
#[cfg(test)]
mod tests;
mod ticks;
mod time;
mod timeline;
mod toast;
mod tray;
mod viewer;

pub use self::{
    announcer::Announcer,
    bubble::MESSAGE_ID,
    bubble_menu::LINK,
    media::Hosts,
    scene::{Room, Scene},
    time::{Shape, Times},
};
use super::element::{Element, Node, element};

/// Everything within the shadow root.
pub fn widget(scene: &Scene) -> Vec<Node> {
    let panel = scene.state.panel.open.then(|| Node::Element(panel::panel(scene)));
    let launcher = launcher::launcher(scene.texts, scene.state.panel.open, scene.state.conversations.unread());
    let viewer = viewer::viewer(scene).filter(|_| scene.state.panel.open).map(Node::Element);
    panel.into_iter().chain([Node::Element(launcher)]).chain(viewer).collect()
}

/// The count as a badge and the title show it.
pub fn counted(count: u32) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

/// A page's title with the count of unread messages before it; a count of ours that stands there is replaced.
pub fn titled(title: &str, unread: u32) -> String {
    let plain = without_count(title);
    if unread == 0 { plain.to_owned() } else { ["(", &counted(unread), ") ", plain].concat() }
}

fn without_count(title: &str) -> &str {
    let split = title.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let Some((count, rest)) = split.and_then(|(count, rest)| Some((count, rest.strip_prefix(' ')?))) else {
        return title;
    };
    if !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+') { rest } else { title }
}

/// An icon of the set, decoration only: what it means stands in a text.
fn icon(markup: &'static str) -> Element {
    let mut icon = element("svg", "icon")
        .with("viewBox", "0 0 24 24")
        .with("fill", "none")
        .with("stroke", "currentColor")
        .with("stroke-width", "2")
        .with("stroke-linecap", "round")
        .with("stroke-linejoin", "round")
        .with("aria-hidden", "true")
        .key(markup);
    icon.markup = Some(markup);
    icon
}

/// A text for those who do not see what it is about.
fn unseen(text: impl Into<super::element::Text>) -> Element {
    element("span", "unseen").child(Node::Text(text.into()))
}
