//! A short word on something that was done, or was not. A trouble that one can do something about stays until it was read;
//! the rest goes by itself.

use super::{Effect, State, Timer, Trouble};

/// Long enough to be read, and to take a deletion back.
const SHOWN_FOR_MS: u32 = 6000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toast {
    /// The cloud did not do it.
    Failed,
    Forwarded,
    Reported,
    /// The message that was looked for is not in the conversation any more.
    NotThere,
    /// A conversation is about to be deleted: that can be taken back for as long as this is shown.
    Deleted,
    Trouble(Trouble),
}

impl State {
    pub(super) fn toast(&mut self, toast: Toast, effects: &mut Vec<Effect>) {
        if toast != Toast::Deleted {
            // The way back goes with the words.
            self.deletion_is_final(effects);
        }
        self.panel.toast = Some(toast);
        effects.push(Effect::Schedule { timer: Timer::ToastOver, after_ms: SHOWN_FOR_MS });
    }

    pub(super) fn trouble(&mut self, trouble: Trouble, effects: &mut Vec<Effect>) {
        self.deletion_is_final(effects);
        self.panel.toast = Some(Toast::Trouble(trouble));
    }

    /// What went wrong before is of no interest any more.
    pub(super) fn trouble_seen(&mut self) {
        self.panel.toast.take_if(|toast| matches!(toast, Toast::Trouble(_)));
    }

    /// Its time is over.
    pub(super) fn toast_over(&mut self, effects: &mut Vec<Effect>) {
        self.panel.toast.take_if(|toast| !matches!(toast, Toast::Trouble(_)));
        self.deletion_is_final(effects);
    }
}
