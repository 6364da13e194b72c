use super::fixtures::*;
use crate::{
    model::{
        event::{ChatEvent, ReceiptKind},
        ids::MessageId,
    },
    widget::state::{Answer, Effect, Event},
};

#[test]
fn a_message_of_an_unknown_conversation_inserts_it_at_once() {
    let mut state = connected();
    let effects = receive(&mut state, message(7, "bob", "alice"));
    assert_eq!(state.conversations.in_order(), vec![peer("bob")]);
    assert_eq!(state.conversations.unread(), 1);
    assert!(effects.contains(&Effect::LoadConversation(peer("bob"))), "the cloud knows the true count");
}

#[test]
fn the_newest_message_moves_its_conversation_to_the_top() {
    let mut state = connected();
    let list = vec![
        conversation("bob", 0, message(2, "bob", "alice")),
        conversation("carol", 0, message(1, "carol", "alice")),
    ];
    answer(&mut state, Answer::Conversations { page: 1, result: Ok(list) });
    receive(&mut state, message(3, "carol", "alice"));
    assert_eq!(state.conversations.in_order(), vec![peer("carol"), peer("bob")]);
}

#[test]
fn a_message_in_the_open_and_visible_conversation_is_read_at_once() {
    let mut state = with_bob_open(vec![]);
    let effects = receive(&mut state, message(1, "bob", "alice"));
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::MarkRead { message: Some(read), .. } if read.id.0 == 1))
    );
    assert_eq!(state.conversations.unread(), 0);
}

#[test]
fn a_message_in_an_open_conversation_of_a_hidden_page_is_read_when_the_page_comes_back() {
    let mut state = with_bob_open(vec![]);
    state.update(Event::PageVisible(false), 0);
    let effects = receive(&mut state, message(1, "bob", "alice"));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::MarkDelivered(_))));
    assert_eq!(state.conversations.unread(), 1);
    let effects = state.update(Event::PageVisible(true), 0);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::MarkRead { .. })));
    assert_eq!(state.conversations.unread(), 0);
}

#[test]
fn a_count_from_before_reading_does_not_come_back() {
    let mut state = connected();
    let told = conversation("bob", 2, message(5, "bob", "alice"));
    answer(&mut state, Answer::Conversations { page: 1, result: Ok(vec![told.clone()]) });
    state.update(Event::Opened, 0);
    let effects = state.update(Event::ConversationOpened(told.with.clone()), 0);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::MarkRead { .. })));
    answer(&mut state, Answer::Conversations { page: 1, result: Ok(vec![told]) });
    assert_eq!(state.conversations.unread(), 0);
}

#[test]
fn reading_on_another_device_clears_the_count_here() {
    let mut state = connected();
    receive(&mut state, message(5, "bob", "alice"));
    let read = ChatEvent::Receipt {
        kind: ReceiptKind::Read,
        message_id: MessageId(5),
        reader: uid("alice"),
        peer: peer("alice"),
        by_all: false,
    };
    chat(&mut state, read);
    assert_eq!(state.conversations.unread(), 0);
}

#[test]
fn an_edit_of_the_last_message_changes_the_preview() {
    let mut state = connected();
    receive(&mut state, message(5, "bob", "alice"));
    chat(&mut state, ChatEvent::MessageEdited { message: edited(message(5, "bob", "alice"), 8, "new") });
    let row = &state.conversations.rows[&peer("bob")];
    assert_eq!(super::super::message::text_of(row.last.as_ref().unwrap()), "new");
}
