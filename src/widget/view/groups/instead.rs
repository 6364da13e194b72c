//! What stands in the composer's place where nothing can be written: why, and what can be done.

use crate::{
    i18n::widget::around,
    model::chat::Peer,
    sdk::{Request, What},
    widget::{
        element::{Element, element},
        state::{Event, GroupEvent, State, groups::Loss},
        view::{groups::parts::acts, notice::notice_button, scene::Scene},
    },
};

/// Why nothing can be written to the open conversation.
pub fn instead_of_composer(scene: &Scene, peer: &Peer) -> Option<Element> {
    let (state, texts) = (scene.state, &scene.texts.groups);
    let bar = element("div", "instead").key("instead").with("role", "status");
    if let Some(loss) = state.loss(peer) {
        let said = match loss {
            Loss::NotIn => texts.not_in,
            Loss::Kicked => texts.was_kicked,
            Loss::Banned => texts.was_banned,
            Loss::Gone => texts.is_gone,
        };
        let again = state
            .is_open_again(peer)
            .map(|group| notice_button(texts.join, Event::Group(GroupEvent::Chosen(Box::new(group.clone())))));
        return Some(bar.child(element("p", "").child(said)).child(again));
    }
    let with = state.open_counterpart().filter(|_| state.is_blocked(peer))?;
    let unblock = Request::new(What::Block).uid(State::uid_of(peer)?);
    let unblock = notice_button(texts.unblock, acts(unblock)).class("quiet", true);
    Some(bar.child(element("p", "").child(around(texts.is_blocked, with.name()))).child(unblock))
}
