//! What can be done with a message: a button at the bubble on hover or focus, and the menu behind it.

use leptos::{ev, html, leptos_dom::helpers::request_animation_frame, prelude::*};

use super::{
    conversation::Handling,
    drawn::{Draw, lazily},
    icon::Icon,
    use_chat,
};
use crate::widget::{
    dom, icons,
    state::{Bubble, Event, ItemKey},
};

#[component]
pub fn BubbleMenu(key: ItemKey, bubble: Memo<Bubble>) -> impl IntoView {
    let texts = use_chat().texts;
    let handling = expect_context::<Handling>();
    let of_key = key.clone();
    let open = Memo::new(move |_| handling.menu.with(|menu| menu.as_ref() == Some(&of_key)));
    let button = NodeRef::<html::Button>::new();
    let toggle = move |_| handling.menu.set(if open.get_untracked() { None } else { Some(key.clone()) });
    view! {
        <div class="actions" class:open=open>
            <button type="button" class="icon-button action" aria-label=texts.message_actions title=texts.message_actions
                aria-haspopup="menu" aria-expanded=move || open.get().to_string() node_ref=button on:click=toggle>
                <Icon markup=icons::ELLIPSIS_VERTICAL/>
            </button>
            {lazily(move || open.get().then(|| view! { <Menu bubble=bubble button=button/> }.drawn()))}
        </div>
    }
    .drawn()
}

#[component]
fn Menu(bubble: Memo<Bubble>, button: NodeRef<html::Button>) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let handling = expect_context::<Handling>();
    let menu = NodeRef::<html::Div>::new();
    let (editable, deletable, id) = bubble.with_untracked(|bubble| (bubble.editable, bubble.deletable, bubble.id));
    let close = move || handling.menu.set(None);
    let back = move || {
        close();
        dom::focus(button.try_get_untracked().flatten().as_deref());
    };
    Effect::new(move |_| {
        let Some(menu) = menu.get() else { return };
        request_animation_frame(move || {
            dom::focus(dom::first(&menu, "[role=menuitem]").as_ref());
        });
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(menu) = menu.try_get_untracked().flatten() else { return };
        let items = dom::all(&menu, "[role=menuitem]");
        let at = dom::focused_beside(&menu).and_then(|focused| items.iter().position(|item| *item == focused));
        let count = items.len();
        let target = match (event.key().as_str(), at) {
            ("ArrowDown", Some(at)) => (at + 1) % count.max(1),
            ("ArrowUp", Some(at)) => (at + count - 1) % count.max(1),
            ("Home" | "ArrowDown", _) => 0,
            ("End" | "ArrowUp", _) => count.saturating_sub(1),
            ("Escape" | "Tab", _) => {
                event.prevent_default();
                event.stop_propagation();
                return back();
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        dom::focus(items.get(target));
    };
    // The focus that goes elsewhere closes the menu; where it goes nowhere, the finger is still on the screen.
    let on_leave = move |event: ev::FocusEvent| {
        use leptos::wasm_bindgen::JsCast;
        let into = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        if into.is_none() {
            return;
        }
        let stays = menu.try_get_untracked().flatten().is_some_and(|menu| menu.contains(into.as_ref()));
        let is_button = button.try_get_untracked().flatten().is_some_and(|button| button.contains(into.as_ref()));
        if !stays && !is_button {
            close();
        }
    };
    view! {
        <div class="menu" role="menu" aria-label=texts.message_actions node_ref=menu on:keydown=on_key on:focusout=on_leave>
            {editable.then(|| view! {
                <button type="button" role="menuitem" tabindex="-1" on:click=move |_| {
                    close();
                    if let Some(id) = id {
                        chat.send(Event::EditStarted(id));
                    }
                }><Icon markup=icons::PENCIL/>{texts.edit}</button>
            }.drawn())}
            <button type="button" role="menuitem" tabindex="-1" on:click=move |_| {
                bubble.with_untracked(|bubble| dom::copy(&bubble.text));
                back();
            }><Icon markup=icons::COPY/>{texts.copy}</button>
            {deletable.then(|| view! {
                <button type="button" role="menuitem" tabindex="-1" class="danger" on:click=move |_| {
                    close();
                    handling.deleting.set(id);
                }><Icon markup=icons::TRASH_2/>{texts.delete}</button>
            }.drawn())}
        </div>
    }
    .drawn()
}
