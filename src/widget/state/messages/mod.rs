//! What is done with single messages besides sending, editing and deleting them: reactions, answers, threads, marks,
//! forwarding, and who has read them.

mod forwarding;
mod marks;
mod mention;
mod reactions;
mod refresh;
mod sheet;
mod thread;

pub use self::{
    mention::{Mention, Mentioned},
    sheet::{Loaded, Sheet},
};
use super::{Effect, State};
use crate::{
    model::{
        chat::{Message, Peer, Person, Reader},
        ids::MessageId,
    },
    sdk::SdkError,
};

/// What a visitor asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum MessageEvent {
    /// An emoji of the visitor's is put to the message, or taken away.
    ReactionToggled {
        id: MessageId,
        emoji: String,
    },
    /// The next message answers this one, or nothing any more.
    QuoteStarted(MessageId),
    QuoteDropped,
    ThreadOpened(MessageId),
    PinToggled(MessageId),
    SaveToggled(MessageId),
    /// This message and all after it are to be unread again.
    UnreadFrom(MessageId),
    /// Of those whom an `@` has found: the next, or the one before.
    MentionMoved {
        down: bool,
    },
    MentionTaken(Box<Person>),
    MentionDropped,
    /// A message is to be seen where it stands.
    Wanted(MessageId),
    /// Whom to forward to is looked for.
    ForwardSearched(String),
    SheetOpened(Sheet),
    SheetClosed,
    /// The message of the open sheet goes to this conversation; `muid` is fresh.
    Forwarded {
        peer: Peer,
        muid: String,
    },
}

/// What is asked of the cloud.
#[derive(Clone, Debug, PartialEq)]
pub enum MessageEffect {
    React {
        peer: Peer,
        id: MessageId,
        emoji: String,
        added: bool,
    },
    /// The message as it is now.
    Refresh {
        peer: Peer,
        id: MessageId,
    },
    /// The newest page as it is now: what hangs on its messages was changed while nobody told.
    RefreshNewest(Peer),
    Pin {
        peer: Peer,
        id: MessageId,
        on: bool,
    },
    Save {
        peer: Peer,
        id: MessageId,
        on: bool,
    },
    /// Who reacted, and who has read.
    LoadReacted(MessageId),
    LoadReaders(MessageId),
    /// The pinned messages of a conversation, or all saved ones.
    LoadMarked(Option<Peer>),
    /// Members of a group, for a mention.
    LoadMembers {
        guid: String,
        search: String,
    },
    Forward {
        id: MessageId,
        peer: Peer,
        muid: String,
    },
}

/// What it brought.
#[derive(Clone, Debug, PartialEq)]
pub enum MessageAnswer {
    Refreshed {
        peer: Peer,
        id: MessageId,
        result: Result<Message, SdkError>,
    },
    Newest {
        peer: Peer,
        result: Result<Vec<Message>, SdkError>,
    },
    /// Of a reaction, a pin or a save.
    Marked {
        peer: Peer,
        id: MessageId,
        result: Result<Message, SdkError>,
    },
    Reacted {
        id: MessageId,
        result: Result<Vec<(String, Person)>, SdkError>,
    },
    Readers {
        id: MessageId,
        result: Result<Vec<Reader>, SdkError>,
    },
    MarkedList {
        peer: Option<Peer>,
        result: Result<Vec<Message>, SdkError>,
    },
    Members {
        search: String,
        result: Result<Vec<Person>, SdkError>,
    },
    Forwarded {
        peer: Peer,
        result: Result<Message, SdkError>,
    },
}

impl MessageAnswer {
    pub fn error(&self) -> Option<&SdkError> {
        match self {
            Self::Refreshed { result, .. } | Self::Marked { result, .. } | Self::Forwarded { result, .. } => {
                result.as_ref().err()
            }
            Self::Newest { result, .. } | Self::MarkedList { result, .. } => result.as_ref().err(),
            Self::Reacted { result, .. } => result.as_ref().err(),
            Self::Members { result, .. } => result.as_ref().err(),
            Self::Readers { result, .. } => result.as_ref().err(),
        }
    }
}

impl From<MessageEvent> for super::Event {
    fn from(event: MessageEvent) -> Self {
        Self::Message(event)
    }
}

impl From<MessageEffect> for Effect {
    fn from(effect: MessageEffect) -> Self {
        Self::Message(effect)
    }
}

impl State {
    pub(super) fn message_intent(&mut self, event: MessageEvent, effects: &mut Vec<Effect>) {
        self.panel.handling.menu = None;
        match event {
            MessageEvent::ReactionToggled { id, emoji } => self.reaction_toggled(id, &emoji, effects),
            MessageEvent::QuoteStarted(id) => self.quote_started(id),
            MessageEvent::QuoteDropped => self.panel.quoting = None,
            MessageEvent::ThreadOpened(id) => self.thread_opened(id, effects),
            MessageEvent::PinToggled(id) => self.mark_toggled(id, false, effects),
            MessageEvent::SaveToggled(id) => self.mark_toggled(id, true, effects),
            MessageEvent::UnreadFrom(id) => self.unread_from(id, effects),
            MessageEvent::MentionMoved { down } => self.mention_moved(down),
            MessageEvent::MentionTaken(person) => self.mention_taken(*person, effects),
            MessageEvent::MentionDropped => self.panel.mention = None,
            MessageEvent::Wanted(id) => {
                // What is quoted, and not here yet, stands in the open conversation; what is older than a thread, around it.
                let open =
                    self.panel.peer().map(|peer| if peer.parent() > Some(id) { peer.conversation() } else { peer });
                let place = self.open_message(id).map(|(peer, _)| peer).or_else(|| open.cloned());
                self.panel.sheet = None;
                if let Some(place) = place {
                    self.message_wanted(&place, id, effects);
                }
            }
            MessageEvent::ForwardSearched(search) => self.forward_searched(search, effects),
            MessageEvent::SheetOpened(sheet) => self.sheet_opened(sheet, effects),
            MessageEvent::SheetClosed => self.panel.sheet = None,
            MessageEvent::Forwarded { peer, muid } => self.forward(peer, muid, effects),
        }
    }

    pub(super) fn message_answered(&mut self, answer: MessageAnswer, effects: &mut Vec<Effect>) {
        match answer {
            MessageAnswer::Refreshed { peer, id, result } => self.refreshed(&peer, id, result, effects),
            MessageAnswer::Newest { peer, result } => self.newest_refreshed(&peer, result),
            MessageAnswer::Marked { peer, id, result } => self.mark_answered(&peer, id, result, effects),
            MessageAnswer::Reacted { id, result } => self.reacted_answered(id, result),
            MessageAnswer::Readers { id, result } => self.readers_answered(id, result),
            MessageAnswer::MarkedList { peer, result } => self.marked_answered(peer.as_ref(), result),
            MessageAnswer::Members { search, result } => self.mentionable_answered(&search, result),
            MessageAnswer::Forwarded { peer, result } => self.forwarded(&peer, result, effects),
        }
    }

    /// The message of the open conversation, or of the list that lies over it; and where it stands.
    pub(super) fn open_message(&self, id: MessageId) -> Option<(Peer, &Message)> {
        let in_sheet = || {
            let Some(Sheet::Marked { messages: Loaded::Here(messages), .. }) = &self.panel.sheet else { return None };
            let message = messages.iter().find(|one| one.id == id)?;
            Some((message.place(self.me()?), message))
        };
        let open = self.panel.peer().and_then(|peer| {
            let message = self.timelines.get(peer)?.messages.get(&id)?;
            Some((peer.clone(), message.as_ref()))
        });
        let parent = || {
            let thread = self.panel.peer()?;
            let parent = self.timelines.get(thread)?.parent.as_deref().filter(|parent| parent.id == id)?;
            Some((thread.conversation().clone(), parent))
        };
        open.or_else(parent).or_else(in_sheet)
    }
}
