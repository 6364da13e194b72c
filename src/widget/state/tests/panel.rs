use super::fixtures::*;
use crate::{
    model::{
        chat::Counterpart,
        json::{FromJson, Json, JsonRecord},
    },
    widget::state::{Effect, Event, PendingStatus, Saved, Screen, State},
};

#[test]
fn open_conversation_drafts_and_outbox_survive_a_reload() {
    let mut state = with_bob_open(vec![]);
    write(&mut state, "on its way", "m1");
    state.update(Event::Composed("half a sente".into()), 0);
    let kept = state.saved().write(JsonRecord::new()).finish();
    let saved = Saved::from_json(&Json::parse(&kept).unwrap()).unwrap();
    let saved = Saved { drafts: state.saved().drafts, ..saved };

    let mut reloaded = State::default();
    reloaded.update(Event::ViewerChanged(Some(viewer("alice"))), 0);
    reloaded.update(Event::Restored(saved), 0);
    assert!(reloaded.panel.open);
    assert_eq!(reloaded.panel.screen, Screen::Conversation(peer("bob")));
    assert_eq!(reloaded.composer_text(), "half a sente");
    assert_eq!(reloaded.timelines[&peer("bob")].pending[0].status, PendingStatus::Queued);
}

#[test]
fn each_conversation_has_its_own_draft() {
    let mut state = with_bob_open(vec![]);
    state.update(Event::Composed("to bob".into()), 0);
    state.update(Event::ConversationOpened(Counterpart::User(person("carol"))), 0);
    assert_eq!(state.composer_text(), "");
    state.update(Event::ConversationOpened(Counterpart::User(person("bob"))), 0);
    assert_eq!(state.composer_text(), "to bob");
}

#[test]
fn an_edit_leaves_the_draft_alone() {
    let mut state = with_bob_open(vec![message(1, "alice", "bob")]);
    state.update(Event::Composed("a draft".into()), 0);
    state.update(Event::EditLast, 0);
    state.update(Event::Composed("an edit".into()), 0);
    state.update(Event::EditCancelled, 0);
    assert_eq!(state.composer_text(), "a draft");
}

#[test]
fn nothing_but_spaces_is_not_sent() {
    let mut state = with_bob_open(vec![]);
    let effects = write(&mut state, " \n ", "m1");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Send { .. })));
}

#[test]
fn the_answer_to_an_earlier_search_is_dropped() {
    use crate::widget::state::{Answer, Timer};
    let mut state = connected();
    state.update(Event::ScreenOpened(Screen::NewChat), 0);
    state.update(Event::SearchChanged("car".into()), 0);
    state.update(Event::Fired(Timer::SearchSettled), 0);
    answer(&mut state, Answer::People { search: String::new(), page: 1, result: Ok(vec![person("bob")]) });
    assert!(state.people.found.is_empty());
    answer(&mut state, Answer::People { search: "car".into(), page: 1, result: Ok(vec![person("carol")]) });
    assert_eq!(state.people.found.len(), 1);
}
