//! A short word on something that was done, or was not: it goes by itself.

use super::{Effect, State, Timer};

/// Long enough to be read.
const SHOWN_FOR_MS: u32 = 4000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toast {
    /// The cloud did not do it.
    Failed,
    Forwarded,
    /// The message that was looked for is not in the conversation any more.
    NotThere,
}

impl State {
    pub(super) fn toast(&mut self, toast: Toast, effects: &mut Vec<Effect>) {
        self.panel.toast = Some(toast);
        effects.push(Effect::Schedule { timer: Timer::ToastOver, after_ms: SHOWN_FOR_MS });
    }
}
