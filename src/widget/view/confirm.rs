//! "Delete this message?": nothing is deleted by one press.

use leptos::{ev, html, leptos_dom::helpers::request_animation_frame, prelude::*};

use super::{conversation::Handling, drawn::Draw, panel::PanelElement, use_chat};
use crate::{
    model::ids::MessageId,
    widget::{dom, state::Event},
};

#[component]
pub fn ConfirmDeletion(id: MessageId) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let handling = expect_context::<Handling>();
    let panel = use_context::<PanelElement>();
    let dialog = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            request_animation_frame(move || dom::focus(dom::first(&dialog, "button").as_ref()));
        }
    });
    let close = move || {
        handling.deleting.set(None);
        let Some(panel) = panel.and_then(|panel| panel.0.try_get_untracked().flatten()) else { return };
        // On a finger's screen the field would bring the keyboard up.
        let field = if dom::is_touch() { None } else { dom::first(&panel, "textarea") };
        dom::focus(field.as_ref().or(Some(&panel)));
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            close();
        } else if event.key() == "Tab"
            && let Some(dialog) = dialog.try_get_untracked().flatten()
        {
            // Two buttons: the tab key goes from one to the other.
            event.prevent_default();
            event.stop_propagation();
            let buttons = dom::all(&dialog, "button");
            let focused = dom::focused_beside(&dialog);
            dom::focus(buttons.iter().find(|button| Some(*button) != focused.as_ref()));
        }
    };
    view! {
        <div class="veil" on:click=move |_| close()>
            <div class="confirm" role="alertdialog" aria-modal="true" aria-labelledby="confirm-title"
                aria-describedby="confirm-text" node_ref=dialog on:keydown=on_key
                on:click=|event: ev::MouseEvent| event.stop_propagation()>
                <h3 id="confirm-title" class="notice-title">{texts.delete_title}</h3>
                <p id="confirm-text" class="notice-text">{texts.delete_text}</p>
                <div class="confirm-buttons">
                    <button type="button" class="button quiet" on:click=move |_| close()>{texts.cancel}</button>
                    <button type="button" class="button danger" on:click=move |_| {
                        chat.send(Event::DeleteConfirmed(id));
                        close();
                    }>{texts.delete}</button>
                </div>
            </div>
        </div>
    }
    .drawn()
}
