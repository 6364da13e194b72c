//! What is shown of a group or a person beside their conversation: the pane from the conversation's header.

use super::{Effect, Loading, State};
use crate::{
    model::chat::{Member, Message, Peer},
    sdk::{Request, What, request::Reply},
    widget::state::{ContentEvent, Voice},
};

/// A part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    #[default]
    Overview,
    Edit,
    Add,
    Banned,
    Shared,
    /// Everybody whom the visitor has blocked.
    Blocked,
}

/// What it has loaded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    pub pane: Pane,
    pub members: Vec<Member>,
    pub loading: Loading,
    pages: u32,
    pub banned: Vec<Member>,
    pub shared: Vec<Message>,
    /// Of the part that is shown, but for the members.
    pub part: Loading,
}

impl State {
    /// The part that is open.
    pub fn pane(&self) -> Option<Pane> {
        self.groups.info.as_ref().map(|info| info.pane)
    }

    pub(super) fn pane_opened(&mut self, pane: Pane, effects: &mut Vec<Effect>) {
        let Some(peer) = self.panel.peer().cloned() else { return };
        let is_new = self.groups.info.is_none();
        // It covers what is recorded: that waits to be listened to.
        self.voice_intent(ContentEvent::RecordingStopped, effects);
        if matches!(self.content.voice, Voice::Asking) {
            self.drop_recording(effects);
        }
        let info = self.groups.info.get_or_insert_default();
        info.pane = pane;
        info.part = Loading::Loading;
        let what = match pane {
            Pane::Overview => None,
            Pane::Edit => {
                self.form_of_open_group();
                None
            }
            Pane::Add => {
                self.form_begun(effects);
                None
            }
            Pane::Banned => Some(What::BannedMembers),
            Pane::Shared => {
                info.shared.clear();
                Some(What::SharedFiles)
            }
            Pane::Blocked => Some(What::BlockedPeople),
        };
        if let Some(what) = what {
            self.ask(Request::of(what, &peer), effects);
        }
        if is_new {
            self.standing_wanted(&peer, effects);
            self.members_wanted(effects);
        }
    }

    pub(super) fn pane_left(&mut self) {
        self.trouble_seen();
        self.search_of_pane_ended();
        match &mut self.groups.info {
            Some(info) if info.pane != Pane::Overview => info.pane = Pane::Overview,
            info => *info = None,
        }
    }

    /// The members of the open group anew, from the first on.
    pub(super) fn members_wanted(&mut self, effects: &mut Vec<Effect>) {
        if let (Some(info), Some(peer @ Peer::Group(_))) = (&mut self.groups.info, self.panel.peer()) {
            if info.members.is_empty() {
                info.loading = Loading::Loading;
            }
            effects.push(Effect::Ask(Request::of(What::GroupMembers, peer)));
        }
    }

    pub(super) fn more_of_pane(&mut self, effects: &mut Vec<Effect>) {
        let (Some(info), Some(peer)) = (&mut self.groups.info, self.panel.peer()) else { return };
        let request = if info.pane == Pane::Overview && matches!(info.loading, Loading::More | Loading::Failed) {
            info.loading = Loading::Loading;
            Request::of(What::GroupMembers, peer).page(info.pages + 1)
        } else if info.pane == Pane::Shared && info.part == Loading::More {
            info.part = Loading::Loading;
            let oldest = info.shared.iter().map(|message| message.id).min();
            Request::of(What::SharedFiles, peer).id(oldest.unwrap_or_default())
        } else {
            return;
        };
        effects.push(Effect::Ask(request));
    }

    pub(super) fn members_answered(&mut self, page: u32, reply: Option<Reply>) {
        let Some(info) = &mut self.groups.info else { return };
        let Some(Reply { members, .. }) = reply else {
            info.loading = if info.members.is_empty() { Loading::Failed } else { Loading::More };
            return;
        };
        if page == 1 {
            info.members.clear();
        } else if page != info.pages + 1 {
            // The list began anew meanwhile.
            return;
        }
        info.pages = page;
        info.loading = if members.is_empty() { Loading::All } else { Loading::More };
        let people: Vec<_> = members.iter().map(|member| member.person.clone()).collect();
        for member in members {
            if !info.members.iter().any(|known| known.person.uid == member.person.uid) {
                info.members.push(member);
            }
        }
        for person in people {
            self.presence_heard(person);
        }
    }
}
