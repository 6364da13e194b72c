//! A voice note: recorded, listened to, sent or dropped.

use super::{ContentEffect, ContentEvent, OutFile, State, Upload};
use crate::{
    model::chat::{LocalFile, Peer},
    sdk::SdkError,
    widget::state::Effect,
};

/// So many levels are shown.
const LEVELS: usize = 32;

/// Why there is no recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Refused,
    NoMicrophone,
    Other,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Voice {
    #[default]
    Silent,
    /// The visitor is asked for the microphone.
    Asking(Peer),
    Recording {
        peer: Peer,
        seconds: u32,
        /// The newest last, in percent.
        levels: Vec<u8>,
        paused: bool,
    },
    /// The file is being made.
    Ending(Peer),
    /// To be listened to.
    Recorded(Peer, LocalFile),
    Trouble(Peer, Trouble),
}

impl State {
    /// The voice note of the open conversation.
    pub fn voice(&self) -> &Voice {
        let is_here = |peer: &Peer| self.panel.peer() == Some(peer);
        match &self.content.voice {
            Voice::Asking(peer)
            | Voice::Recording { peer, .. }
            | Voice::Ending(peer)
            | Voice::Recorded(peer, _)
            | Voice::Trouble(peer, _)
                if is_here(peer) =>
            {
                &self.content.voice
            }
            _ => &Voice::Silent,
        }
    }

    pub(super) fn voice_intent(&mut self, event: ContentEvent, effects: &mut Vec<Effect>) {
        match (event, &mut self.content.voice) {
            (ContentEvent::RecordingWanted, Voice::Silent | Voice::Trouble(..)) => {
                if let Some(peer) = self.panel.peer().cloned() {
                    self.content.voice = Voice::Asking(peer);
                    effects.push(ContentEffect::Record.into());
                }
            }
            (ContentEvent::RecordingPaused(pause), Voice::Recording { paused, .. }) => {
                *paused = pause;
                effects.push(ContentEffect::PauseRecording(pause).into());
            }
            (ContentEvent::RecordingStopped, Voice::Recording { peer, .. }) => {
                self.content.voice = Voice::Ending(peer.clone());
                effects.push(ContentEffect::EndRecording { keep: true }.into());
            }
            (ContentEvent::RecordingDropped, _) => self.drop_recording(effects),
            (ContentEvent::RecordingSubmitted { muid, at }, Voice::Recorded(peer, file)) => {
                let (peer, file) = (peer.clone(), file.clone());
                self.content.voice = Voice::Silent;
                // A message of its own, whatever waits in the tray.
                let waiting = self.content.trays.remove(&peer);
                self.content.trays.insert(peer.clone(), vec![OutFile { file, upload: Upload::Waiting }]);
                self.submit_files(&peer, "", &muid, at);
                if let Some(waiting) = waiting {
                    self.content.trays.insert(peer.clone(), waiting);
                }
                if self.content.limits.is_none() {
                    effects.push(ContentEffect::LoadLimits.into());
                }
                self.files_moved(&peer, effects);
            }
            _ => {}
        }
    }

    /// Whatever there is of a recording goes.
    pub(in crate::widget::state) fn drop_recording(&mut self, effects: &mut Vec<Effect>) {
        match std::mem::take(&mut self.content.voice) {
            Voice::Asking(_) | Voice::Recording { .. } | Voice::Ending(_) => {
                effects.push(ContentEffect::EndRecording { keep: false }.into());
            }
            Voice::Recorded(_, file) => effects.push(ContentEffect::Drop(vec![file.id]).into()),
            Voice::Silent | Voice::Trouble(..) => {}
        }
    }

    pub(super) fn recording_began(&mut self, result: Result<(), SdkError>) {
        let Voice::Asking(peer) = &self.content.voice else { return };
        let peer = peer.clone();
        self.content.voice = match result {
            Ok(()) => Voice::Recording { peer, seconds: 0, levels: Vec::new(), paused: false },
            Err(error) => Voice::Trouble(peer, trouble(&error)),
        };
    }

    pub(super) fn recorded(&mut self, result: Result<LocalFile, SdkError>, effects: &mut Vec<Effect>) {
        match (result, &self.content.voice) {
            (Ok(file), Voice::Ending(peer)) => self.content.voice = Voice::Recorded(peer.clone(), file),
            (Err(error), Voice::Ending(peer)) => self.content.voice = Voice::Trouble(peer.clone(), trouble(&error)),
            // Nobody waits for it any more.
            (Ok(file), _) => effects.push(ContentEffect::Drop(vec![file.id]).into()),
            (Err(_), _) => {}
        }
    }

    /// How loud it is now, in percent.
    pub(in crate::widget::state) fn heard_level(&mut self, so_far: u32, level: u8) {
        if let Voice::Recording { seconds, levels, paused: false, .. } = &mut self.content.voice {
            *seconds = so_far;
            levels.push(level.min(100));
            levels.drain(..levels.len().saturating_sub(LEVELS));
        }
    }
}

/// By the names of the browser's refusals.
fn trouble(error: &SdkError) -> Trouble {
    match error {
        SdkError::Cloud { code, .. } if code == "NotAllowedError" || code == "SecurityError" => Trouble::Refused,
        SdkError::Cloud { code, .. } if code == "NotFoundError" || code == "NO_MICROPHONE" => Trouble::NoMicrophone,
        _ => Trouble::Other,
    }
}
