//! The form of a group, new or changed, and whom to add to it.

use super::{super::Screen, Effect, Pane, State, Trouble};
use crate::{
    model::{
        chat::{GroupKind, Peer, Person},
        ids::Uid,
    },
    sdk::{Request, What},
};

/// Added in one call at most, as the cloud has it.
const MOST_AT_ONCE: usize = 25;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Password,
    Icon,
    Description,
}

/// The fields' names, in their order.
const NAMES: [&str; 4] = ["name", "password", "icon", "description"];

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    pub kind: GroupKind,
    texts: [String; 4],
    pub picked: Vec<Person>,
    pub busy: bool,
    pub failed: Option<Trouble>,
}

impl Form {
    pub fn text(&self, field: Field) -> &str {
        &self.texts[field as usize]
    }

    pub(super) fn typed(&mut self, field: Field, text: String) {
        self.failed = None;
        self.texts[field as usize] = text;
    }

    pub(super) fn picked(&mut self, person: Person) {
        let known = self.picked.len();
        self.picked.retain(|other| other.uid != person.uid);
        if self.picked.len() == known && known < MOST_AT_ONCE {
            self.picked.push(person);
        }
    }

    pub fn has_picked(&self, uid: &Uid) -> bool {
        self.picked.iter().any(|person| person.uid == *uid)
    }
}

impl State {
    /// An empty form.
    pub(in super::super) fn form_begun(&mut self, effects: &mut Vec<Effect>) {
        self.groups.form = Form::default();
        self.people_opened(effects);
    }

    /// What the open group says of itself, to be changed.
    pub(super) fn form_of_open_group(&mut self) {
        let Some(group) = self.open_group() else { return };
        let (icon, description) = (group.icon.clone(), group.description.clone());
        let texts = [group.name.clone(), String::new(), icon.unwrap_or_default(), description.unwrap_or_default()];
        self.groups.form = Form { kind: group.kind, texts, ..Form::default() };
    }

    /// Whether what the form has so far can be sent.
    pub fn is_form_sendable(&self) -> bool {
        let form = &self.groups.form;
        let had_password = self.open_group().is_some_and(|group| group.kind == GroupKind::Password);
        let lacks_password = form.kind == GroupKind::Password && form.text(Field::Password).is_empty() && !had_password;
        !form.busy
            && match self.pane() {
                Some(Pane::Add) => !form.picked.is_empty(),
                _ => !form.text(Field::Name).trim().is_empty() && !lacks_password,
            }
    }

    pub(super) fn form_submitted(&mut self, id: String, effects: &mut Vec<Effect>) {
        if !self.is_form_sendable() {
            return;
        }
        let (what, peer) = match (self.pane(), self.panel.peer()) {
            (Some(Pane::Add), Some(peer)) => (What::AddMembers, peer.clone()),
            (Some(_), Some(peer)) => (What::UpdateGroup, peer.clone()),
            _ if self.panel.screen == Screen::NewGroup => (What::CreateGroup, Peer::Group(id)),
            _ => return,
        };
        let form = &mut self.groups.form;
        form.busy = true;
        form.failed = None;
        let mut request = Request::of(what, &peer).text("kind", form.kind.word());
        for (name, text) in NAMES.into_iter().zip(&form.texts) {
            // A password is taken as it is typed, here and where it is asked for.
            let text = match name {
                "password" if form.kind != GroupKind::Password => "",
                "password" => text,
                _ => text.trim(),
            };
            request = request.text(name, text);
        }
        request.names = form.picked.iter().map(|person| person.uid.to_string()).collect();
        self.ask(request, effects);
    }
}
