use super::fixtures::*;
use crate::{
    model::event::{ChatEvent, Link},
    sdk::SdkError,
    widget::state::{Answer, Effect, Event, PendingStatus, Phase, State},
};

fn sends(effects: &[Effect]) -> Vec<&str> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send { muid, .. } => Some(muid.as_str()),
            _ => None,
        })
        .collect()
}

fn statuses(state: &State) -> Vec<PendingStatus> {
    state.timelines[&peer("bob")].pending.iter().map(|pending| pending.status).collect()
}

fn accepted(id: u64, muid: &str) -> crate::model::chat::Message {
    let mut accepted = message(id, "alice", "bob");
    accepted.muid = Some(muid.into());
    accepted
}

#[test]
fn a_sent_message_is_shown_once_whoever_tells_it_first() {
    for socket_first in [true, false] {
        let mut state = with_bob_open(vec![]);
        write(&mut state, "hello", "m1");
        assert_eq!(statuses(&state), vec![PendingStatus::Sending]);
        let told = Answer::Sent { peer: peer("bob"), muid: "m1".into(), result: Ok(accepted(1, "m1")) };
        if socket_first {
            receive(&mut state, accepted(1, "m1"));
            answer(&mut state, told);
        } else {
            answer(&mut state, told);
            receive(&mut state, accepted(1, "m1"));
        }
        let timeline = &state.timelines[&peer("bob")];
        assert_eq!((timeline.pending.len(), ids(&state)), (0, vec![1]));
    }
}

#[test]
fn messages_go_out_one_after_the_other() {
    let mut state = with_bob_open(vec![]);
    assert_eq!(sends(&write(&mut state, "one", "m1")), vec!["m1"]);
    assert_eq!(sends(&write(&mut state, "two", "m2")), Vec::<&str>::new());
    let effects =
        answer(&mut state, Answer::Sent { peer: peer("bob"), muid: "m1".into(), result: Ok(accepted(1, "m1")) });
    assert_eq!(sends(&effects), vec!["m2"]);
}

#[test]
fn a_failed_send_is_kept_until_it_is_sent_again_or_discarded() {
    let mut state = with_bob_open(vec![]);
    write(&mut state, "one", "m1");
    let failed = || Answer::Sent { peer: peer("bob"), muid: "m1".into(), result: Err(SdkError::Malformed("x".into())) };
    answer(&mut state, failed());
    assert_eq!(statuses(&state), vec![PendingStatus::Failed]);
    assert_eq!(sends(&state.update(Event::RetrySend { muid: "m1".into() }, 0)), vec!["m1"]);
    answer(&mut state, failed());
    state.update(Event::DiscardSend { muid: "m1".into() }, 0);
    assert_eq!(statuses(&state), vec![]);
}

#[test]
fn what_is_sent_without_a_link_waits_and_goes_out_in_order_when_it_is_back() {
    let mut state = with_bob_open(vec![]);
    chat(&mut state, ChatEvent::LinkChanged { link: Link::Disconnected });
    assert_eq!(sends(&write(&mut state, "one", "m1")), Vec::<&str>::new());
    write(&mut state, "two", "m2");
    assert_eq!(statuses(&state), vec![PendingStatus::Queued; 2]);
    let effects = chat(&mut state, ChatEvent::LinkChanged { link: Link::Connected });
    assert_eq!(sends(&effects), vec!["m1"]);
}

#[test]
fn what_was_on_its_way_when_the_login_died_is_sent_again_with_the_same_muid() {
    let mut state = with_bob_open(vec![]);
    write(&mut state, "one", "m1");
    answer(&mut state, Answer::Sent { peer: peer("bob"), muid: "m1".into(), result: Err(SdkError::TokenDead) });
    assert_eq!(state.connection.phase, Phase::Connecting);
    assert_eq!(sends(&answer(&mut state, Answer::Connected(Ok(Link::Connected)))), vec!["m1"]);
}

#[test]
fn an_edit_is_shown_at_once_and_a_failed_one_says_so() {
    let mut state = with_bob_open(vec![message(1, "alice", "bob"), message(2, "bob", "alice")]);
    state.update(Event::EditLast, 0);
    assert_eq!(state.composer_text(), "message 1", "of one's own");
    let effects = write(&mut state, "better", "unused");
    assert!(matches!(&effects[..], [Effect::Edit { text, .. }] if text == "better"));
    answer(
        &mut state,
        Answer::Changed { peer: peer("bob"), id: message(1, "alice", "bob").id, result: Err(SdkError::TimedOut) },
    );
    let timeline = &state.timelines[&peer("bob")];
    assert!(timeline.changes.values().all(|change| change.failed) && timeline.changes.len() == 1);
}

#[test]
fn a_message_of_another_cannot_be_edited_or_deleted() {
    let mut state = with_bob_open(vec![message(2, "bob", "alice")]);
    let id = message(2, "bob", "alice").id;
    state.update(Event::EditStarted(id), 0);
    assert!(state.panel.editing.is_none());
    assert_eq!(state.update(Event::DeleteConfirmed(id), 0), vec![]);
}
