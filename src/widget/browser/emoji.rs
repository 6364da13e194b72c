//! The emoji of the picker, from the site; and into the text that is being written.

use wasm_bindgen_futures::spawn_local;

use super::{Widget, dom};
use crate::{
    api::{ApiError, client},
    model::json::FromJson,
    widget::state::{EmojiEvent, EmojiGroup, Event, MessageEvent},
};

impl Widget {
    pub(super) fn load_emoji(&self) {
        let widget = self.clone();
        let address = ["/emoji.", self.language.tag(), ".json"].concat();
        spawn_local(async move {
            let groups = load(&address).await;
            widget.send(EmojiEvent::Loaded(groups).into());
        });
    }

    /// Puts the text where the writing goes on, and closes what it was picked from.
    pub(super) fn insert(&self, text: String) {
        if let Some(field) = self.field() {
            let end = || field.value().encode_utf16().count().try_into().unwrap_or(u32::MAX);
            let at = |place: Option<u32>| place.unwrap_or_else(end);
            let (from, to) = (field.selection_start().ok().flatten(), field.selection_end().ok().flatten());
            let _ = field.set_range_text_with_start_and_end_and_mode(&text, at(from), at(to), "end");
            self.send(Event::Composed(field.value()));
        }
        self.send(MessageEvent::SheetClosed.into());
        self.send(Event::EmojiUsed(text));
        dom::focus(self.field().as_deref());
    }
}

async fn load(address: &str) -> Result<Vec<EmojiGroup>, ApiError> {
    let groups = client::file(address).await?;
    let groups = groups.list().ok_or(ApiError::Internal)?;
    Ok(groups.iter().filter_map(|group| EmojiGroup::from_json(group).ok()).collect())
}
