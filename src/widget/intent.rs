//! What elements ask for when something happens on them.

use super::state::{EmojiEvent, Event, MessageEvent};
use crate::model::chat::Peer;

/// What can happen on an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Click,
    /// A field's text changed.
    Input,
    Submit,
    Focus,
    /// A finger rested on it.
    LongPress,
    /// It was scrolled near to its end, downwards.
    NearEnd,
    /// It was scrolled near to its beginning, upwards.
    NearStart,
}

/// What is to be done then.
#[derive(Clone, Debug)]
pub enum Intent {
    /// Tell the reducer.
    Send(Box<Event>),
    /// Tell the reducer what stands in the field.
    SendText(fn(String) -> Event),
    /// Send what stands in the composer, or save the edit: that needs the time and a fresh id.
    Submit,
    /// Put it into the text that is being written, where the writing goes on.
    Insert(String),
    /// Send the message of the open sheet to somebody else, too.
    Forward(Peer),
    /// Tell the reducer, with a fresh id.
    SendFresh(fn(String) -> Event),
    /// Put the text into the clipboard, and close the menu.
    Copy(String),
    /// Format what is selected in the composer.
    Format(Format),
    /// Show the newest message.
    ToNewest,
    /// Keep the panel for after signing in; the link itself leads there.
    LeaveToSignIn,
    /// Nothing, and nothing around it either.
    Nothing,
}

/// What a key or a button of the composer does to the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Bold,
    Italic,
    Strike,
    Code,
    Link,
    Quote,
    List,
    Numbers,
}

impl Format {
    /// What stands before and behind it; what has nothing behind stands before each line.
    pub fn marks(self) -> [&'static str; 2] {
        match self {
            Self::Bold => ["**", "**"],
            Self::Italic => ["_", "_"],
            Self::Strike => ["~~", "~~"],
            Self::Code => ["`", "`"],
            Self::Link => ["[", "](https://)"],
            Self::Quote => ["> ", ""],
            Self::List => ["- ", ""],
            Self::Numbers => ["1. ", ""],
        }
    }
}

impl From<MessageEvent> for Intent {
    fn from(event: MessageEvent) -> Self {
        Event::from(event).into()
    }
}

impl From<EmojiEvent> for Intent {
    fn from(event: EmojiEvent) -> Self {
        Event::from(event).into()
    }
}

impl From<Event> for Intent {
    fn from(event: Event) -> Self {
        Self::Send(Box::new(event))
    }
}
