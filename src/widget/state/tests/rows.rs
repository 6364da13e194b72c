use super::fixtures::*;
use crate::widget::state::{Item, ItemKey, TimelineRow, timeline_items};

fn rows(messages: Vec<crate::model::chat::Message>, unread_from: Option<u64>) -> Vec<TimelineRow> {
    let state = with_bob_open(messages);
    let unread_from = unread_from.map(crate::model::ids::MessageId);
    timeline_items(&state.timelines[&peer("bob")], &uid("alice"), unread_from, |at| at / 86_400)
}

fn at(id: u64, from: &str, to: &str, sent_at: i64) -> crate::model::chat::Message {
    let mut message = message(id, from, to);
    message.sent_at = sent_at;
    message
}

#[test]
fn bubbles_of_one_sender_within_five_minutes_are_one_group() {
    let rows = rows(
        vec![
            at(1, "bob", "alice", 0),
            at(2, "bob", "alice", 299),
            at(3, "bob", "alice", 700),
            at(4, "alice", "bob", 701),
        ],
        None,
    );
    let ends: Vec<(bool, bool)> = rows
        .iter()
        .filter_map(|row| match &row.item {
            Item::Bubble(bubble) => Some((bubble.first_of_group, bubble.last_of_group)),
            _ => None,
        })
        .collect();
    assert_eq!(ends, vec![(true, false), (false, true), (true, true), (true, true)]);
}

#[test]
fn a_day_is_named_before_its_first_message() {
    let rows = rows(vec![at(1, "bob", "alice", 86_399), at(2, "bob", "alice", 86_400)], None);
    let keys: Vec<_> = rows.into_iter().map(|row| row.key).collect();
    let message = |id| ItemKey::Message(crate::model::ids::MessageId(id));
    assert_eq!(keys, vec![ItemKey::Day(0), message(1), ItemKey::Day(1), message(2)]);
}

#[test]
fn the_unread_line_stands_before_its_message() {
    let rows = rows(vec![at(1, "bob", "alice", 1), at(2, "bob", "alice", 2), at(3, "alice", "bob", 3)], Some(2));
    let place = rows.iter().position(|row| row.key == ItemKey::UnreadLine).unwrap();
    assert_eq!(rows[place + 1].key, ItemKey::Message(crate::model::ids::MessageId(2)));
}

#[test]
fn a_bubble_keeps_its_key_when_the_cloud_accepts_it() {
    let mut state = with_bob_open(vec![]);
    write(&mut state, "hello", "m1");
    let keys = |state: &super::super::State| -> Vec<ItemKey> {
        timeline_items(&state.timelines[&peer("bob")], &uid("alice"), None, |at| at / 86_400)
            .into_iter()
            .map(|row| row.key)
            .collect()
    };
    let before = keys(&state);
    let mut accepted = message(1, "alice", "bob");
    accepted.muid = Some("m1".into());
    receive(&mut state, accepted);
    assert_eq!(keys(&state), before);
}
