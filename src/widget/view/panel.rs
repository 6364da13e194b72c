//! The open panel: what stands in it follows from the login, the screen and the room there is.

use super::{
    conversation::{conversation, placeholder},
    conversation_list::conversation_list,
    groups::{form::new_group, info::info_pane, question::question},
    new_chat::new_chat,
    notice::{problem, signed_out},
    scene::Scene,
    sheet::sheet,
    toast::toast,
};
use crate::widget::{
    element::{Element, element},
    state::{Phase, Screen},
};

pub fn panel(scene: &Scene) -> Element {
    let state = scene.state;
    let face = match state.connection.phase {
        Phase::SignedOut { .. } => vec![signed_out(scene)],
        // What was loaded before stays readable.
        Phase::Failed(failure) if state.conversations.rows.is_empty() => vec![problem(scene, failure)],
        _ => columns(scene),
    };
    element("section", "panel")
        .key("panel")
        .with("id", "panel")
        .with("role", "dialog")
        .with("tabindex", "-1")
        .with("aria-label", scene.texts.title)
        .with_some("aria-modal", scene.room.full_screen.then_some("true"))
        .state("data-expanded", scene.is_expanded())
        .child(scene.announcer.view())
        .child(face)
        .child(sheet(scene))
        .child(toast(scene))
        .child(state.groups.dialog.as_ref().map(|dialog| question(scene, dialog)))
}

/// The list, the conversation, or both side by side.
fn columns(scene: &Scene) -> Vec<Element> {
    let peer = scene.state.panel.peer();
    let side = (scene.is_expanded() || peer.is_none()).then(|| {
        let (key, column) = match scene.state.panel.screen {
            Screen::NewChat => ("new-chat", new_chat(scene)),
            Screen::NewGroup => ("new-group", new_group(scene)),
            Screen::List | Screen::Conversation(_) => ("list", conversation_list(scene)),
        };
        element("div", "column side").key(key).child(column)
    });
    let main = element("div", "column main");
    let main = match peer {
        // Of its own for each peer: the place and the menus of one conversation are not another's.
        Some(peer) => Some(match &scene.state.groups.info {
            Some(info) => main.key(["info ", peer.id()].concat()).child(info_pane(scene, peer, info)),
            None => main.key(peer.key()).child(conversation(scene, peer)),
        }),
        None if scene.is_expanded() => Some(main.key("placeholder").child(placeholder(scene))),
        None => None,
    };
    side.into_iter().chain(main).collect()
}
