//! The form of a group, and whom to add to it.

use super::parts::{back, choice, choices, failure, field, no_rows, row};
use crate::{
    model::chat::{GroupKind, Person},
    widget::{
        element::{Element, button, element},
        icons,
        intent::{Intent, On},
        state::{
            Event, GroupEvent, Loading, Screen,
            groups::{Field, Pane},
        },
        view::{
            avatar::avatar,
            conversation_list::list,
            header::{header, panel_buttons, title},
            icon,
            new_chat::search_field,
            scene::Scene,
        },
    },
};

/// The column in which a group is made.
pub fn new_group(scene: &Scene) -> Vec<Element> {
    let texts = &scene.texts.groups;
    let buttons = (!scene.is_expanded()).then(|| panel_buttons(scene));
    let leave = back(scene.texts.back, Event::ScreenOpened(Screen::NewChat));
    vec![header().child(leave).child(title(texts.new)).child(buttons), group_form(scene, None)]
}

/// The form; `pane`: which part of an existing group it is of.
pub fn group_form(scene: &Scene, pane: Option<Pane>) -> Element {
    let texts = &scene.texts.groups;
    let form = &scene.state.groups.form;
    let label = match pane {
        None => texts.create,
        Some(Pane::Add) => texts.add,
        Some(_) => scene.texts.save,
    };
    let send = element("button", "button").with("type", "submit").flag("disabled", !scene.state.is_form_sendable());
    let said = form.failed.map(|trouble| super::trouble::sentence(trouble, scene.texts));
    let chosen = (!form.picked.is_empty())
        .then(|| element("p", "meta-line").child([texts.picked, &form.picked.len().to_string()].concat()));
    let foot = element("div", "form-foot").child(failure(said)).child(chosen).child(send.child(label));
    element("form", "form")
        .key("group-form")
        .on(On::NearEnd, Event::MorePeopleWanted)
        .on(On::Submit, Intent::SendFresh(|id| Event::Group(GroupEvent::Submitted(id))))
        .child((pane != Some(Pane::Add)).then(|| fields(scene, pane.is_some())))
        .child((pane != Some(Pane::Edit)).then(|| picker(scene)))
        .child(foot)
}

fn fields(scene: &Scene, is_known: bool) -> Element {
    let texts = &scene.texts.groups;
    let form = &scene.state.groups.form;
    let kinds = [
        (GroupKind::Public, texts.public),
        (GroupKind::Password, texts.with_password),
        (GroupKind::Private, texts.private),
    ];
    let chips = kinds.map(|(kind, label)| choice(label, form.kind == kind, Event::Group(GroupEvent::KindChosen(kind))));
    let hint = match form.kind {
        GroupKind::Public => texts.public_hint,
        GroupKind::Password => texts.password_hint,
        GroupKind::Private => texts.private_hint,
    };
    let password = if is_known { texts.new_password } else { texts.password };
    let password = (form.kind == GroupKind::Password).then(|| {
        field(password, "password", "100", form.text(Field::Password), |text| {
            Event::Group(GroupEvent::Typed(Field::Password, text))
        })
    });
    element("div", "fields")
        .key("fields")
        .child(field(texts.name, "text", "100", form.text(Field::Name), |text| {
            Event::Group(GroupEvent::Typed(Field::Name, text))
        }))
        .child(element("p", "label").child(texts.kind))
        .child(choices(texts.kind, chips.into()))
        .child(element("p", "meta-line").child(hint))
        .child(password)
        .child(field(texts.description, "text", "255", form.text(Field::Description), |text| {
            Event::Group(GroupEvent::Typed(Field::Description, text))
        }))
        .child(field(texts.icon, "url", "3000", form.text(Field::Icon), |text| {
            Event::Group(GroupEvent::Typed(Field::Icon, text))
        }))
}

/// People to choose from, by search.
fn picker(scene: &Scene) -> Element {
    let (texts, people) = (&scene.texts.groups, &scene.state.people);
    let members = scene.state.groups.info.as_ref().map(|info| info.members.as_slice()).unwrap_or_default();
    let is_in = |person: &Person| members.iter().any(|member| member.person.uid == person.uid);
    let found = &people.found;
    let body = if found.is_empty() || people.loading == Loading::Failed {
        let nobody = scene.texts.nobody_yet.into();
        no_rows(scene, people.loading, scene.texts.people_failed, Event::RetrySearch, icons::SEARCH, nobody)
    } else {
        list("people", texts.members, people.loading, Event::MorePeopleWanted)
            .child(found.iter().map(|person| pick(scene, person, is_in(person))).collect::<Vec<_>>())
    };
    element("div", "picker").key("picker").child(search_field(scene, scene.texts.search_people)).child(body)
}

/// Whoever is in the group already cannot be chosen.
fn pick(scene: &Scene, person: &Person, is_in: bool) -> Element {
    let is_picked = is_in || scene.state.groups.form.has_picked(&person.uid);
    let tick = element("span", "tick").child(is_picked.then(|| icon(icons::CHECK)));
    let line = button("row")
        .with("role", "checkbox")
        .state("aria-checked", is_picked)
        .flag("disabled", is_in)
        .on_click(Event::Group(GroupEvent::Picked(person.clone())));
    let face = avatar(scene.texts, person, None).class("small", true);
    element("li", "").key(person.uid.to_string()).child(row(line, face, person.name.clone(), Vec::new(), Some(tick)))
}
