//! What messages are made of beyond their text: files on their way, pictures that are looked at, voice notes.

mod files;
mod viewer;
mod voice;

pub use self::{
    files::{OutFile, Upload},
    viewer::Viewing,
    voice::{Unheard, Voice},
};
use super::{Effect, State};
use crate::{
    model::{chat::LocalFile, ids::MessageId},
    sdk::{FileRequest, SdkError},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContentState {
    /// The bar of formats is shown.
    pub formatting: bool,
    /// Files are held over the conversation.
    pub dropping: bool,
    /// Every file on its way into a message, of all conversations.
    pub files: Vec<OutFile>,
    pub viewing: Option<Viewing>,
    /// Of files that this page sent, the cloud's address and its own: what is shown already is not fetched again.
    pub own: Vec<(String, String)>,
    pub voice: Voice,
}

/// What happens to content.
#[derive(Clone, Debug, PartialEq)]
pub enum ContentEvent {
    FormattingToggled,
    /// Files are held over the open conversation, or taken away from it.
    Dropping(bool),
    /// Files were chosen, pasted or dropped for the open conversation.
    FilesTaken(Vec<LocalFile>),
    FileRemoved(u32),
    FileRetried(u32),
    /// A picture of a message, by its place in it.
    Viewed(MessageId, usize),
    /// To the next picture, or the one before.
    ViewerMoved(isize),
    /// Larger, or smaller.
    ViewerZoomed(i8),
    ViewerClosed,
    RecordingWanted,
    RecordingPaused(bool),
    RecordingStopped,
    RecordingDropped,
}

/// What a request brought.
#[derive(Clone, Debug, PartialEq)]
pub enum ContentAnswer {
    /// Why recording did not begin; none where it did.
    Recording(Option<SdkError>),
    Recorded(Result<LocalFile, SdkError>),
    /// The upload of these did not even begin.
    NotUploaded(Vec<u32>),
}

impl From<FileRequest> for Effect {
    fn from(request: FileRequest) -> Self {
        Self::Content(request)
    }
}

impl State {
    pub(super) fn content_intent(&mut self, event: ContentEvent, effects: &mut Vec<Effect>) {
        match event {
            ContentEvent::FormattingToggled => self.content.formatting = !self.content.formatting,
            ContentEvent::Dropping(dropping) => self.content.dropping = dropping,
            ContentEvent::FilesTaken(files) => self.files_taken(files, effects),
            ContentEvent::FileRemoved(id) => self.file_removed(id, effects),
            ContentEvent::FileRetried(id) => self.retry_files(|out| out.file.id == id, effects),
            ContentEvent::Viewed(message, place) => {
                self.content.viewing = Some(Viewing { message, place, zoom: 1 });
            }
            ContentEvent::ViewerMoved(by) => self.viewer_moved(by),
            ContentEvent::ViewerZoomed(by) => self.viewer_zoomed(by),
            ContentEvent::ViewerClosed => self.content.viewing = None,
            event => self.voice_intent(event, effects),
        }
    }

    pub(super) fn content_answered(&mut self, answer: ContentAnswer, effects: &mut Vec<Effect>) {
        match answer {
            ContentAnswer::Recording(error) => self.recording_began(error),
            ContentAnswer::Recorded(result) => self.recorded(result, effects),
            ContentAnswer::NotUploaded(ids) => self.uploads_interrupted(|out| ids.contains(&out.file.id)),
        }
    }
}
