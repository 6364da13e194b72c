//! What the cloud answered to what was asked.

use super::{Dialog, Effect, Info, Loading, Pane, Peer, State, Trouble};
use crate::{
    model::{chat::Counterpart, ids::MessageId},
    sdk::{Request, SdkError, What, request::Reply},
    widget::state::{Screen, Toast},
};

impl State {
    pub(in super::super) fn asked(
        &mut self,
        request: Request,
        result: Result<Reply, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        let is_of_open = request.peer.as_ref() == self.panel.peer();
        match (request.what, result) {
            (What::Group, result) => self.group_answered(&request, result, effects),
            (What::Groups, result) => self.groups_answered(&request, result),
            (What::GroupMembers, result) if is_of_open => self.members_answered(request.page, result.ok()),
            // Of a pane that was left.
            (What::SharedFiles | What::BannedMembers, _) if !is_of_open => {}
            (What::MessagesAround, result) => self.context_answered(request, result, effects),
            (What::FindMessages, result) => self.messages_found(request.said("search"), result),
            (_, Err(error)) => self.failed(&request, &error, effects),
            (_, Ok(reply)) => self.done(&request, reply, effects),
        }
    }

    fn groups_answered(&mut self, request: &Request, result: Result<Reply, SdkError>) {
        if self.people.asked.as_deref() != Some(request.said("search")) {
            return;
        }
        if request.page == 1 {
            self.groups.found.clear();
        }
        let Ok(Reply { groups, .. }) = result else {
            self.groups.loading = Loading::Failed;
            return;
        };
        self.groups.pages = request.page;
        self.groups.loading = if groups.is_empty() { Loading::All } else { Loading::More };
        for group in groups {
            if !self.groups.found.iter().any(|known| known.guid == group.guid) {
                self.groups.found.push(group);
            }
        }
    }

    fn failed(&mut self, request: &Request, error: &SdkError, effects: &mut Vec<Effect>) {
        let trouble = Trouble::from(error);
        match request.what {
            What::CreateGroup | What::UpdateGroup | What::AddMembers => {
                self.groups.form.busy = false;
                self.groups.form.failed = Some(trouble);
                if trouble == Trouble::NotAdded {
                    self.groups.form.picked.clear();
                }
                // Some of them may be in it now.
                return self.members_wanted(effects);
            }
            What::SharedFiles | What::BannedMembers | What::BlockedPeople => {
                self.groups.are_blocked_known &= request.what != What::BlockedPeople;
                if let Some(info) = &mut self.groups.info {
                    info.part = Loading::Failed;
                }
                return;
            }
            _ => Self::listing_settled(request, effects),
        }
        if request.what == What::DeleteConversation && error.is_no_conversation() {
            // A group that the visitor is not in, or in which nothing was said: it is gone here, and that is all.
            return;
        }
        let is_meant = |dialog: &Dialog| {
            request.what == What::FlagReasons || dialog.busy && dialog.question.request.what == request.what
        };
        match self.groups.dialog.as_mut().filter(|dialog| is_meant(dialog)) {
            Some(dialog) => {
                dialog.busy = false;
                dialog.failed = Some(trouble);
            }
            None => self.trouble(trouble, effects),
        }
    }

    fn done(&mut self, request: &Request, mut reply: Reply, effects: &mut Vec<Effect>) {
        let is_of_open = request.peer.as_ref() == self.panel.peer();
        let is_asked = |dialog: &Dialog| dialog.busy && dialog.question.request.what == request.what;
        let was_busy = self.groups.dialog.take_if(|dialog| is_asked(dialog)).is_some();
        let mut nobody = Info::default();
        let info = self.groups.info.as_mut().unwrap_or(&mut nobody);
        match (request.what, &request.peer) {
            (What::CreateGroup | What::JoinGroup, Some(peer)) => {
                self.groups.form.busy = false;
                self.groups.losses.remove(peer.id());
                self.timelines.remove(peer);
                reply.groups.into_iter().for_each(|group| self.know(Counterpart::Group(group)));
                if request.what == What::JoinGroup || !request.names.is_empty() {
                    effects.push(Effect::LoadConversation(peer.clone()));
                }
                // One in which nothing was said yet is not in the cloud's list.
                self.conversations.row(peer);
                // Whoever has lost patience is elsewhere by now, and writing.
                if was_busy || is_of_open || self.panel.peer().is_none() {
                    self.screen_opened(Screen::Conversation(peer.clone()), effects);
                }
            }
            (What::UpdateGroup | What::AddMembers, Some(peer)) if !is_of_open => self.standing_wanted(peer, effects),
            (What::UpdateGroup | What::AddMembers, Some(peer)) => {
                self.groups.form.busy = false;
                info.pane = Pane::Overview;
                self.people.search.clear();
                // The answer may not say who the visitor is in it.
                self.standing_wanted(peer, effects);
                self.members_wanted(effects);
            }
            (What::DeleteConversation, _) => {}
            (What::LeaveGroup | What::DeleteGroup, Some(peer)) => {
                self.drop_conversation(peer, effects);
            }
            (What::RemoveMember | What::ChangeScope | What::HandOver, Some(peer)) => {
                // Of a handing over nobody is told, not even this page.
                self.standing_wanted(peer, effects);
                self.members_wanted(effects);
            }
            (What::UnbanMember, _) => info.banned.retain(|member| Some(&member.person.uid) != request.uid.as_ref()),
            (What::BannedMembers, _) => {
                info.banned = reply.members;
                info.part = Loading::All;
            }
            (What::BlockedPeople, _) => {
                if info.pane == Pane::Blocked {
                    info.part = Loading::All;
                }
                self.groups.blocked.clear();
                for member in reply.members {
                    self.groups.blocked.insert(member.person.uid.clone(), member.person);
                }
            }
            (What::Block, _) => {
                let Some(uid) = request.uid.clone() else { return };
                let known = self.person(&Peer::User(uid.clone())).cloned();
                if let Some(person) = known.filter(|_| request.on) {
                    self.groups.blocked.insert(uid, person);
                } else {
                    self.groups.blocked.remove(&uid);
                    effects.push(Effect::LoadPerson(uid));
                }
            }
            (What::SharedFiles, _) => {
                info.part = if reply.is_first { Loading::All } else { Loading::More };
                if request.id == MessageId::default() {
                    info.shared.clear();
                }
                // The newest first.
                info.shared.extend(reply.messages.into_iter().rev());
            }
            (What::MarkUnread, Some(peer)) => {
                if let Some(conversation) = reply.conversation.take() {
                    self.unread_again(peer, &conversation);
                }
            }
            (What::Report, _) => self.toast(Toast::Reported, effects),
            (What::FlagReasons, _) => self.groups.reasons = reply.reasons,
            _ => Self::listing_settled(request, effects),
        }
    }
}
