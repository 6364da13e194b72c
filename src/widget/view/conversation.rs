//! One conversation: who it is with, its messages, and the composer.

use super::{
    avatar::avatar,
    composer::composer,
    confirm::confirm_deletion,
    header::{back_button, header, panel_buttons, plain_header},
    icon,
    link_bar::link_bar,
    notice::notice,
    scene::Scene,
    timeline::timeline,
};
use crate::{
    model::chat::{Counterpart, Peer, Presence},
    widget::{
        element::{Element, element},
        icons,
    },
};

pub fn conversation(scene: &Scene, peer: &Peer) -> Vec<Element> {
    let body = element("div", "conversation")
        .key("conversation")
        .child(timeline(scene, peer))
        .child(composer(scene))
        .child(drop_here(scene));
    let confirm = scene.state.panel.handling.deleting.map(|id| confirm_deletion(scene.texts, id));
    [conversation_header(scene, peer), link_bar(scene), body].into_iter().chain(confirm).collect()
}

/// Where files may be let go.
fn drop_here(scene: &Scene) -> Option<Element> {
    let place = element("div", "drop-here").key("drop").with("aria-hidden", "true");
    let place = place.child(icon(icons::PAPERCLIP)).child(scene.texts.content.drop_here);
    scene.state.content.dropping.then_some(place)
}

fn conversation_header(scene: &Scene, peer: &Peer) -> Element {
    let with = scene.state.open_counterpart();
    let presence = scene.state.person(peer).map(|person| person.presence);
    let is_typing = scene.state.typing.is_anybody(peer);
    let name = element("h2", "title").with("dir", "auto").child(with.map(|with| with.name().to_owned()));
    let status = element("p", "status").class("typing", is_typing).child(status(scene, peer, is_typing));
    header()
        .child((!scene.is_expanded()).then(|| back_button(scene)))
        .child(with.map(|with| avatar(scene.texts, with, presence).class("small", true)))
        .child(element("div", "who").child(name).child(status))
        .child(panel_buttons(scene))
}

fn status(scene: &Scene, peer: &Peer, is_typing: bool) -> String {
    let texts = scene.texts;
    if is_typing {
        return texts.typing.to_owned();
    }
    let person = scene.state.person(peer).map(|person| (person.presence, person.last_active_at));
    match (scene.state.open_counterpart(), person) {
        (Some(Counterpart::Group(group)), _) => (texts.members)(group.members),
        (_, Some((Presence::Online, _))) => texts.online.to_owned(),
        (_, Some((Presence::Offline, Some(at)))) if at > 0 => (texts.last_seen)(&scene.times.ago(at)),
        (_, Some(_)) => texts.offline.to_owned(),
        _ => String::new(),
    }
}

/// The wide column while no conversation is open.
pub fn placeholder(scene: &Scene) -> Vec<Element> {
    vec![plain_header(scene), notice(icons::MESSAGE_CIRCLE, "", scene.texts.nothing_selected, false)]
}
