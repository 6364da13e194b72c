//! One conversation: who it is with, its messages, and the composer.

use super::{
    avatar::avatar,
    composer::composer,
    confirm::confirm_deletion,
    groups::instead::instead_of_composer,
    header::{back_button, header, icon_button, panel_buttons, plain_header},
    icon,
    link_bar::link_bar,
    notice::notice,
    scene::Scene,
    timeline::timeline,
};
use crate::{
    model::chat::{Counterpart, Peer, Presence},
    widget::{
        element::{Element, button, element},
        icons,
        state::{Event, GroupEvent, MessageEvent, Screen, Sheet, groups::Pane},
    },
};

pub fn conversation(scene: &Scene, peer: &Peer) -> Vec<Element> {
    let body = element("div", "conversation").key("conversation").child(timeline(scene, peer));
    let body = match instead_of_composer(scene, peer) {
        Some(instead) => body.child(instead),
        None => body.child(composer(scene)).child(drop_here(scene)),
    };
    let confirm = scene.state.panel.handling.deleting.map(|id| confirm_deletion(scene.texts, id));
    let bar = if peer.parent().is_some() { thread_header(scene, peer) } else { conversation_header(scene, peer) };
    [bar, link_bar(scene), body].into_iter().chain(confirm).collect()
}

/// A thread is within its conversation: back leads there.
fn thread_header(scene: &Scene, peer: &Peer) -> Element {
    let texts = &scene.texts.messages;
    let back = Event::ScreenOpened(Screen::Conversation(peer.conversation().clone()));
    let name = scene.state.open_counterpart().map(|with| with.name().to_owned());
    let who = element("div", "who")
        .child(element("h2", "title").child(texts.thread))
        .child(element("p", "status").with("dir", "auto").child(name));
    header()
        .child(icon_button("icon-button", icons::ARROW_LEFT, texts.back_to_conversation, back).key("back"))
        .child(who)
        .child(panel_buttons(scene))
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
    let name = element("h2", "title").with("dir", "auto").child(with.map(|with| {
        let about = Event::Group(GroupEvent::PaneOpened(Pane::Overview));
        let title = scene.texts.groups.about;
        let title = button("title-button").with("title", title).flag("disabled", scene.state.is_lost());
        title.on_click(about).child(with.name().to_owned())
    }));
    let status = element("p", "status").class("typing", is_typing).child(status(scene, peer, is_typing));
    header()
        .child((!scene.is_expanded()).then(|| back_button(scene)))
        .child(with.map(|with| avatar(scene.texts, with, presence).class("small", true)))
        .child(element("div", "who").child(name).child(status))
        .child(icon_button(
            "icon-button",
            icons::PIN,
            scene.texts.messages.pinned_messages,
            MessageEvent::SheetOpened(Sheet::marked(Some(peer.clone()))),
        ))
        .child(panel_buttons(scene))
}

pub fn status(scene: &Scene, peer: &Peer, is_typing: bool) -> String {
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
