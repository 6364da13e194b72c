//! People, messages and a state that is already connected.

use crate::{
    model::{
        chat::{Content, Conversation, Counterpart, Message, Peer, Person, Presence},
        event::{ChatEvent, Link},
        ids::{MessageId, Uid},
        viewer::Viewer,
    },
    widget::state::{Answer, Effect, Event, Screen, State, Timer},
};

pub fn uid(name: &str) -> Uid {
    Uid::parse(name).unwrap()
}

pub fn peer(name: &str) -> Peer {
    Peer::User(uid(name))
}

pub fn person(name: &str) -> Person {
    Person { uid: uid(name), name: name.into(), avatar: None, presence: Presence::Online, last_active_at: None }
}

pub fn viewer(name: &str) -> Viewer {
    Viewer { uid: uid(name), name: name.into(), avatar: None, session_tag: format!("tag-{name}") }
}

/// Message `id`, sent at second `id`.
pub fn message(id: u64, from: &str, to: &str) -> Message {
    let content = Content::Text { text: format!("message {id}") };
    Message::new(MessageId(id), person(from), peer(to), content, i64::try_from(id).unwrap())
}

pub fn edited(mut message: Message, at: i64, text: &str) -> Message {
    message.edited_at = Some(at);
    message.content = Content::Text { text: text.into() };
    message
}

pub fn conversation(with: &str, unread: u32, last: Message) -> Conversation {
    Conversation {
        id: String::new(),
        with: Counterpart::User(person(with)),
        unread,
        last_read_message_id: None,
        last_message: Some(last),
        updated_at: None,
        pinned_at: None,
        tags: Vec::new(),
    }
}

/// Alice's state, connected, with an empty list.
pub fn connected() -> State {
    let mut state = State::default();
    state.update(Event::ViewerChanged(Some(viewer("alice"))), 0);
    state.update(Event::PageVisible(true), 0);
    state.update(Event::Idle, 0);
    answer(&mut state, Answer::Connected(Ok(Link::Connected)));
    answer(&mut state, Answer::Conversations { page: 1, result: Ok(vec![]) });
    settle(&mut state);
    answer(&mut state, Answer::Conversations { page: 1, result: Ok(vec![]) });
    state
}

/// The socket stands and is authenticated by now.
pub fn settle(state: &mut State) -> Vec<Effect> {
    state.update(Event::Fired(Timer::CatchUp), 0)
}

/// Connected, and the conversation with Bob open, with these messages.
pub fn with_bob_open(messages: Vec<Message>) -> State {
    let mut state = connected();
    state.update(Event::Opened, 0);
    state.update(Event::ConversationOpened(Counterpart::User(person("bob"))), 0);
    answer(&mut state, Answer::Messages { peer: peer("bob"), before: None, result: Ok(messages) });
    state
}

pub fn answer(state: &mut State, answer: Answer) -> Vec<Effect> {
    let generation = state.generation;
    state.update(Event::Answered { generation, answer }, 0)
}

pub fn chat(state: &mut State, event: ChatEvent) -> Vec<Effect> {
    let generation = state.generation;
    state.update(Event::Chat { generation, event }, 0)
}

pub fn receive(state: &mut State, message: Message) -> Vec<Effect> {
    chat(state, ChatEvent::MessageReceived { message })
}

pub fn open_list(state: &mut State) {
    state.update(Event::ScreenOpened(Screen::List), 0);
}

/// The ids of Bob's timeline, as shown.
pub fn ids(state: &State) -> Vec<u64> {
    state.timelines[&peer("bob")].messages.keys().map(|id| id.0).collect()
}

pub fn write(state: &mut State, text: &str, muid: &str) -> Vec<Effect> {
    state.update(Event::Composed(text.into()), 0);
    state.update(Event::Submitted { muid: muid.into(), at: 1 }, 0)
}
