//! What a view may look at: the state, and what the page is like round it.

use super::{Announcer, Hosts, Times};
use crate::{
    i18n::WidgetTexts,
    model::{
        chat::{Counterpart, Peer},
        ids::Uid,
    },
    widget::state::{Loading, Phase, Screen, State},
};

/// How much room there is, and for what kind of hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// No room beside the page: the panel is the screen.
    pub full_screen: bool,
    /// Room for the list and a conversation side by side.
    pub for_two: bool,
    /// The main pointer is a finger.
    pub is_touch: bool,
}

/// One moment of the widget.
pub struct Scene<'a> {
    pub state: &'a State,
    pub texts: &'static WidgetTexts,
    pub times: &'a Times,
    pub room: Room,
    pub announcer: &'a Announcer,
    /// Where files may be fetched from.
    pub hosts: Hosts<'a>,
    /// Whom the site's owner offers to write to.
    pub contact: Option<&'a Uid>,
    /// Where to sign in and come back from.
    pub sign_in_url: &'a str,
}

impl<'a> Scene<'a> {
    /// Both columns are wanted, and there is room for them.
    pub fn is_expanded(&self) -> bool {
        self.state.panel.expanded && self.room.for_two
    }

    /// Whom the owner offers to write to, as soon as the cloud has said who that is; to themself nobody is offered.
    pub fn contact(&self) -> Option<&'a Counterpart> {
        let uid = self.contact.filter(|uid| self.state.me() != Some(uid))?;
        self.state.conversations.counterparts.get(&Peer::User(uid.clone()))
    }

    /// The contact that is about to be shown and not known yet.
    pub fn wanted_contact(&self) -> Option<&'a Uid> {
        let state = self.state;
        let is_empty =
            state.conversations.rows.is_empty() && matches!(state.conversations.loading, Loading::More | Loading::All);
        let is_shown = state.panel.open && (is_empty || state.panel.screen == Screen::NewChat);
        let uid = self.contact.filter(|uid| is_shown && state.me() != Some(uid))?;
        let is_unknown = self.contact().is_none() && state.connection.phase == Phase::Ready;
        is_unknown.then_some(uid)
    }

    /// Seconds until then, at least one while it is not reached.
    pub fn seconds_until(&self, until: i64) -> u32 {
        u32::try_from((until - self.times.now + 999) / 1000).unwrap_or(0)
    }
}
