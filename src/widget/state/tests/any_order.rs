//! Any order and any duplication of what the cloud tells gives the same timeline.

use proptest::prelude::*;

use super::fixtures::*;
use crate::{
    model::{
        event::{ChatEvent, ReceiptKind},
        ids::MessageId,
    },
    widget::state::{Answer, Delivery, timeline_items},
};

/// Everything that happened, from Alice's point of view, each told at least once.
fn story() -> Vec<ChatEvent> {
    let mut events = Vec::new();
    for id in 1..=12_u64 {
        let (from, to) = if id % 3 == 0 { ("alice", "bob") } else { ("bob", "alice") };
        events.push(ChatEvent::MessageReceived { message: message(id, from, to) });
    }
    for (at, text) in [(20, "first edit"), (21, "second edit"), (22, "third edit")] {
        // An edited message may itself be the first that is heard of it.
        events.push(ChatEvent::MessageReceived { message: edited(message(4, "bob", "alice"), at, text) });
    }
    let mut deleted = edited(message(5, "bob", "alice"), 23, "");
    deleted.deleted_at = Some(24);
    events.push(ChatEvent::MessageReceived { message: deleted });
    for (kind, id) in [(ReceiptKind::Delivered, 12), (ReceiptKind::Read, 6), (ReceiptKind::Delivered, 3)] {
        events.push(ChatEvent::Receipt {
            kind,
            message_id: MessageId(id),
            reader: uid("bob"),
            peer: peer("bob"),
            by_all: false,
        });
    }
    events
}

fn shown(events: impl IntoIterator<Item = ChatEvent>) -> Vec<super::super::TimelineRow> {
    let mut state = with_bob_open(vec![]);
    for event in events {
        chat(&mut state, event);
    }
    timeline_items(&state.timelines[&peer("bob")], &uid("alice"), None, |at| at / 86_400)
}

proptest! {
    #[test]
    fn any_order_and_duplication_gives_the_same_timeline(
        order in Just((0..story().len()).chain(0..story().len()).collect::<Vec<_>>()).prop_shuffle(),
        twice in 0..40_usize,
    ) {
        let told = order.into_iter().take(story().len() * 2 - twice.min(story().len() - 1));
        let mut indices: Vec<usize> = told.collect();
        for index in 0..story().len() {
            if !indices.contains(&index) {
                indices.push(index);
            }
        }
        prop_assert_eq!(shown(indices.into_iter().map(|index| story().swap_remove(index))), shown(story()));
    }

    #[test]
    fn unread_counts_each_message_once_in_any_order(
        order in Just([1_u64, 2, 3, 4, 5, 1, 2, 3, 4, 5].to_vec()).prop_shuffle(),
        counted_after in 0..10_usize,
    ) {
        // The cloud's count of three messages arrives in the midst of the five that are told.
        let mut state = connected();
        for (index, id) in order.into_iter().enumerate() {
            if index == counted_after {
                let told = conversation("bob", 3, message(3, "bob", "alice"));
                answer(&mut state, Answer::Conversations { page: 1, result: Ok(vec![told]) });
            }
            receive(&mut state, message(id, "bob", "alice"));
        }
        prop_assert_eq!(state.conversations.unread(), 5);
    }
}

#[test]
fn receipts_cover_earlier_messages_and_never_go_back() {
    let mut state = with_bob_open(vec![message(1, "alice", "bob"), message(2, "alice", "bob")]);
    for (kind, id) in [(ReceiptKind::Read, 2), (ReceiptKind::Delivered, 1), (ReceiptKind::Read, 1)] {
        chat(
            &mut state,
            ChatEvent::Receipt {
                kind,
                message_id: MessageId(id),
                reader: uid("bob"),
                peer: peer("bob"),
                by_all: false,
            },
        );
    }
    let timeline = &state.timelines[&peer("bob")];
    for known in timeline.messages.values() {
        assert_eq!(timeline.delivery(known), Delivery::Read);
    }
}
