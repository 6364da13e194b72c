//! The picture that fills the screen: one of all that the open conversation has.

use super::{ContentEvent, State};
use crate::model::{
    chat::{Attachment, Content, Message},
    ids::MessageId,
};

/// As many steps larger, at most.
const CLOSEST: u8 = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewing {
    pub message: MessageId,
    /// Which of its pictures.
    pub place: usize,
    /// The picture is so many times as large as the screen has room for.
    pub zoom: u8,
}

fn pictures_of(message: &Message) -> &[Attachment] {
    match &message.content {
        Content::Media { media_type, attachments, .. } if media_type == "image" && message.deleted_at.is_none() => {
            attachments
        }
        _ => &[],
    }
}

impl State {
    /// The picture that is looked at, and its place among all: none once its message is gone.
    pub fn viewed(&self) -> Option<(Viewing, &Attachment, usize, usize)> {
        let viewing = self.content.viewing?;
        let all = self.pictures();
        let at = all.iter().position(|(id, place, _)| (*id, *place) == (viewing.message, viewing.place))?;
        Some((viewing, all[at].2, at, all.len()))
    }

    fn pictures(&self) -> Vec<(MessageId, usize, &Attachment)> {
        let timeline = self.panel.peer().and_then(|peer| self.timelines.get(peer));
        let messages = timeline.into_iter().flat_map(|timeline| timeline.messages.values());
        let each = messages.flat_map(|message| {
            pictures_of(message).iter().enumerate().map(|(place, picture)| (message.id, place, picture))
        });
        each.collect()
    }

    pub(super) fn viewer_intent(&mut self, event: &ContentEvent) {
        match event {
            ContentEvent::Viewed(message, place) => {
                self.content.viewing = Some(Viewing { message: *message, place: *place, zoom: 1 });
            }
            ContentEvent::ViewerMoved(by) => {
                let moved = self.viewed().and_then(|(_, _, at, _)| {
                    let at = at.checked_add_signed(isize::try_from(*by).ok()?)?;
                    self.pictures().get(at).map(|(message, place, _)| (*message, *place))
                });
                if let Some((message, place)) = moved {
                    self.content.viewing = Some(Viewing { message, place, zoom: 1 });
                }
            }
            ContentEvent::ViewerZoomed(by) => {
                if let Some(viewing) = &mut self.content.viewing {
                    let step = i8::try_from(*by).unwrap_or_default();
                    viewing.zoom = viewing.zoom.saturating_add_signed(step).clamp(1, CLOSEST);
                }
            }
            _ => self.content.viewing = None,
        }
    }
}
