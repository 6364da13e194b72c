//! What there is to know and to do about a group or a person: the pane from the header of their conversation.

use super::{
    form::group_form,
    members::members,
    parts::{acts, asks, back, line, no_rows, row, said},
};
use crate::{
    model::chat::{Attachment, Content, Counterpart, Group, GroupKind, Message, Peer, Person, Scope},
    sdk::{Request, What},
    widget::{
        element::{Element, button, element},
        icons,
        intent::On,
        state::{
            Event, GroupEvent, Loading,
            groups::{Asking, Info, Pane},
        },
        view::{
            avatar::avatar,
            conversation::status,
            header::{header, panel_buttons, title},
            icon,
            media::{image, source},
            scene::Scene,
            skeleton::list_skeleton,
        },
    },
};

fn opens(pane: Pane) -> Event {
    Event::Group(GroupEvent::PaneOpened(pane))
}

pub fn info_pane(scene: &Scene, peer: &Peer, info: &Info) -> Vec<Element> {
    let texts = &scene.texts.groups;
    let name = match info.pane {
        Pane::Overview => texts.about,
        Pane::Edit => texts.edit,
        Pane::Add => texts.add,
        Pane::Banned => texts.banned,
        Pane::Shared => texts.shared,
        Pane::Blocked => texts.blocked,
    };
    let bar = header()
        .child(back(texts.back, Event::Group(GroupEvent::PaneLeft)))
        .child(title(name))
        .child(panel_buttons(scene));
    let body = match info.pane {
        Pane::Edit | Pane::Add => group_form(scene, Some(info.pane)),
        Pane::Overview => overview(scene, peer),
        Pane::Banned => {
            let banned: Vec<&Person> = info.banned.iter().map(|member| &member.person).collect();
            let unban = Request::of(What::UnbanMember, peer);
            people(scene, &banned, texts.nobody_banned, texts.unban, &unban)
        }
        Pane::Blocked => {
            let blocked: Vec<&Person> = scene.state.groups.blocked.values().collect();
            people(scene, &blocked, texts.nobody_blocked, texts.unblock, &Request::new(What::Block))
        }
        Pane::Shared => shared(scene, info),
    };
    vec![bar, body]
}

/// A body that scrolls, and asks for more near its end.
fn body(key: &'static str) -> Element {
    element("div", "info scroll").key(key).on(On::NearEnd, Event::Group(GroupEvent::MoreWanted))
}

fn overview(scene: &Scene, peer: &Peer) -> Element {
    let Some(with) = scene.state.conversations.counterparts.get(peer) else { return list_skeleton(scene.texts) };
    let top = element("div", "info-top")
        .child(avatar(scene.texts, with, None).class("large", true))
        .child(element("h3", "notice-title").with("dir", "auto").child(with.name().to_owned()))
        .child(element("p", "status").child(status(scene, peer, false)));
    match with {
        Counterpart::Group(group) => of_group(scene, group, body("overview").child(top)),
        Counterpart::User(person) => of_person(scene, person, body("overview").child(top)),
    }
}

fn of_group(scene: &Scene, group: &Group, body: Element) -> Element {
    let (state, texts) = (scene.state, &scene.texts.groups);
    let mine = state.standing(group);
    let ask = |asking, what| asks(asking, &group.name, Request::of_group(what, &group.guid));
    let kind = match group.kind {
        GroupKind::Public => texts.is_public,
        GroupKind::Password => texts.is_password,
        GroupKind::Private => texts.is_private,
    };
    let description =
        group.description.as_ref().map(|text| element("p", "info-text").with("dir", "auto").child(text.clone()));
    let is_last = group.members <= 1;
    let leave = match mine {
        Scope::Owner if is_last => None,
        Scope::Owner => Some(element("p", "meta-line").key("stay").child(texts.hand_over_first)),
        _ => Some(line("danger", icons::LOG_OUT, texts.leave, ask(Asking::Leave, What::LeaveGroup))),
    };
    body.child(element("p", "meta-line middle").child(kind))
        .child(description)
        .child(mine.moderates().then(|| line("", icons::PENCIL, texts.edit, opens(Pane::Edit))))
        .child(mine.administers().then(|| line("", icons::USER_PLUS, texts.add, opens(Pane::Add))))
        .child(line("", icons::FILES, texts.shared, opens(Pane::Shared)))
        .child(mine.moderates().then(|| line("", icons::BAN, texts.banned, opens(Pane::Banned))))
        .child(element("h4", "label").key("members-label").child(texts.members))
        .child(members(scene, group))
        .child(leave)
        .child(
            mine.administers()
                .then(|| line("danger", icons::TRASH_2, texts.delete, ask(Asking::DeleteGroup, What::DeleteGroup))),
        )
}

fn of_person(scene: &Scene, person: &Person, body: Element) -> Element {
    let texts = &scene.texts.groups;
    let request = Request::new(What::Block).uid(&person.uid);
    let block = if scene.state.groups.blocked.contains_key(&person.uid) {
        line("", icons::BAN, texts.unblock, acts(request))
    } else {
        line("danger", icons::BAN, texts.block, asks(Asking::Block, &person.name, request.on(true)))
    };
    body.child(line("", icons::FILES, texts.shared, opens(Pane::Shared))).child(block).child(line(
        "",
        icons::USERS,
        texts.blocked,
        opens(Pane::Blocked),
    ))
}

/// People with one thing that can be done for each.
fn people(scene: &Scene, people: &[&Person], nobody: &'static str, label: &'static str, act: &Request) -> Element {
    let loading = scene.state.groups.info.as_ref().map(|info| info.part).unwrap_or_default();
    if people.is_empty() || loading == Loading::Failed {
        let again = opens(scene.state.pane().unwrap_or_default());
        return no_rows(scene, loading, scene.texts.people_failed, again, icons::USERS, nobody.into());
    }
    let entry = |person: &&Person| {
        let undo = button("button quiet").on_click(acts(act.clone().uid(&person.uid))).child(label);
        let face = avatar(scene.texts, *person, None);
        let line = row(element("div", "row still"), face, person.name.clone(), Vec::new(), Some(undo));
        element("li", "").key(person.uid.to_string()).child(line)
    };
    element("ul", "list scroll").key("people").with("role", "list").child(people.iter().map(entry).collect::<Vec<_>>())
}

fn shared(scene: &Scene, info: &Info) -> Element {
    let texts = &scene.texts.groups;
    if info.shared.is_empty() {
        let (problem, again) = (scene.texts.messages_failed, opens(Pane::Shared));
        return no_rows(scene, info.part, problem, again, icons::FILES, texts.nothing_shared.into());
    }
    let files = info.shared.iter().flat_map(|message| files_of(message).iter().map(move |file| (message, file)));
    let files = files.map(|(message, file)| shared_file(scene, message, file)).collect::<Vec<_>>();
    body("shared").child(element("ul", "shared").with("role", "list").child(files))
}

fn files_of(message: &Message) -> &[Attachment] {
    match &message.content {
        Content::Media { attachments, .. } => attachments,
        _ => &[],
    }
}

/// A picture as such, all else by its name; a press leads to its message.
fn shared_file(scene: &Scene, message: &Message, file: &Attachment) -> Element {
    let name = file.name.clone().unwrap_or_else(|| scene.texts.attachment.to_owned());
    let is_picture = file.mime_type.as_deref().is_some_and(|kind| kind.starts_with("image/"))
        || matches!(&message.content, Content::Media { media_type, .. } if media_type == "image");
    let face = match source(scene, &file.url).filter(|_| is_picture) {
        Some(url) => image("shared-picture", url.to_owned()),
        None => element("span", "shared-icon").child(icon(icons::FILES)),
    };
    let details = [message.sender.name.as_str(), " · ", &scene.times.brief(scene.texts, message.sent_at)].concat();
    let mut opens = button("row");
    if let Some(peer) = scene.state.panel.peer().cloned() {
        opens = opens.on_click(Event::MessageWanted { peer, id: message.id });
    }
    let opens = row(opens, face, name, said(details), None);
    element("li", "").key([&message.id.0.to_string(), " ", &file.url].concat()).child(opens)
}
