//! The widget's state as a pure reducer: events in, state and effects out. It knows no browser, no clock and no SDK:
//! the time is handed in, and what has to be done outside is returned as an [`Effect`]. Tested natively.

mod catch_up;
mod connection;
mod content;
mod context;
mod conversations;
mod effect;
mod emoji;
mod event;
pub mod groups;
mod handling;
pub mod listing;
mod message;
mod messages;
mod outbox;
mod panel;
mod people;
mod presence;
mod receipts;
mod retry;
mod rows;
#[cfg(test)]
pub(crate) mod tests;
mod timeline;
mod toast;
mod typing;
mod unread_line;

use litemap::LiteMap;

pub use self::{
    connection::{Connection, Failure, Phase},
    content::{ContentAnswer, ContentEvent, ContentState, OutFile, Unheard, Upload, Viewing, Voice},
    conversations::{Conversations, ListRow, Loading},
    effect::{Effect, Timer},
    emoji::{EmojiEvent, EmojiGroup, EmojiPicker},
    event::{Answer, Event},
    groups::{GroupEvent, Groups, Trouble},
    handling::Handling,
    listing::{ListEvent, Listing},
    message::{Delivery, readable},
    messages::{Loaded, Mention, Mentioned, MessageAnswer, MessageEffect, MessageEvent, Sheet},
    outbox::{Change, Pending, PendingStatus},
    panel::{Panel, Saved, Screen},
    people::People,
    rows::{Bubble, Item, ItemKey, TimelineRow, parent_row, timeline_items},
    timeline::{Older, PAGE, Synced, Timeline},
    toast::Toast,
    typing::Typing,
};
use crate::model::{
    chat::{Peer, Person},
    event::ChatEvent,
    ids::Uid,
    viewer::Viewer,
};

/// Milliseconds since the Unix epoch, by the browser's clock.
pub type Millis = i64;

/// Everything that the widget knows and shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Counts logins: an answer that was asked for by an earlier one is dropped.
    pub generation: u32,
    pub viewer: Option<Viewer>,
    pub connection: Connection,
    pub panel: Panel,
    pub conversations: Conversations,
    pub timelines: LiteMap<Peer, Timeline>,
    pub presence: LiteMap<Uid, Person>,
    pub typing: Typing,
    pub people: People,
    pub drafts: LiteMap<Peer, String>,
    pub content: ContentState,
    pub emoji: EmojiPicker,
    pub mentioned: Mentioned,
    pub groups: Groups,
    pub listing: Listing,
}

impl State {
    /// Takes in one event at `now` and says what is to be done for it.
    pub fn update(&mut self, event: Event, now: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Chat { generation, event } if generation == self.generation => self.chat(event, now, &mut effects),
            Event::Answered { generation, answer } if generation == self.generation => {
                self.answered(answer, now, &mut effects);
            }
            Event::Chat { .. } | Event::Answered { .. } => {}
            Event::Fired(timer) => self.fired(timer, now, &mut effects),
            event => self.intent(event, now, &mut effects),
        }
        // Without a composer nobody could switch the microphone off.
        if self.panel.peer().is_none_or(|peer| self.is_lost() || self.is_blocked(peer)) {
            self.drop_recording(&mut effects);
        }
        effects
    }

    /// The signed-in visitor's UID.
    pub fn me(&self) -> Option<&Uid> {
        self.viewer.as_ref().map(|viewer| &viewer.uid)
    }

    fn intent(&mut self, event: Event, now: Millis, effects: &mut Vec<Effect>) {
        if matches!(event, Event::Submitted { .. }) && self.panel.editing.is_none() {
            // What is written now is read at the end.
            self.newest_wanted(effects);
        }
        match event {
            Event::ViewerChanged(_)
            | Event::Idle
            | Event::RetryConnection
            | Event::OnlineChanged(_)
            | Event::PageVisible(_)
            | Event::SessionDoubted
            | Event::SessionChecked(_) => self.connection_intent(event, now, effects),
            Event::Submitted { .. }
            | Event::RetrySend { .. }
            | Event::DiscardSend { .. }
            | Event::DeleteConfirmed(_)
            | Event::RetryChange(_)
            | Event::DiscardChange(_) => self.outbox_intent(event, effects),
            Event::SearchChanged(_) | Event::MorePeopleWanted | Event::RetrySearch => {
                self.people_intent(event, now, effects);
            }
            Event::MenuToggled(_)
            | Event::MenuClosed
            | Event::DeletionAsked(_)
            | Event::DeletionCancelled
            | Event::ReaderMoved { .. }
            | Event::RowFocused(_) => self.handling_intent(event),
            Event::Content(event) => self.content_intent(event, effects),
            Event::Message(event) => self.message_intent(event, effects),
            Event::Emoji(event) => self.emoji_intent(event),
            Event::EmojiUsed(emoji) => self.emoji_used(&emoji, effects),
            Event::Group(event) => self.group_intent(event, effects),
            Event::Listing(event) => self.listing_intent(event, effects),
            Event::MessageWanted { peer, id } => self.message_wanted(&peer, id, effects),
            Event::Linked(id) => self.panel.linked = Some(id),
            Event::MessageShown => self.message_shown(),
            Event::NewerWanted => self.newer_wanted(effects),
            Event::NewestWanted => self.newest_wanted(effects),
            event => self.panel_intent(event, now, effects),
        }
    }

    fn chat(&mut self, event: ChatEvent, now: Millis, effects: &mut Vec<Effect>) {
        match event {
            ChatEvent::MessageReceived { message } => self.message_received(message, effects),
            ChatEvent::MessageEdited { message } | ChatEvent::MessageDeleted { message } => {
                self.message_changed(message, effects);
            }
            ChatEvent::MessageTouched { id } => self.message_touched(id, effects),
            ChatEvent::MessageMarked { message } => self.message_touched(message.id, effects),
            ChatEvent::Typing { person, peer, started } => self.typing_heard(person, peer, started, now, effects),
            ChatEvent::Receipt { kind, message_id, reader, peer, by_all } => {
                self.receipt_heard(kind, message_id, &reader, &peer, by_all);
            }
            ChatEvent::PresenceChanged { person } => self.presence_heard(person),
            ChatEvent::ConversationPlaced { conversation } => self.conversation_placed(&conversation),
            ChatEvent::LinkChanged { link } => self.link_changed(link, now, effects),
            ChatEvent::FileMoved { id, step } => self.file_told(id, step, effects),
            ChatEvent::Level { seconds, level } => self.heard_level(seconds, level),
            ChatEvent::LoggedOut => self.login_died(now, effects),
        }
    }

    fn answered(&mut self, answer: Answer, now: Millis, effects: &mut Vec<Effect>) {
        if answer.says_the_token_is_dead() {
            return self.login_died(now, effects);
        }
        match answer {
            Answer::Connected(result) => self.connected(result, now, effects),
            Answer::Conversations { page, result } => self.conversations_answered(page, result, effects),
            Answer::Conversation { peer, result } => self.conversation_answered(&peer, result, effects),
            Answer::Person(result) => self.person_answered(result),
            Answer::Unread(result) => self.unread_answered(result),
            Answer::Messages { peer, before, result } => self.messages_answered(&peer, before, result, effects),
            Answer::Missed { peer, after, result } => self.missed_answered(&peer, after, result, effects),
            Answer::Changes { peer, result } => self.changes_answered(&peer, result, effects),
            Answer::Sent { peer, muid, result } => self.sent(&peer, &muid, result, effects),
            Answer::Changed { peer, id, result } => self.change_answered(&peer, id, result, effects),
            Answer::People { search, page, result } => self.people_answered(&search, page, result),
            Answer::Content(answer) => self.content_answered(answer, effects),
            Answer::Message(answer) => self.message_answered(answer, effects),
            Answer::Asked { request, result } => self.asked(request, result, effects),
            Answer::Marked(_) => {}
        }
    }

    fn fired(&mut self, timer: Timer, now: Millis, effects: &mut Vec<Effect>) {
        match timer {
            Timer::TypingPaused => self.typing_paused(now, effects),
            Timer::TypingExpired => self.typing_expired(now, effects),
            Timer::SearchSettled => self.search_settled(effects),
            Timer::CatchUp => self.catch_up_again(effects),
            Timer::WaitOver => self.retry_if_due(now, effects),
            Timer::LinkDue => self.connection.link_is_due(),
            Timer::ToastOver => self.toast_over(effects),
        }
    }
}
