//! One conversation: who it is with, its messages, and the composer.

use leptos::{ev, prelude::*};

use super::{
    avatar::{Avatar, Face},
    composer::Composer,
    confirm::ConfirmDeletion,
    drawn::{Draw, lazily},
    header::{BackButton, PanelButtons},
    link_bar::LinkBar,
    notice::{Notice, PlainHeader},
    surroundings::use_surroundings,
    time,
    timeline::Timeline,
    use_chat,
};
use crate::{
    model::{
        chat::{Counterpart, Peer, Presence},
        ids::MessageId,
    },
    widget::{dom, icons, state::ItemKey},
};

/// What is going on with single messages, for as long as the conversation is shown.
#[derive(Clone, Copy)]
pub struct Handling {
    /// The message whose menu is open.
    pub menu: RwSignal<Option<ItemKey>>,
    /// The message that is to be deleted, once that is confirmed.
    pub deleting: RwSignal<Option<MessageId>>,
    /// Among several, a message says whose it is.
    pub in_group: bool,
}

#[component]
pub fn Conversation(peer: Peer) -> impl IntoView {
    let chat = use_chat();
    let in_group = matches!(peer, Peer::Group(_));
    let handling = Handling { menu: RwSignal::new(None), deleting: RwSignal::new(None), in_group };
    provide_context(handling);
    let name = chat.memo(|state| state.open_counterpart().map(|with| with.name().to_owned()).unwrap_or_default());
    let close_menu = move |event: ev::PointerEvent| {
        if !dom::is_within(&event, ".actions") && handling.menu.with_untracked(Option::is_some) {
            handling.menu.set(None);
        }
    };
    view! {
        <ConversationHeader peer=peer.clone()/>
        <LinkBar/>
        <div class="conversation" on:pointerdown=close_menu>
            <Timeline peer=peer name=name/>
            <Composer/>
        </div>
        {lazily(move || handling.deleting.get().map(|id| view! { <ConfirmDeletion id=id/> }.drawn()))}
    }
    .drawn()
}

#[component]
fn ConversationHeader(peer: Peer) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let surroundings = use_surroundings();
    let with = chat.memo(|state| state.open_counterpart().cloned());
    let presence_peer = peer.clone();
    let person =
        chat.memo(move |state| state.person(&presence_peer).map(|person| (person.presence, person.last_active_at)));
    let typing = chat.memo(move |state| state.typing.is_anybody(&peer));
    let presence = Signal::derive(move || person.get().map(|(presence, _)| presence));
    let status = move || {
        if typing.get() {
            return texts.typing.to_owned();
        }
        match (with.get(), person.get()) {
            (Some(Counterpart::Group(group)), _) => (texts.members)(group.members),
            (_, Some((Presence::Online, _))) => texts.online.to_owned(),
            (_, Some((Presence::Offline, Some(at)))) if at > 0 => {
                (texts.last_seen)(&time::ago(chat.language, at, surroundings.minute.get()))
            }
            (_, Some(_)) => texts.offline.to_owned(),
            _ => String::new(),
        }
    };
    view! {
        <div class="header">
            {lazily(move || (!surroundings.expanded.get()).then(|| view! { <BackButton/> }.drawn()))}
            {lazily(move || with.get().map(|with| view! { <Avatar face=Face::from(&with) presence=presence small=true/> }.drawn()))}
            <div class="who">
                <h2 class="title" dir="auto">{lazily(move || with.get().map(|with| with.name().to_owned()))}</h2>
                <p class="status" class:typing=typing>{status}</p>
            </div>
            <PanelButtons/>
        </div>
    }
    .drawn()
}

/// The wide column while no conversation is open.
#[component]
pub fn Placeholder() -> impl IntoView {
    let texts = use_chat().texts;
    view! {
        <PlainHeader/>
        <Notice icon=icons::MESSAGE_CIRCLE title=String::new() text=texts.nothing_selected.to_owned()/>
    }
    .drawn()
}
