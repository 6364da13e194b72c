use super::fixtures::*;
use crate::{
    model::{
        chat::Message,
        event::{ChatEvent, Link},
        ids::MessageId,
    },
    widget::state::{Answer, Effect, Event, PAGE, State, Synced},
};

fn missed_after(effects: &[Effect]) -> Option<u64> {
    effects.iter().find_map(|effect| match effect {
        Effect::LoadMissed { after, .. } => Some(after.0),
        _ => None,
    })
}

fn range(ids: std::ops::RangeInclusive<u64>) -> Vec<Message> {
    ids.map(|id| message(id, "bob", "alice")).collect()
}

fn missed(state: &mut State, after: u64, page: Vec<Message>) -> Vec<Effect> {
    answer(state, Answer::Missed { peer: peer("bob"), after: MessageId(after), result: Ok(page) })
}

fn lose_and_regain(state: &mut State) -> Vec<Effect> {
    chat(state, ChatEvent::LinkChanged { link: Link::Disconnected });
    chat(state, ChatEvent::LinkChanged { link: Link::Connected })
}

#[test]
fn everything_missed_is_fetched_page_by_page_with_none_missing() {
    let mut state = with_bob_open(range(1..=3));
    let effects = lose_and_regain(&mut state);
    assert_eq!(missed_after(&effects), Some(3));
    assert!(effects.contains(&Effect::LoadChanges { peer: peer("bob"), since: 3 }));
    // A live message overtakes the catch-up: it is no proof that those before it are here.
    let page = u64::from(PAGE);
    receive(&mut state, message(60, "bob", "alice"));
    let effects = missed(&mut state, 3, range(4..=3 + page));
    assert_eq!(missed_after(&effects), Some(3 + page));
    let effects = missed(&mut state, 3 + page, range(4 + page..=60));
    assert_eq!(missed_after(&effects), None);
    assert_eq!(ids(&state), (1..=60).collect::<Vec<_>>());
    assert_eq!(state.timelines[&peer("bob")].synced, Synced::Live);
}

#[test]
fn the_answer_of_a_send_is_no_proof_that_nothing_was_missed() {
    // The socket is dead and nobody has noticed: 2 is missed, 3 is one's own.
    let mut state = with_bob_open(range(1..=1));
    write(&mut state, "hello", "m");
    let sent = Answer::Sent { peer: peer("bob"), muid: "m".into(), result: Ok(message(3, "alice", "bob")) };
    answer(&mut state, sent);
    assert_eq!(missed_after(&lose_and_regain(&mut state)), Some(1));
}

#[test]
fn a_link_lost_while_catching_up_starts_again_from_what_is_certain() {
    let mut state = with_bob_open(range(1..=3));
    lose_and_regain(&mut state);
    chat(&mut state, ChatEvent::LinkChanged { link: Link::Disconnected });
    missed(&mut state, 3, range(4..=5));
    assert_eq!(state.timelines[&peer("bob")].synced, Synced::Stale);
    assert_eq!(missed_after(&chat(&mut state, ChatEvent::LinkChanged { link: Link::Connected })), Some(5));
}

#[test]
fn a_catch_up_that_fails_is_asked_for_again() {
    use crate::{sdk::SdkError, widget::state::Timer};
    let mut state = with_bob_open(range(1..=3));
    lose_and_regain(&mut state);
    let failed = Answer::Missed { peer: peer("bob"), after: MessageId(3), result: Err(SdkError::TimedOut) };
    let effects = answer(&mut state, failed);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Schedule { timer: Timer::CatchUp, .. })));
    assert_eq!(missed_after(&state.update(Event::Fired(Timer::CatchUp), 0)), Some(3));
}

#[test]
fn a_conversation_that_was_not_open_catches_up_when_it_is_opened() {
    let mut state = with_bob_open(range(1..=3));
    open_list(&mut state);
    assert_eq!(missed_after(&lose_and_regain(&mut state)), None);
    receive(&mut state, message(9, "bob", "alice"));
    let bob = crate::model::chat::Counterpart::User(person("bob"));
    assert_eq!(missed_after(&state.update(Event::ConversationOpened(bob), 0)), Some(3));
}

#[test]
fn edits_and_deletions_of_the_lost_time_arrive() {
    let mut state = with_bob_open(range(1..=3));
    lose_and_regain(&mut state);
    let mut deleted = message(1, "bob", "alice");
    deleted.deleted_at = Some(9);
    let changed = vec![deleted, edited(message(2, "bob", "alice"), 8, "new")];
    answer(&mut state, Answer::Changes { peer: peer("bob"), result: Ok(changed) });
    let messages = &state.timelines[&peer("bob")].messages;
    assert!(messages[&MessageId(1)].deleted_at.is_some());
    assert_eq!(messages[&MessageId(2)].edited_at, Some(8));
}

#[test]
fn a_live_message_during_the_first_load_is_kept() {
    let mut state = connected();
    let bob = crate::model::chat::Counterpart::User(person("bob"));
    state.update(Event::Opened, 0);
    state.update(Event::ConversationOpened(bob), 0);
    receive(&mut state, message(4, "bob", "alice"));
    answer(&mut state, Answer::Messages { peer: peer("bob"), before: None, result: Ok(range(1..=3)) });
    assert_eq!(ids(&state), vec![1, 2, 3, 4]);
}

#[test]
fn older_pages_come_before_and_end_where_the_conversation_began() {
    let page = u64::from(PAGE);
    let mut state = with_bob_open(range(11..=10 + page));
    let effects = state.update(Event::OlderWanted, 0);
    let before = Some(MessageId(11));
    assert_eq!(effects, vec![Effect::LoadMessages { peer: peer("bob"), before }]);
    assert_eq!(state.update(Event::OlderWanted, 0), vec![], "once at a time");
    answer(&mut state, Answer::Messages { peer: peer("bob"), before, result: Ok(range(1..=10)) });
    assert_eq!(ids(&state), (1..=10 + page).collect::<Vec<_>>());
    assert_eq!(state.update(Event::OlderWanted, 0), vec![]);
}

#[test]
fn a_conversation_that_was_empty_is_loaded_anew_since_nothing_marks_the_place_to_go_on_from() {
    let mut state = with_bob_open(Vec::new());
    write(&mut state, "first", "muid-1");
    let mut first = message(1, "alice", "bob");
    first.muid = Some("muid-1".into());
    answer(&mut state, Answer::Sent { peer: peer("bob"), muid: "muid-1".into(), result: Ok(first.clone()) });
    let effects = lose_and_regain(&mut state);
    assert_eq!(missed_after(&effects), None);
    assert!(effects.contains(&Effect::LoadMessages { peer: peer("bob"), before: None }));
    let page = vec![first, message(2, "bob", "alice")];
    answer(&mut state, Answer::Messages { peer: peer("bob"), before: None, result: Ok(page) });
    assert_eq!(ids(&state), [1, 2]);
    assert_eq!(missed_after(&lose_and_regain(&mut state)), Some(2));
}

#[test]
fn ones_own_message_does_not_jump_over_what_was_missed() {
    let mut state = with_bob_open(range(1..=5));
    lose_and_regain(&mut state);
    // 6 comes after the page was made and before the socket is authenticated; 7 is one's own.
    write(&mut state, "mine", "m1");
    let mut own = message(7, "alice", "bob");
    own.muid = Some("m1".into());
    answer(&mut state, Answer::Sent { peer: peer("bob"), muid: "m1".into(), result: Ok(own) });
    missed(&mut state, 5, vec![]);
    assert_eq!(missed_after(&settle(&mut state)), Some(5));
    missed(&mut state, 5, vec![message(6, "bob", "alice")]);
    assert_eq!(ids(&state), [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn a_message_told_before_the_link_is_settled_is_no_proof_either() {
    let mut state = with_bob_open(range(1..=5));
    lose_and_regain(&mut state);
    missed(&mut state, 5, vec![]);
    receive(&mut state, message(7, "bob", "alice"));
    assert_eq!(missed_after(&settle(&mut state)), Some(5));
    missed(&mut state, 5, vec![message(6, "bob", "alice"), message(7, "bob", "alice")]);
    receive(&mut state, message(8, "bob", "alice"));
    assert_eq!(missed_after(&lose_and_regain(&mut state)), Some(8), "from then on it is");
}

#[test]
fn a_conversation_that_is_loaded_anew_does_not_vanish_meanwhile_and_has_no_hole() {
    let mut state = with_bob_open(Vec::new());
    receive(&mut state, message(1, "alice", "bob"));
    lose_and_regain(&mut state);
    assert_eq!(ids(&state), [1], "it stays in sight");
    let page = u64::from(PAGE);
    answer(&mut state, Answer::Messages { peer: peer("bob"), before: None, result: Ok(range(51..=50 + page)) });
    assert_eq!(ids(&state), (51..=50 + page).collect::<Vec<_>>(), "what lies between is loaded by scrolling");
}

#[test]
fn an_edit_of_a_message_that_was_deleted_meanwhile_becomes_a_draft() {
    let mut gone = message(3, "alice", "bob");
    gone.deleted_at = Some(9);
    let by_catch_up = |state: &mut State, gone: Message| {
        lose_and_regain(state);
        answer(state, Answer::Changes { peer: peer("bob"), result: Ok(vec![gone]) })
    };
    let live = |state: &mut State, message: Message| chat(state, ChatEvent::MessageDeleted { message });
    for told in [by_catch_up as fn(&mut State, Message) -> Vec<Effect>, live] {
        let mut state = with_bob_open(vec![message(3, "alice", "bob")]);
        state.update(Event::EditLast, 0);
        state.update(Event::Composed("much better".into()), 0);
        let effects = told(&mut state, gone.clone());
        assert!(state.panel.editing.is_none() && effects.contains(&Effect::SaveDraft(peer("bob"))));
        assert_eq!(state.composer_text(), "much better");
    }
    let mut state = with_bob_open(vec![message(3, "alice", "bob")]);
    state.update(Event::EditLast, 0);
    live(&mut state, gone);
    assert_eq!(state.composer_text(), "", "nothing was typed");
}
