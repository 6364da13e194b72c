//! Files, formats and voice notes: their effects, and what the visitor's hand does about them.

use web_sys::{Event as PageEvent, HtmlTextAreaElement};

use super::{Widget, dom};
use crate::{
    sdk::{ChatClient, SdkError},
    widget::{
        state::{Answer, ContentAnswer, ContentEffect, ContentEvent, Event},
        text::format::{Change, Format, toggle},
    },
};

/// Carries out what reaches the cloud, or the microphone.
pub async fn ask(client: &ChatClient, effect: ContentEffect) -> Option<Answer> {
    Some(Answer::Content(match effect {
        ContentEffect::LoadLimits => ContentAnswer::Limits(client.limits().await),
        ContentEffect::Send { peer, muid, kind, ids, caption, shapes } => {
            let result = client.send_files(&peer, &muid, kind, &ids, &caption, &shapes).await;
            return Some(Answer::Sent { peer, muid, result });
        }
        ContentEffect::Record => ContentAnswer::Recording(client.record().await),
        ContentEffect::EndRecording { keep: true } => ContentAnswer::Recorded(client.end_recording().await),
        effect => {
            let told = match effect {
                ContentEffect::Upload { peer, ids } => client.upload(&peer, &ids).await,
                ContentEffect::Drop(ids) => client.drop_files(&ids).await,
                ContentEffect::PauseRecording(paused) => client.pause_recording(paused).await,
                _ => client.drop_recording().await,
            };
            return Some(Answer::Marked(told));
        }
    }))
}

/// Without a client nothing of it can be done.
pub fn refuse(effect: ContentEffect) -> Option<Answer> {
    const NO_CLIENT: SdkError = SdkError::NotInitialised;
    match effect {
        ContentEffect::Send { peer, muid, .. } => Some(Answer::Sent { peer, muid, result: Err(NO_CLIENT) }),
        ContentEffect::LoadLimits => Some(Answer::Content(ContentAnswer::Limits(Err(NO_CLIENT)))),
        ContentEffect::Record => Some(Answer::Content(ContentAnswer::Recording(Err(NO_CLIENT)))),
        ContentEffect::EndRecording { keep: true } => Some(Answer::Content(ContentAnswer::Recorded(Err(NO_CLIENT)))),
        _ => None,
    }
}

impl Widget {
    /// A field of files changed, or something was pasted, dragged or dropped.
    pub(super) fn files_came(&self, event: &PageEvent) {
        let Some(target) =
            event.target().and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).ok())
        else {
            return;
        };
        let is_field = dom::closest(&target, "input[type=file]").is_some();
        let is_drag = matches!(event.type_().as_str(), "dragover" | "dragleave" | "drop");
        if is_drag && dom::closest(&target, ".panel").is_some() && ChatClient::carries_files(event) {
            event.prevent_default();
        } else if is_drag || event.type_() == "change" && !is_field {
            return;
        }
        let dropping = event.type_() == "dragover";
        if dropping || event.type_() == "dragleave" {
            if self.state.borrow().content.dropping != dropping {
                self.send(ContentEvent::Dropping(dropping).into());
            }
            return;
        }
        let files = ChatClient::files_of(event);
        if !files.is_empty() {
            event.prevent_default();
            self.send(ContentEvent::FilesTaken(files).into());
            dom::focus(self.field().as_deref());
        }
    }

    /// Formats what is selected in the composer. Done by the browser's own command, so that it can be undone.
    pub(super) fn format(&self, format: Format) {
        let Some(field) = self.field() else { return };
        let place = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or(0);
        let text = field.value();
        let change = toggle(&text, place(field.selection_start()), place(field.selection_end()), format);
        dom::focus(Some(&field));
        apply(&field, &change);
        self.send(Event::Composed(field.value()));
        self.show();
        let _ = field.set_selection_range(change.select.0, change.select.1);
    }
}

fn apply(field: &HtmlTextAreaElement, change: &Change) {
    let _ = field.set_selection_range(change.from, change.to);
    if !dom::insert_text(&change.text) {
        let _ = field.set_range_text(&change.text);
    }
}
