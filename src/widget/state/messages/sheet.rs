//! What lies over the conversation for a while: who reacted and read, the marked messages, whom to forward to, the emoji.

use super::MessageEffect;
use crate::{
    model::{
        chat::{Message, Peer, Person, Reader},
        ids::MessageId,
    },
    sdk::SdkError,
    widget::state::{Effect, State},
};

/// What was asked for and may be here.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Loaded<T> {
    #[default]
    Loading,
    Failed,
    Here(T),
}

impl<T> From<Result<T, SdkError>> for Loaded<T> {
    fn from(result: Result<T, SdkError>) -> Self {
        result.map_or(Self::Failed, Self::Here)
    }
}

/// One sheet at a time.
#[derive(Clone, Debug, PartialEq)]
pub enum Sheet {
    /// Who reacted with what, and of one's own message who received and read it.
    Info { id: MessageId, reacted: Loaded<Vec<(String, Person)>>, readers: Option<Loaded<Vec<Reader>>> },
    /// The pinned messages of a conversation, or what the visitor has saved.
    Marked { peer: Option<Peer>, messages: Loaded<Vec<Message>> },
    /// To whom the message is to go.
    Forward { id: MessageId, search: String },
    /// All emoji: for a reaction to this message, or for the text that is being written.
    Emoji(Option<MessageId>),
}

impl Sheet {
    pub fn info(id: MessageId, mine: bool) -> Self {
        Self::Info { id, reacted: Loaded::Loading, readers: mine.then_some(Loaded::Loading) }
    }

    pub fn marked(peer: Option<Peer>) -> Self {
        Self::Marked { peer, messages: Loaded::Loading }
    }
}

impl State {
    pub(super) fn sheet_opened(&mut self, sheet: Sheet, effects: &mut Vec<Effect>) {
        match &sheet {
            Sheet::Info { id, readers, .. } => {
                effects.push(MessageEffect::LoadReacted(*id).into());
                if readers.is_some() {
                    effects.push(MessageEffect::LoadReaders(*id).into());
                }
            }
            Sheet::Marked { peer, .. } => effects.push(MessageEffect::LoadMarked(peer.clone()).into()),
            Sheet::Forward { .. } => effects.push(Effect::SearchPeople { search: String::new(), page: 1 }),
            Sheet::Emoji(_) => self.emoji_opened(effects),
        }
        self.panel.sheet = Some(sheet);
    }

    pub(super) fn reacted_answered(&mut self, of: MessageId, result: Result<Vec<(String, Person)>, SdkError>) {
        if let Some(Sheet::Info { id, reacted, .. }) = &mut self.panel.sheet
            && *id == of
        {
            *reacted = Loaded::from(result);
        }
    }

    pub(super) fn readers_answered(&mut self, of: MessageId, result: Result<Vec<Reader>, SdkError>) {
        if let Some(Sheet::Info { id, readers: Some(readers), .. }) = &mut self.panel.sheet
            && *id == of
        {
            *readers = Loaded::from(result);
        }
    }
}
