//! The members of a group, and what one may do with each of them.

use super::parts::{self, acts, asks, no_rows, said};
use crate::{
    i18n::widget::around,
    model::chat::{Counterpart, Group, Member, Peer, Presence, Scope},
    sdk::{Request, What},
    widget::{
        element::{Element, button, element},
        icons,
        state::{Event, GroupEvent, ItemKey, groups::Asking},
        view::{avatar::avatar, bubble_menu::item, scene::Scene},
    },
};

pub fn members(scene: &Scene, group: &Group) -> Option<Element> {
    let info = scene.state.groups.info.as_ref()?;
    if info.members.is_empty() {
        let again = Event::Group(GroupEvent::MoreWanted);
        return Some(no_rows(scene, info.loading, scene.texts.people_failed, again, icons::USERS, "".into()));
    }
    let rows = info.members.iter().map(|member| row(scene, group, member)).collect::<Vec<_>>();
    let list = element("ul", "list members").key("members").with("role", "list");
    Some(list.with("aria-label", scene.texts.groups.members).child(rows))
}

fn row(scene: &Scene, group: &Group, member: &Member) -> Element {
    let (state, texts) = (scene.state, &scene.texts.groups);
    let Member { person, scope } = member;
    let is_me = state.me() == Some(&person.uid);
    let peer = Peer::User(person.uid.clone());
    let presence = state.person(&peer).map(|person| person.presence);
    let rank = match group.standing(&person.uid, *scope) {
        Scope::Owner => texts.owner,
        Scope::Admin => texts.admin,
        Scope::Moderator => texts.moderator,
        Scope::Participant => "",
    };
    let status = if is_me || presence == Some(Presence::Online) { scene.texts.online } else { scene.texts.offline };
    let name = if is_me { scene.texts.you.to_owned() } else { person.name.clone() };
    let line = if is_me { element("div", "row still") } else { button("row") };
    let rank = (!rank.is_empty()).then(|| element("span", "row-state").child(rank));
    let line = parts::row(line, avatar(scene.texts, person, presence), name, said(status), rank);
    let key = ItemKey::Member(person.uid.clone());
    let is_open = state.has_menu(&key);
    let entry = element("li", "member actions").key(person.uid.to_string()).class("open", is_open);
    if is_me {
        return entry.child(line);
    }
    let opener = line.with("aria-haspopup", "menu").state("aria-expanded", is_open).on_click(Event::MenuToggled(key));
    entry.child(opener).child(is_open.then(|| menu(scene, group, member)))
}

/// Only what one may do.
fn menu(scene: &Scene, group: &Group, Member { person, scope }: &Member) -> Element {
    let (state, texts) = (scene.state, &scene.texts.groups);
    let (mine, theirs) = (state.standing(group), group.standing(&person.uid, *scope));
    let request = |what| Request::of_group(what, &group.guid).uid(&person.uid);
    let ask = |asking, request| asks(asking, &person.name, request);
    let write = Event::ConversationOpened(Counterpart::User(person.clone()));
    let rank = |new: Scope| {
        let label = match new {
            Scope::Participant => texts.make_participant,
            Scope::Moderator => texts.make_moderator,
            Scope::Admin | Scope::Owner => texts.make_admin,
        };
        mine.changes(theirs, new).then(|| {
            let request = request(What::ChangeScope).text("scope", new.word());
            item("", icons::SHIELD, label, acts(request))
        })
    };
    let hand_over = (mine == Scope::Owner)
        .then(|| item("", icons::SHIELD, texts.make_owner, ask(Asking::HandOver, request(What::HandOver))));
    let removes = mine.removes(theirs);
    element("div", "menu")
        .with("role", "menu")
        .with("aria-label", around(texts.member_actions, &person.name))
        .child(item("", icons::MESSAGE_CIRCLE, texts.write, write))
        .child(Scope::GIVEN.into_iter().filter_map(rank).collect::<Vec<_>>())
        .child(hand_over)
        .child(
            removes.then(|| item("danger", icons::LOG_OUT, texts.kick, ask(Asking::Kick, request(What::RemoveMember)))),
        )
        .child(
            removes
                .then(|| item("danger", icons::BAN, texts.ban, ask(Asking::Ban, request(What::RemoveMember).on(true)))),
        )
}
