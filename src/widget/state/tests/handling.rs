//! What is going on with single messages and rows.

use super::fixtures::{answer, chat, message, peer, receive, with_bob_open};
use crate::{
    model::{
        event::{ChatEvent, Link},
        ids::MessageId,
    },
    widget::state::{Answer, Event, ItemKey, Screen},
};

#[test]
fn a_message_below_a_reader_who_is_away_is_unseen_until_the_reader_is_back() {
    let mut state = with_bob_open(vec![message(5, "bob", "alice")]);
    receive(&mut state, message(6, "bob", "alice"));
    assert_eq!(state.unseen_below(), 0);
    state.update(Event::ReaderMoved { away: true }, 0);
    receive(&mut state, message(7, "alice", "bob"));
    assert_eq!(state.unseen_below(), 0, "one's own is no news");
    receive(&mut state, message(8, "bob", "alice"));
    assert_eq!(state.unseen_below(), 1);
    state.update(Event::ReaderMoved { away: false }, 0);
    assert_eq!(state.unseen_below(), 0);
}

#[test]
fn what_was_missed_while_the_link_was_lost_is_unseen_too() {
    let mut state = with_bob_open(vec![message(5, "bob", "alice")]);
    state.update(Event::ReaderMoved { away: true }, 0);
    chat(&mut state, ChatEvent::LinkChanged { link: Link::Disconnected });
    chat(&mut state, ChatEvent::LinkChanged { link: Link::Connected });
    let missed = Ok(vec![message(6, "bob", "alice")]);
    answer(&mut state, Answer::Missed { peer: peer("bob"), after: MessageId(5), result: missed });
    assert_eq!(state.unseen_below(), 1);
}

#[test]
fn the_menu_of_a_message_goes_with_the_message() {
    let mut state = with_bob_open(vec![message(5, "bob", "alice"), message(6, "bob", "alice")]);
    state.update(Event::MenuToggled(ItemKey::Message(MessageId(5))), 0);
    let gone = |id| {
        let mut message = message(id, "bob", "alice");
        message.deleted_at = Some(9);
        ChatEvent::MessageDeleted { message }
    };
    chat(&mut state, gone(6));
    assert!(state.panel.handling.menu.is_some());
    chat(&mut state, gone(5));
    assert_eq!(state.panel.handling.menu, None);
}

#[test]
fn another_screen_has_no_menu_and_no_question_and_remembers_the_row() {
    let mut state = with_bob_open(vec![message(5, "alice", "bob")]);
    state.update(Event::RowFocused(peer("bob")), 0);
    state.update(Event::DeletionAsked(MessageId(5)), 0);
    state.update(Event::ScreenOpened(Screen::List), 0);
    assert_eq!(state.panel.handling.deleting, None);
    assert_eq!(state.panel.handling.row, Some(peer("bob")));
}
