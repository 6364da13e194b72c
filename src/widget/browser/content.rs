//! Files, formats and voice notes: their effects, and what the visitor's hand does about them.

use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use web_sys::{Element, Event as PageEvent, HtmlTextAreaElement};

use super::{Widget, dom};
use crate::{
    sdk::{ChatClient, FileRequest, SdkError, protocol},
    widget::{
        intent::Format,
        state::{Answer, ContentAnswer, ContentEvent},
    },
};

/// What the answer to a request says.
pub fn answered(request: FileRequest, answer: Result<String, SdkError>) -> Answer {
    match request {
        FileRequest::Send { peer, muid, .. } => {
            Answer::Sent { peer, muid, result: answer.and_then(|json| protocol::message(&json)) }
        }
        FileRequest::Record => Answer::Content(ContentAnswer::Recording(answer.err())),
        FileRequest::End { keep: true } => {
            Answer::Content(ContentAnswer::Recorded(answer.and_then(|json| protocol::file(&json))))
        }
        FileRequest::Upload { ids, .. } if answer.is_err() => Answer::Content(ContentAnswer::NotUploaded(ids)),
        _ => Answer::Marked(answer.map(drop)),
    }
}

impl Widget {
    /// A field of files changed, or something was pasted, dragged or dropped.
    pub(super) fn files_came(&self, event: &PageEvent) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
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

    /// Formats what is selected in the composer, or no longer so.
    pub(super) fn format(&self, format: Format) {
        let Some(field) = self.field() else { return };
        dom::focus(Some(&field));
        let [open, close] = format.marks();
        format_selection(&field, open, close);
        self.show();
    }
}

#[wasm_bindgen(module = "/src/widget/browser/format.js")]
extern "C" {
    #[wasm_bindgen(js_name = formatSelection)]
    fn format_selection(field: &HtmlTextAreaElement, open: &str, close: &str);
}
