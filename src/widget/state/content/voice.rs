//! A voice note of the open conversation: recorded, listened to, sent or dropped. It ends when that is left.

use super::{ContentEvent, OutFile, State};
use crate::{
    model::chat::{LocalFile, MediaKind, Peer},
    sdk::{FileRequest, SdkError},
    widget::state::{Effect, Pending},
};

/// So many levels are shown.
const LEVELS: usize = 32;

/// Why there is no recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unheard {
    Refused,
    NoMicrophone,
    Other,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Voice {
    #[default]
    Silent,
    /// The visitor is asked for the microphone.
    Asking,
    Recording {
        seconds: u32,
        /// The newest last, in percent.
        levels: Vec<u8>,
        paused: bool,
    },
    /// The file is being made.
    Ending,
    /// To be listened to.
    Recorded(LocalFile),
    Unheard(Unheard),
}

impl State {
    pub(in crate::widget::state) fn voice_intent(&mut self, event: ContentEvent, effects: &mut Vec<Effect>) {
        match (event, &mut self.content.voice) {
            (ContentEvent::RecordingWanted, Voice::Silent | Voice::Unheard(_)) => {
                self.content.voice = Voice::Asking;
                effects.push(FileRequest::Record.into());
            }
            (ContentEvent::RecordingPaused(pause), Voice::Recording { paused, .. }) => {
                *paused = pause;
                effects.push(FileRequest::Pause(pause).into());
            }
            (ContentEvent::RecordingStopped, Voice::Recording { .. }) => {
                self.content.voice = Voice::Ending;
                effects.push(FileRequest::End { keep: true }.into());
            }
            (ContentEvent::RecordingDropped, _) => self.drop_recording(effects),
            _ => {}
        }
    }

    /// Makes a message of the recording, whatever waits above the composer; whether there is one.
    pub(in crate::widget::state) fn submit_recording(
        &mut self,
        peer: &Peer,
        muid: &str,
        at: i64,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let Voice::Recorded(file) = &self.content.voice else { return false };
        let (file, peer, muid) = (file.clone(), peer.clone(), muid.to_owned());
        self.content.voice = Voice::Silent;
        // In a request of its own, whatever else is uploaded meanwhile.
        effects.push(FileRequest::Upload { peer: peer.clone(), ids: vec![file.id], fresh: true }.into());
        let mut pending = Pending::new(muid.clone(), String::new(), at, Some(MediaKind::Audio));
        pending.quoted = self.panel.quoting.take();
        self.with_pending(&peer, |all| all.push(pending));
        self.content.files.push(OutFile::new(file, peer, Some(muid)));
        true
    }

    /// Whatever there is of a recording goes.
    pub(in crate::widget::state) fn drop_recording(&mut self, effects: &mut Vec<Effect>) {
        match std::mem::take(&mut self.content.voice) {
            Voice::Recorded(file) => effects.push(FileRequest::Drop(vec![file.id]).into()),
            Voice::Silent | Voice::Unheard(_) => {}
            _ => effects.push(FileRequest::End { keep: false }.into()),
        }
    }

    pub(super) fn recording_began(&mut self, error: Option<SdkError>) {
        if matches!(self.content.voice, Voice::Asking) {
            self.content.voice = match error {
                None => Voice::Recording { seconds: 0, levels: Vec::new(), paused: false },
                Some(error) => Voice::Unheard(trouble(&error)),
            };
        }
    }

    pub(super) fn recorded(&mut self, result: Result<LocalFile, SdkError>, effects: &mut Vec<Effect>) {
        match result {
            _ if matches!(self.content.voice, Voice::Ending) => {
                self.content.voice = result.map_or_else(|error| Voice::Unheard(trouble(&error)), Voice::Recorded);
            }
            // Nobody waits for it any more.
            Ok(file) => effects.push(FileRequest::Drop(vec![file.id]).into()),
            Err(_) => {}
        }
    }

    /// How loud it is now, in percent.
    pub(in crate::widget::state) fn heard_level(&mut self, so_far: u32, level: u8) {
        if let Voice::Recording { seconds, levels, paused: false } = &mut self.content.voice {
            *seconds = so_far;
            if levels.len() == LEVELS {
                levels.remove(0);
            }
            levels.push(level);
        }
    }
}

/// By the names of the browser's refusals.
fn trouble(error: &SdkError) -> Unheard {
    match error {
        SdkError::Cloud { code, .. } if code == "NotAllowedError" => Unheard::Refused,
        SdkError::Cloud { code, .. } if code == "NotFoundError" => Unheard::NoMicrophone,
        _ => Unheard::Other,
    }
}
