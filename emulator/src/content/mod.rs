//! What the cloud makes of a message by its text alone, where tests said so: moderation, and the metadata that the
//! link-preview extension leaves. Nothing here looks at anything outside.

pub(crate) mod moderation;
pub(crate) mod preview;
mod rules;

use self::{moderation::Verdict, preview::Preview, rules::Rules};

/// All rules about texts of an emulator.
#[derive(Default)]
pub(crate) struct Content {
    pub moderation: Rules<Verdict>,
    pub previews: Rules<Preview>,
}

impl Content {
    /// Forgets all of them.
    pub(crate) fn clear(&self) {
        self.moderation.clear();
        self.previews.clear();
    }
}
