//! Whom the site's owner offers to write to first (`CHAT_CONTACT_UID`).

use leptos::prelude::*;

use crate::{
    model::chat::{Counterpart, Peer},
    widget::{
        controller::Chat,
        state::{Event, Phase},
    },
};

/// The contact, as soon as the cloud has said who that is; to themself nobody is offered.
pub fn contact(chat: Chat) -> Memo<Option<Counterpart>> {
    let Some(uid) = chat.settings.with_value(|settings| settings.contact.clone()) else { return Memo::new(|_| None) };
    let peer = Peer::User(uid.clone());
    let (of, me) = (peer.clone(), uid.clone());
    let known =
        chat.memo(move |state| state.conversations.counterparts.get(&of).filter(|_| state.me() != Some(&me)).cloned());
    let of_me = uid.clone();
    let is_wanted = chat.memo(move |state| {
        state.connection.phase == Phase::Ready
            && state.me() != Some(&of_me)
            && !state.conversations.counterparts.contains_key(&peer)
    });
    Effect::new(move |_| {
        if is_wanted.get() {
            chat.send(Event::ContactWanted(uid.clone()));
        }
    });
    known
}
