//! The conversation list.

use leptos::{ev, html, prelude::*};

use super::{
    contact::contact,
    conversation_row::ConversationRow,
    drawn::{Draw, lazily},
    header::{IconButton, PanelButtons},
    link_bar::LinkBar,
    notice::Notice,
    skeleton::ListSkeleton,
    surroundings::use_surroundings,
    use_chat,
};
use crate::{
    model::chat::Peer,
    widget::{
        dom, icons,
        state::{Event, Loading, Screen},
    },
};

/// What stands below the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body {
    Loading,
    Failed,
    Empty,
    Rows,
}

#[component]
pub fn ConversationList() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let expanded = use_surroundings().expanded;
    let order = chat.memo(|state| state.conversations.in_order());
    let body = chat.memo(|state| match (state.conversations.rows.is_empty(), state.conversations.loading) {
        (false, _) => Body::Rows,
        (true, Loading::Failed) => Body::Failed,
        (true, Loading::More | Loading::All) => Body::Empty,
        (true, Loading::Unasked | Loading::Loading) => Body::Loading,
    });
    let list = NodeRef::<html::Ul>::new();
    let roving = RwSignal::new(None::<Peer>);
    let tab_stop = Memo::new(move |_| {
        let order = order.get();
        roving.get().filter(|peer| order.contains(peer)).or_else(|| order.first().cloned())
    });
    let rows = move || {
        view! {
            <ul class="list scroll" role="list" node_ref=list aria-label=texts.conversations
                on:keydown=move |event| rove(list, &event)
                on:scroll=move |_| load_more(list, move || chat.send(Event::MoreConversationsWanted))>
                <For each=move || order.get() key=Peer::clone let:peer>
                    <ConversationRow peer=peer tab_stop=tab_stop roving=roving/>
                </For>
            </ul>
        }
        .drawn()
    };
    view! {
        <div class="header">
            <h2 class="title">{texts.title}</h2>
            <IconButton icon=icons::SQUARE_PEN label=texts.new_chat.to_owned()
                on_press=move || chat.open_screen(Screen::NewChat)/>
            {lazily(move || (!expanded.get()).then(|| view! { <PanelButtons/> }.drawn()))}
        </div>
        <LinkBar/>
        {lazily(move || match body.get() {
            Body::Loading => view! { <ListSkeleton/> }.drawn(),
            Body::Failed => view! {
                <Notice icon=icons::CIRCLE_ALERT title=String::new() text=texts.conversations_failed.to_owned()>
                    <button type="button" class="button" on:click=move |_| chat.send(Event::RetryConversations)>
                        {texts.retry}
                    </button>
                </Notice>
            }.drawn(),
            Body::Empty => view! { <NoConversations/> }.drawn(),
            Body::Rows => rows().drawn(),
        })}
    }
    .drawn()
}

/// The beginning: whom to write to.
#[component]
fn NoConversations() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let contact = contact(chat);
    view! {
        <Notice icon=icons::MESSAGE_CIRCLE title=texts.no_conversations_title.to_owned()
            text=texts.no_conversations_text.to_owned()>
            {lazily(move || contact.get().map(|with| {
                let label = (texts.write_to)(with.name());
                view! {
                    <button type="button" class="button" on:click=move |_| chat.open_conversation(with.clone())>
                        {label}
                    </button>
                }
                .drawn()
            }))}
            <button type="button" class="button" class:quiet=move || contact.with(Option::is_some)
                on:click=move |_| chat.open_screen(Screen::NewChat)>
                {texts.new_chat}
            </button>
        </Notice>
    }
    .drawn()
}

/// Arrow keys, Home and End move within a list of `.row` buttons.
pub fn rove(list: NodeRef<html::Ul>, event: &ev::KeyboardEvent) {
    let Some(list) = list.try_get_untracked().flatten() else { return };
    let buttons = dom::all(&list, "button.row");
    let focused = dom::focused_beside(&list);
    let at = focused.and_then(|focused| buttons.iter().position(|button| *button == focused));
    let end = buttons.len().saturating_sub(1);
    let target = match (event.key().as_str(), at) {
        ("ArrowDown", at) => at.map_or(0, |at| (at + 1).min(end)),
        ("ArrowUp", Some(at)) if at > 0 => at - 1,
        ("Home", _) => 0,
        ("End", _) => end,
        _ => return,
    };
    event.prevent_default();
    dom::focus(buttons.get(target));
}

/// Asks for more when the end of a list comes near.
pub fn load_more(list: NodeRef<html::Ul>, ask: impl FnOnce()) {
    let Some(list) = list.try_get_untracked().flatten() else { return };
    if list.scroll_height() - list.scroll_top() - list.client_height() < 300 {
        ask();
    }
}
