//! What counts as unread, and where the unread line stands.

use super::fixtures::*;
use crate::{
    model::{
        chat::{Conversation, Counterpart, Message},
        event::{ChatEvent, Link},
        ids::MessageId,
    },
    sdk::{CONVERSATIONS, SdkError},
    widget::state::{Answer, Effect, Event, Loading, PAGE, State, Timer},
};

fn deleted(id: u64) -> ChatEvent {
    let mut message = message(id, "bob", "alice");
    message.deleted_at = Some(99);
    ChatEvent::MessageDeleted { message }
}

fn list(state: &mut State, rows: Vec<Conversation>) -> Vec<Effect> {
    answer(state, Answer::Conversations { page: 1, result: Ok(rows) })
}

fn open_bob(state: &mut State) -> Vec<Effect> {
    state.update(Event::Opened, 0);
    state.update(Event::ConversationOpened(Counterpart::User(person("bob"))), 0)
}

fn range(ids: std::ops::RangeInclusive<u64>) -> Vec<Message> {
    ids.map(|id| message(id, "bob", "alice")).collect()
}

fn messages(state: &mut State, before: Option<u64>, page: Vec<Message>) {
    answer(state, Answer::Messages { peer: peer("bob"), before: before.map(MessageId), result: Ok(page) });
}

fn line(state: &State) -> Option<u64> {
    state.panel.unread_at_opening.map(|id| id.0)
}

fn marks_all_read(effects: &[Effect]) -> bool {
    effects.contains(&Effect::MarkRead { peer: peer("bob"), message: None })
}

#[test]
fn a_deleted_message_is_not_unread_any_more() {
    let mut state = connected();
    receive(&mut state, message(1, "bob", "alice"));
    receive(&mut state, message(2, "bob", "alice"));
    chat(&mut state, deleted(1));
    assert_eq!(state.conversations.unread(), 1);
    // Of what the cloud counted, only the cloud knows what is left.
    list(&mut state, vec![conversation("bob", 2, message(2, "bob", "alice"))]);
    assert!(chat(&mut state, deleted(1)).contains(&Effect::LoadConversation(peer("bob"))));
}

#[test]
fn conversations_past_the_first_page_count_too_and_each_once() {
    let mut state = connected();
    let full: Vec<_> = (0..CONVERSATIONS)
        .map(|count| {
            let name = format!("user{count}");
            conversation(&name, 1, message(1000 - u64::from(count), &name, "alice"))
        })
        .collect();
    assert!(list(&mut state, full.clone()).contains(&Effect::LoadUnread));
    answer(&mut state, Answer::Unread(Ok(60)));
    assert_eq!(state.conversations.unread(), 60);
    let next = vec![conversation("bob", 4, message(9, "bob", "alice"))];
    answer(&mut state, Answer::Conversations { page: 2, result: Ok(next) });
    assert_eq!(state.conversations.unread(), 60, "they are among the rows now");
    list(&mut state, full);
    assert_eq!(state.conversations.unread(), 60, "until the cloud says otherwise");
}

#[test]
fn coming_back_to_the_page_counts_anew_but_not_at_every_glance() {
    let mut state = connected();
    let counts = |state: &mut State, now| {
        let asked = state.update(Event::PageVisible(true), now).contains(&Effect::LoadConversations { page: 1 });
        list(state, vec![]);
        asked
    };
    assert!(!counts(&mut state, 30_000));
    assert!(counts(&mut state, 60_000));
    assert!(!counts(&mut state, 90_000));
    assert!(counts(&mut state, 120_000));
}

#[test]
fn a_list_that_fails_is_asked_for_again_ever_later_unless_that_is_of_no_use() {
    let mut state = connected();
    let mut failed = |error: SdkError| {
        let effects = answer(&mut state, Answer::Conversations { page: 1, result: Err(error) });
        effects.iter().find_map(|effect| match effect {
            Effect::Schedule { timer: Timer::CatchUp, after_ms } => Some(*after_ms),
            _ => None,
        })
    };
    assert_eq!([(); 3].map(|()| failed(SdkError::Offline)), [Some(5000), Some(10_000), Some(20_000)]);
    assert_eq!(failed(SdkError::Malformed("x".into())), None);
    assert_eq!(failed(SdkError::Cloud { code: "ERR_NOT_ALLOWED".into(), message: String::new() }), None);
    answer(&mut state, Answer::Conversations { page: 3, result: Err(SdkError::Offline) });
    assert_eq!(state.conversations.loading, Loading::More, "scrolling asks again");
}

#[test]
fn a_reading_that_the_cloud_never_heard_of_is_told_once_more() {
    let mut state = with_bob_open(range(1..=2));
    receive(&mut state, message(3, "bob", "alice"));
    let unread = || vec![conversation("bob", 1, message(3, "bob", "alice"))];
    assert!(marks_all_read(&list(&mut state, unread())));
    assert_eq!(state.conversations.unread(), 0);
    assert!(!marks_all_read(&list(&mut state, unread())), "once");
}

#[test]
fn a_reading_that_the_cloud_knows_of_is_not_repeated_whatever_it_says_later() {
    let mut state = with_bob_open(range(1..=2));
    receive(&mut state, message(3, "bob", "alice"));
    list(&mut state, vec![conversation("bob", 0, message(3, "bob", "alice"))]);
    // Marked as unread by hand, on another device.
    assert!(!marks_all_read(&list(&mut state, vec![conversation("bob", 1, message(3, "bob", "alice"))])));
}

#[test]
fn a_message_that_arrived_before_is_not_told_as_delivered_again() {
    let mut state = connected();
    let mut last = message(3, "bob", "alice");
    last.delivered_at = Some(4);
    let effects = list(&mut state, vec![conversation("bob", 1, last)]);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::MarkDelivered(_))));
}

#[test]
fn the_unread_line_stays_where_it_was_when_the_conversation_was_opened() {
    let mut state = connected();
    list(&mut state, vec![conversation("bob", 2, message(5, "bob", "alice"))]);
    open_bob(&mut state);
    assert_eq!(line(&state), None, "the messages will tell");
    messages(&mut state, None, range(1..=5));
    assert_eq!(line(&state), Some(4));
    receive(&mut state, message(6, "bob", "alice"));
    write(&mut state, "mine", "m1");
    assert_eq!(line(&state), Some(4));
    open_list(&mut state);
    open_bob(&mut state);
    assert_eq!(line(&state), None, "by now all is read");
}

#[test]
fn after_a_reload_the_list_may_come_after_the_messages() {
    let mut state = connected();
    open_bob(&mut state);
    messages(&mut state, None, range(1..=5));
    list(&mut state, vec![conversation("bob", 3, message(5, "bob", "alice"))]);
    assert_eq!((line(&state), state.conversations.unread()), (Some(3), 0));
}

#[test]
fn an_unread_line_among_older_messages_appears_with_them() {
    let page = u64::from(PAGE);
    let mut state = connected();
    list(&mut state, vec![conversation("bob", PAGE + 5, message(10 + page, "bob", "alice"))]);
    open_bob(&mut state);
    messages(&mut state, None, range(11..=10 + page));
    assert_eq!(line(&state), None);
    state.update(Event::OlderWanted, 0);
    messages(&mut state, Some(11), range(1..=10));
    assert_eq!(line(&state), Some(6));
}

#[test]
fn whoever_is_open_is_looked_at_again_after_the_link_was_lost() {
    let mut state = with_bob_open(range(1..=2));
    chat(&mut state, ChatEvent::LinkChanged { link: Link::Disconnected });
    let effects = chat(&mut state, ChatEvent::LinkChanged { link: Link::Connected });
    assert!(effects.contains(&Effect::LoadPerson(uid("bob"))));
}
