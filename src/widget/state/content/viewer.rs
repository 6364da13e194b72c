//! The picture that fills the screen: one of all that the open conversation has.

use super::State;
use crate::model::{
    chat::{Attachment, Content},
    ids::MessageId,
};

/// As many times larger than there is room for, at most.
const CLOSEST: u8 = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewing {
    pub message: MessageId,
    /// Which of its pictures.
    pub place: usize,
    pub zoom: u8,
}

impl State {
    /// The picture that is looked at, its place among all, and how many there are: none once its message is gone.
    pub fn viewed(&self) -> Option<(Viewing, &Attachment, usize, usize)> {
        let viewing = self.content.viewing?;
        let all = self.pictures();
        let at = all.iter().position(|(id, place, _)| (*id, *place) == (viewing.message, viewing.place))?;
        Some((viewing, all[at].2, at, all.len()))
    }

    fn pictures(&self) -> Vec<(MessageId, usize, &Attachment)> {
        let mut pictures = Vec::new();
        let Some(timeline) = self.panel.peer().and_then(|peer| self.timelines.get(peer)) else { return pictures };
        for message in timeline.messages.values() {
            if let Content::Media { media_type, attachments, .. } = &message.content
                && media_type == "image"
                && message.deleted_at.is_none()
            {
                for (place, picture) in attachments.iter().enumerate() {
                    pictures.push((message.id, place, picture));
                }
            }
        }
        pictures
    }

    pub(super) fn viewer_moved(&mut self, by: isize) {
        let Some((_, _, at, _)) = self.viewed() else { return };
        let to = at.checked_add_signed(by).and_then(|at| self.pictures().get(at).copied());
        if let Some((message, place, _)) = to {
            self.content.viewing = Some(Viewing { message, place, zoom: 1 });
        }
    }

    pub(super) fn viewer_zoomed(&mut self, by: i8) {
        if let Some(viewing) = &mut self.content.viewing {
            viewing.zoom = viewing.zoom.saturating_add_signed(by).clamp(1, CLOSEST);
        }
    }
}
