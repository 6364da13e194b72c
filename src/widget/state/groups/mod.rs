//! Groups and people beyond their messages: who is in a group and what one may do there, the forms and questions about
//! it, whom the visitor has blocked, and what the visitor was sent away from.

mod answers;
mod asking;
mod form;
mod info;
mod loss;
mod trouble;

use litemap::LiteMap;

pub use self::{
    asking::{Asking, Dialog, Question},
    form::{Field, Form},
    info::{Info, Pane},
    loss::Loss,
    trouble::Trouble,
};
use super::{Effect, ItemKey, Loading, Phase, Screen, State};
use crate::{
    model::{
        chat::{Counterpart, Group, GroupKind, Peer, Person, Scope},
        ids::Uid,
    },
    sdk::{Request, What},
};

/// What the visitor does with groups and people.
#[derive(Clone, Debug, PartialEq)]
pub enum GroupEvent {
    /// Groups are to be found in the place of people, or no more.
    Browsed(bool),
    MoreGroupsWanted,
    /// A group that was found: into it, or into its conversation.
    Chosen(Box<Group>),
    Typed(Field, String),
    KindChosen(GroupKind),
    /// Somebody to be added, or no more.
    Picked(Person),
    /// The form is sent; the text is a fresh id, for a group that is made.
    Submitted(String),
    PaneOpened(Pane),
    /// From the pane back to the conversation, from a part of it back to the whole.
    PaneLeft,
    MoreWanted,
    Asked(Box<Question>),
    Remarked(String),
    ReasonChosen(String),
    Confirmed,
    /// What needs no question.
    Acted(Box<Request>),
    TroubleSeen,
}

/// What is known and under way of groups and people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Groups {
    /// Groups are looked for, not people.
    pub browsing: bool,
    pub found: Vec<Group>,
    pub loading: Loading,
    pages: u32,
    pub form: Form,
    pub info: Option<Info>,
    pub dialog: Option<Dialog>,
    pub(super) losses: LiteMap<String, Loss>,
    /// Whom the visitor has blocked, once that was asked for.
    pub blocked: LiteMap<Uid, Person>,
    are_blocked_known: bool,
    /// Why a message can be reported: the id and the cloud's name of each.
    pub reasons: Vec<(String, String)>,
}

impl State {
    pub(super) fn group_intent(&mut self, event: GroupEvent, effects: &mut Vec<Effect>) {
        match event {
            GroupEvent::Browsed(browsing) => {
                self.groups.browsing = browsing;
                self.search(1, effects);
            }
            GroupEvent::MoreGroupsWanted if self.groups.loading == Loading::More => {
                self.find_groups(self.groups.pages + 1, effects);
            }
            GroupEvent::Chosen(group) => self.group_chosen(*group, effects),
            GroupEvent::Typed(field, text) => self.groups.form.typed(field, text),
            GroupEvent::KindChosen(kind) => self.groups.form.kind = kind,
            GroupEvent::Picked(person) => self.groups.form.picked(person),
            GroupEvent::Submitted(id) => self.form_submitted(id, effects),
            GroupEvent::PaneOpened(pane) => self.pane_opened(pane, effects),
            GroupEvent::PaneLeft => self.pane_left(),
            GroupEvent::MoreWanted => self.more_of_pane(effects),
            GroupEvent::Asked(question) => self.question_asked(*question, effects),
            GroupEvent::Remarked(text) => {
                if let Some(dialog) = &mut self.groups.dialog {
                    dialog.text = text;
                }
            }
            GroupEvent::ReasonChosen(reason) => {
                if let Some(dialog) = &mut self.groups.dialog {
                    dialog.reason = reason;
                }
            }
            GroupEvent::Confirmed => self.question_confirmed(effects),
            GroupEvent::Acted(request) => self.ask(*request, effects),
            GroupEvent::TroubleSeen => self.trouble_seen(),
            GroupEvent::MoreGroupsWanted => {}
        }
    }

    pub(super) fn ask(&mut self, request: Request, effects: &mut Vec<Effect>) {
        self.panel.handling.menu = None;
        self.trouble_seen();
        effects.push(Effect::Ask(request));
    }

    /// The groups that the search field names.
    pub(super) fn find_groups(&mut self, page: u32, effects: &mut Vec<Effect>) {
        let request = Request::new(What::Groups).page(page).text("search", self.people.search.trim());
        self.groups.loading = Loading::Loading;
        if self.connection.phase == Phase::Ready {
            effects.push(Effect::Ask(request));
        }
    }

    fn group_chosen(&mut self, group: Group, effects: &mut Vec<Effect>) {
        if !group.left {
            let peer = Peer::Group(group.guid.clone());
            self.know(Counterpart::Group(group));
            self.screen_opened(Screen::Conversation(peer), effects);
            return;
        }
        let request = Request::of_group(What::JoinGroup, &group.guid).text("kind", group.kind.word());
        if group.kind == GroupKind::Password {
            self.question_asked(Question { asking: Asking::Join, name: group.name, request }, effects);
        } else {
            if self.panel.peer().is_some() {
                // From the list beside an open conversation: its answer leads into the group.
                self.screen_opened(Screen::List, effects);
            }
            self.ask(request, effects);
        }
    }

    /// The group of this id, as far as it is known.
    pub fn group(&self, guid: &str) -> Option<&Group> {
        match self.conversations.counterparts.get(&Peer::Group(guid.to_owned()))? {
            Counterpart::Group(group) => Some(group),
            Counterpart::User(_) => None,
        }
    }

    /// The group whose conversation, or a thread of it, is open.
    pub fn open_group(&self) -> Option<&Group> {
        self.group(self.panel.peer()?.conversation().id())
    }

    /// The visitor's own standing in a group.
    pub fn standing(&self, group: &Group) -> Scope {
        self.me().map_or(Scope::Participant, |me| group.standing(me, group.scope.unwrap_or_default()))
    }

    /// Whether messages of the open conversation can be pinned: in a group, by those who moderate it.
    pub fn may_pin(&self) -> bool {
        self.open_group().is_none_or(|group| self.standing(group).moderates())
    }

    /// Whether the open conversation is none of the visitor's any more: it can be read, and that is all.
    pub fn is_lost(&self) -> bool {
        self.panel.peer().is_some_and(|peer| self.loss(peer).is_some())
    }

    /// Whether the visitor has blocked the other side of a conversation of two.
    pub fn is_blocked(&self, peer: &Peer) -> bool {
        Self::uid_of(peer.conversation()).is_some_and(|uid| self.groups.blocked.contains_key(uid))
    }

    /// Learns what stands between the visitor and the open conversation.
    pub(super) fn standing_wanted(&mut self, peer: &Peer, effects: &mut Vec<Effect>) {
        if peer.is_group() {
            effects.push(Effect::Ask(Request::of(What::Group, peer.conversation())));
        } else if !self.groups.are_blocked_known {
            self.groups.are_blocked_known = true;
            effects.push(Effect::Ask(Request::new(What::BlockedPeople)));
        }
    }

    /// Another screen begins: what was asked and opened for the one before is over.
    pub(super) fn groups_left(&mut self) {
        self.search_of_pane_ended();
        self.groups.info = None;
        self.groups.dialog = None;
        self.trouble_seen();
    }

    /// Whom to add was looked for in the field that looks through the list elsewhere.
    fn search_of_pane_ended(&mut self) {
        if self.pane() == Some(Pane::Add) {
            self.people.search.clear();
        }
    }

    /// The conversation is none of the visitor's any more.
    pub(super) fn drop_conversation(&mut self, peer: &Peer, effects: &mut Vec<Effect>) {
        self.conversations.dropped(peer);
        self.timelines.remove(peer);
        if self.panel.peer() == Some(peer) {
            self.screen_opened(Screen::List, effects);
        }
    }

    /// A menu of this row is open.
    pub fn has_menu(&self, key: &ItemKey) -> bool {
        self.panel.handling.menu.as_ref() == Some(key)
    }
}
