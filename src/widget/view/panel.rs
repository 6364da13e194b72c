//! The open panel: what stands in it follows from the login, the screen and the room there is.

use leptos::{html, leptos_dom::helpers::request_animation_frame, prelude::*};

use super::{
    announcer::Announcer,
    conversation::{Conversation, Placeholder},
    conversation_list::ConversationList,
    drawn::{Draw, lazily},
    focus::{self, LastFocus},
    keyboard,
    new_chat::NewChat,
    notice::{Problem, SignedOut},
    surroundings::use_surroundings,
    use_chat,
};
use crate::{
    model::chat::Peer,
    widget::{
        dom,
        state::{Phase, Screen},
    },
};

/// The panel's element, for what stands within.
#[derive(Clone, Copy)]
pub struct PanelElement(pub NodeRef<html::Section>);

/// Which of the panel's faces is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    SignedOut,
    Problem,
    Chat,
}

#[component]
pub fn Panel(launcher: NodeRef<html::Button>) -> impl IntoView {
    let chat = use_chat();
    let surroundings = use_surroundings();
    let panel = NodeRef::<html::Section>::new();
    provide_context(PanelElement(panel));
    let face = chat.memo(|state| match &state.connection.phase {
        Phase::SignedOut { .. } => Face::SignedOut,
        // What was loaded before stays readable.
        Phase::Failed(_) if state.conversations.rows.is_empty() => Face::Problem,
        _ => Face::Chat,
    });
    let screen = chat.memo(|state| state.panel.screen.clone());
    let (expanded, full_screen) = (surroundings.expanded, surroundings.full_screen);
    let last_focus = LastFocus::new();

    focus::move_with_screen(chat, panel, screen);
    focus::keep(panel, last_focus);
    keyboard::keep_in_sight(panel);
    // Where the focus was is gone with the panel.
    on_cleanup(move || request_animation_frame(move || dom::focus(launcher.try_get_untracked().flatten().as_deref())));

    view! {
        <section
            id="panel"
            class="panel"
            role="dialog"
            tabindex="-1"
            aria-label=chat.texts.title
            aria-modal=move || full_screen.get().then_some("true")
            data-expanded=move || expanded.get().to_string()
            node_ref=panel
            on:keydown=move |event| focus::on_key(chat, panel, full_screen.get_untracked(), &event)
            on:keyup=|event| event.stop_propagation()
            on:focusin=move |event| last_focus.arrived(&event)
            on:focusout=move |event| last_focus.left(&event)
        >
            <Announcer/>
            {lazily(move || match face.get() {
                Face::SignedOut => view! { <SignedOut/> }.drawn(),
                Face::Problem => view! { <Problem/> }.drawn(),
                Face::Chat => view! { <Columns screen=screen expanded=expanded/> }.drawn(),
            })}
        </section>
    }
    .drawn()
}

/// The list, the conversation, or both side by side.
#[component]
fn Columns(screen: Memo<Screen>, expanded: Memo<bool>) -> impl IntoView {
    let new_chat = Memo::new(move |_| screen.get() == Screen::NewChat);
    let peer = Memo::new(move |_| match screen.get() {
        Screen::Conversation(peer) => Some(peer),
        Screen::List | Screen::NewChat => None,
    });
    let with_list = Memo::new(move |_| expanded.get() || peer.with(Option::is_none));
    view! {
        {lazily(move || with_list.get().then(|| view! {
            <div class="column side">
                {lazily(move || if new_chat.get() {
                    view! { <NewChat/> }.drawn()
                } else {
                    view! { <ConversationList/> }.drawn()
                })}
            </div>
        }.drawn()))}
        // Of its own for each peer: the place and the menus of one conversation are not another's.
        <For each=move || peer.get() key=Peer::clone let:peer>
            <div class="column main"><Conversation peer=peer/></div>
        </For>
        {lazily(move || (expanded.get() && peer.with(Option::is_none)).then(|| view! {
            <div class="column main"><Placeholder/></div>
        }.drawn()))}
    }
    .drawn()
}
