//! "Delete this message?": nothing is deleted by one press.

use crate::{
    i18n::WidgetTexts,
    model::ids::MessageId,
    widget::{
        element::{Element, button, element},
        intent::Intent,
        state::Event,
    },
};

pub fn confirm_deletion(texts: &WidgetTexts, id: MessageId) -> Element {
    let cancel = button("button quiet").on_click(Event::DeletionCancelled).child(texts.cancel);
    let delete = button("button danger").on_click(Event::DeleteConfirmed(id)).child(texts.delete);
    let dialog = element("div", "confirm")
        .with("role", "alertdialog")
        .with("aria-modal", "true")
        .with("aria-labelledby", "confirm-title")
        .with("aria-describedby", "confirm-text")
        .on_click(Intent::Nothing)
        .child(element("h3", "notice-title").with("id", "confirm-title").child(texts.delete_title))
        .child(element("p", "notice-text").with("id", "confirm-text").child(texts.delete_text))
        .child(element("div", "confirm-buttons").child(cancel).child(delete));
    element("div", "veil").key("confirm").on_click(Event::DeletionCancelled).child(dialog)
}
