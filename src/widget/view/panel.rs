//! The open panel: what stands in it follows from the login and the screen. It owns the keyboard and the focus.

use leptos::{ev, html, leptos_dom::helpers::request_animation_frame, prelude::*};

use super::{
    conversation::{Conversation, Placeholder},
    conversation_list::ConversationList,
    new_chat::NewChat,
    notice::{Problem, SignedOut},
    use_chat,
};
use crate::widget::{
    controller::Chat,
    dom,
    state::{Event, Phase, Screen},
};

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
    let panel = NodeRef::<html::Section>::new();
    let face = chat.memo(|state| match &state.connection.phase {
        Phase::SignedOut { .. } => Face::SignedOut,
        // What was loaded before stays readable.
        Phase::Failed(_) if state.conversations.rows.is_empty() => Face::Problem,
        _ => Face::Chat,
    });
    let expanded = chat.memo(|state| state.panel.expanded);
    let screen = chat.memo(|state| state.panel.screen.clone());
    let phone = dom::is_phone();

    move_focus(chat, panel, screen);
    // Where the focus was is gone with the panel.
    on_cleanup(move || request_animation_frame(move || dom::focus(launcher.try_get_untracked().flatten().as_deref())));

    view! {
        <section
            id="panel"
            class="panel"
            role="dialog"
            tabindex="-1"
            aria-label=chat.texts.title
            aria-modal=phone.then_some("true")
            data-expanded=move || expanded.get().to_string()
            node_ref=panel
            on:keydown=move |event| on_key(chat, panel, &event)
        >
            {move || match face.get() {
                Face::SignedOut => view! { <SignedOut/> }.into_any(),
                Face::Problem => view! { <Problem/> }.into_any(),
                Face::Chat => view! { <Columns screen=screen expanded=expanded/> }.into_any(),
            }}
        </section>
    }
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
        {move || with_list.get().then(|| view! {
            <div class="column side">
                {move || if new_chat.get() {
                    view! { <NewChat/> }.into_any()
                } else {
                    view! { <ConversationList/> }.into_any()
                }}
            </div>
        })}
        {move || match (peer.get(), expanded.get()) {
            (Some(peer), _) => view! { <div class="column main"><Conversation peer=peer/></div> }.into_any(),
            (None, true) => view! { <div class="column main"><Placeholder/></div> }.into_any(),
            (None, false) => ().into_any(),
        }}
    }
}

/// Moves the focus with the screen. A panel that a reload brought back leaves the focus where it is.
fn move_focus(chat: Chat, panel: NodeRef<html::Section>, screen: Memo<Screen>) {
    let opened_by_hand = chat.is_at_rest();
    Effect::new(move |before: Option<Screen>| {
        let now = screen.get();
        if before.as_ref() != Some(&now) && (before.is_some() || opened_by_hand) {
            let left = before.and_then(|screen| match screen {
                Screen::Conversation(peer) => Some(peer),
                Screen::List | Screen::NewChat => None,
            });
            let now = now.clone();
            request_animation_frame(move || {
                let Some(panel) = panel.try_get_untracked().flatten() else { return };
                let target = match now {
                    // On a finger's screen the keyboard would cover what was just opened.
                    Screen::Conversation(_) if dom::is_touch() => None,
                    Screen::Conversation(_) => dom::first(&panel, "textarea"),
                    Screen::NewChat => dom::first(&panel, "input"),
                    Screen::List => left
                        .and_then(|peer| dom::first(&panel, &format!(".row[data-peer='{}']", peer.id())))
                        .or_else(|| dom::first(&panel, ".row, .notice .button")),
                };
                dom::focus(target.as_ref().or(Some(&panel)));
            });
        }
        now
    });
}

fn on_key(chat: Chat, panel: NodeRef<html::Section>, event: &ev::KeyboardEvent) {
    match event.key().as_str() {
        "Escape" if !event.is_composing() => {
            event.prevent_default();
            event.stop_propagation();
            chat.step_back();
        }
        "Tab" if dom::is_phone() => {
            let Some(panel) = panel.try_get_untracked().flatten() else { return };
            let reachable = dom::tabbable(&panel);
            let (Some(first), Some(last)) = (reachable.first(), reachable.last()) else { return };
            let focused = dom::focused_beside(&panel);
            let (edge, target) = if event.shift_key() { (first, last) } else { (last, first) };
            let at_edge = focused.as_ref().is_none_or(|focused| focused == edge);
            if at_edge {
                event.prevent_default();
                dom::focus(Some(target));
            }
        }
        _ => {}
    }
}

impl Chat {
    /// Escape: out of the edit, the conversation, the panel.
    fn step_back(self) {
        let (editing, screen) =
            self.state.with_untracked(|state| (state.panel.editing.is_some(), state.panel.screen.clone()));
        self.send(match screen {
            Screen::Conversation(_) if editing => Event::EditCancelled,
            Screen::Conversation(_) | Screen::NewChat => Event::ScreenOpened(Screen::List),
            Screen::List => Event::Closed,
        });
    }
}
