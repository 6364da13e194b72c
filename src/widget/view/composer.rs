//! Where messages are written, and edited.

use leptos::{ev, html, leptos_dom::helpers::request_animation_frame, prelude::*};

use super::{
    drawn::{Draw, lazily},
    header::IconButton,
    icon::Icon,
    use_chat,
};
use crate::widget::{controller::Chat, dom, icons, state::Event};

/// As high as it grows, in pixels; then it scrolls.
const HIGHEST: i32 = 160;
/// So many characters has a message at most. More may be written, and is said to be too much: a field that cuts off what
/// is pasted does so unseen.
const LONGEST: usize = 5000;

#[component]
pub fn Composer() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let text = chat.memo(super::super::state::State::composer_text);
    let editing = chat.memo(|state| state.panel.editing.as_ref().map(|edit| edit.id));
    let is_empty = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let surplus = Memo::new(move |_| text.with(|text| text.trim().chars().count().saturating_sub(LONGEST)));
    let field = NodeRef::<html::Textarea>::new();
    // With a finger a line is broken by Enter, as there is no Shift at hand, and the button sends.
    let is_touch = dom::is_touch();

    // The field follows the state only where they differ: a composition under way is not touched.
    Effect::new(move |_| {
        let text = text.get();
        let Some(field) = field.get() else { return };
        if field.value() != text {
            field.set_value(&text);
        }
        grow(&field);
    });
    Effect::new(move |before: Option<Option<_>>| {
        let now = editing.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(move || {
                let Some(field) = field.try_get_untracked().flatten() else { return };
                dom::focus(Some(&field));
                let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or(0);
                let _ = field.set_selection_range(end, end);
            });
        }
        now
    });

    let submit = move || {
        if surplus.get_untracked() == 0 {
            chat.submit();
        }
        dom::focus(field.try_get_untracked().flatten().as_deref());
    };
    view! {
        <form class="composer" on:submit=move |event: ev::SubmitEvent| { event.prevent_default(); submit(); }>
            {lazily(move || editing.get().map(|_| view! {
                <div class="editing">
                    <Icon markup=icons::PENCIL/><span>{texts.editing}</span>
                    <IconButton icon=icons::X label=texts.cancel.to_owned() on_press=move || chat.send(Event::EditCancelled)/>
                </div>
            }.drawn()))}
            <div role="status">
                {lazily(move || (surplus.get() > 0).then(|| view! { <p class="too-long">{(texts.too_long)(surplus.get())}</p> }.drawn()))}
            </div>
            <div class="composer-line">
                <textarea class="field" rows="1" node_ref=field aria-label=texts.write placeholder=texts.write dir="auto"
                    enterkeyhint=if is_touch { "enter" } else { "send" }
                    on:input=move |event| chat.send(Event::Composed(event_target_value(&event)))
                    on:keydown=move |event| on_key(chat, &event, is_touch, submit)></textarea>
                <button type="submit" class="send" disabled=move || { is_empty.get() || surplus.get() > 0 }
                    aria-label=move || if editing.get().is_some() { texts.save } else { texts.send }
                    // The field keeps the focus, and a phone its keyboard.
                    on:pointerdown=|event: ev::PointerEvent| event.prevent_default()>
                    {lazily(move || view! { <Icon markup=if editing.get().is_some() { icons::CHECK } else { icons::SEND_HORIZONTAL }/> })}
                </button>
            </div>
        </form>
    }
    .drawn()
}

fn on_key(chat: Chat, event: &ev::KeyboardEvent, is_touch: bool, submit: impl Fn()) {
    // Within a composition Enter takes a candidate; Safari ends it just before, with the old key code.
    if event.is_composing() || event.key_code() == 229 {
        return;
    }
    match event.key().as_str() {
        "Enter" if !event.shift_key() && !is_touch => {
            event.prevent_default();
            submit();
        }
        "ArrowUp" if chat.state.with_untracked(|state| state.composer_text().is_empty()) => {
            event.prevent_default();
            chat.send(Event::EditLast);
        }
        _ => {}
    }
}

fn grow(field: &web_sys::HtmlTextAreaElement) {
    let style = web_sys::HtmlElement::style(field);
    let _ = style.set_property("height", "auto");
    let height = field.scroll_height().min(HIGHEST);
    let _ = style.set_property("height", &format!("{height}px"));
}
