//! What messages are made of beyond their text: files on their way, pictures that are looked at, voice notes.

mod sending;
mod tray;
mod viewer;
mod voice;

use litemap::LiteMap;

pub use self::{
    tray::{OutFile, Upload},
    viewer::Viewing,
    voice::{Trouble, Voice},
};
use super::{Effect, State};
use crate::{
    model::{
        chat::{FileStep, Limits, LocalFile, MediaKind, Peer},
        ids::MessageId,
    },
    sdk::SdkError,
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContentState {
    /// The bar of formats is shown.
    pub formatting: bool,
    /// Files are held over the conversation.
    pub dropping: bool,
    /// What waits above the composer, for each conversation.
    pub trays: LiteMap<Peer, Vec<OutFile>>,
    /// How many of what was chosen last did not fit.
    pub left_out: u32,
    pub limits: Option<Limits>,
    pub viewing: Option<Viewing>,
    /// Of files that this page sent, where it has them itself: what is shown already is not fetched again.
    pub own: LiteMap<String, String>,
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
    ViewerMoved(i32),
    /// Larger, or smaller.
    ViewerZoomed(i32),
    ViewerClosed,
    RecordingWanted,
    RecordingPaused(bool),
    RecordingStopped,
    RecordingDropped,
    /// Send the recording; `muid` is fresh, `at` is the time in unix seconds.
    RecordingSubmitted {
        muid: String,
        at: i64,
    },
}

/// What is to be done for content.
#[derive(Clone, Debug, PartialEq)]
pub enum ContentEffect {
    LoadLimits,
    /// Begin, or begin again; how far they come is told by events.
    Upload {
        peer: Peer,
        ids: Vec<u32>,
    },
    /// Let go of files, whatever is under way with them.
    Drop(Vec<u32>),
    Send {
        peer: Peer,
        muid: String,
        kind: MediaKind,
        ids: Vec<u32>,
        caption: String,
        /// A list in JSON, one shape for each file.
        shapes: String,
    },
    Record,
    PauseRecording(bool),
    /// The file follows as an answer, unless it is dropped.
    EndRecording {
        keep: bool,
    },
}

/// What an effect brought.
#[derive(Clone, Debug, PartialEq)]
pub enum ContentAnswer {
    Limits(Result<Limits, SdkError>),
    /// Whether recording began.
    Recording(Result<(), SdkError>),
    Recorded(Result<LocalFile, SdkError>),
}

impl ContentAnswer {
    pub fn error(&self) -> Option<&SdkError> {
        match self {
            Self::Limits(result) => result.as_ref().err(),
            Self::Recording(_) | Self::Recorded(_) => None,
        }
    }
}

impl From<ContentEffect> for Effect {
    fn from(effect: ContentEffect) -> Self {
        Self::Content(effect)
    }
}

impl State {
    pub(super) fn content_intent(&mut self, event: ContentEvent, effects: &mut Vec<Effect>) {
        match event {
            ContentEvent::FormattingToggled => self.content.formatting = !self.content.formatting,
            ContentEvent::Dropping(dropping) => self.content.dropping = dropping,
            ContentEvent::FilesTaken(files) => self.files_taken(files, effects),
            ContentEvent::FileRemoved(id) => self.file_removed(id, effects),
            ContentEvent::FileRetried(id) => self.file_retried(id, effects),
            ContentEvent::Viewed(..)
            | ContentEvent::ViewerMoved(_)
            | ContentEvent::ViewerZoomed(_)
            | ContentEvent::ViewerClosed => self.viewer_intent(&event),
            event => self.voice_intent(event, effects),
        }
    }

    pub(super) fn content_answered(&mut self, answer: ContentAnswer, effects: &mut Vec<Effect>) {
        match answer {
            ContentAnswer::Limits(limits) => self.limits_known(limits.unwrap_or_default(), effects),
            ContentAnswer::Recording(result) => self.recording_began(result),
            ContentAnswer::Recorded(result) => self.recorded(result, effects),
        }
    }

    pub(super) fn file_told(&mut self, id: u32, step: FileStep, effects: &mut Vec<Effect>) {
        let is_live = self.connection.is_live();
        let found = self.with_file(id, |file| file.follow(step, is_live));
        if let Some(peer) = found {
            self.files_moved(&peer, effects);
        }
    }
}
