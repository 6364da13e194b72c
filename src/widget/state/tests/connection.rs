use super::fixtures::*;
use crate::{
    api::ApiError,
    model::{
        chat::Counterpart,
        event::{ChatEvent, Link},
    },
    sdk::SdkError,
    widget::state::{Answer, Effect, Event, Failure, Phase, Screen, State},
};

fn dead(state: &mut State) -> Vec<Effect> {
    answer(state, Answer::Conversations { page: 1, result: Err(SdkError::TokenDead) })
}

#[test]
fn a_signed_out_visitor_loads_nothing() {
    let mut state = State::default();
    let mut effects = state.update(Event::ViewerChanged(None), 0);
    effects.extend(state.update(Event::Idle, 0));
    effects.extend(state.update(Event::Opened, 0));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Connect | Effect::LoadConversations { .. })));
    assert_eq!(state.connection.phase, Phase::SignedOut { ended: false });
}

#[test]
fn an_idle_page_connects_and_a_press_connects_at_once() {
    for event in [Event::Idle, Event::Opened] {
        let mut state = State::default();
        state.update(Event::ViewerChanged(Some(viewer("alice"))), 0);
        assert!(state.update(event, 0).contains(&Effect::Connect));
        assert!(!state.update(Event::Opened, 0).contains(&Effect::Connect), "once");
    }
}

#[test]
fn a_dead_login_is_renewed_once_and_then_asks_to_sign_in() {
    let mut state = connected();
    assert!(dead(&mut state).contains(&Effect::Connect));
    answer(&mut state, Answer::Connected(Ok(Link::Connected)));
    let effects = dead(&mut state);
    assert_eq!(effects, vec![Effect::Forget(Some(viewer("alice")))]);
    assert_eq!(state.connection.phase, Phase::SignedOut { ended: true });
}

#[test]
fn several_answers_of_one_dead_login_renew_it_once() {
    let mut state = connected();
    let before = state.generation;
    dead(&mut state);
    let late = Answer::People { search: String::new(), page: 1, result: Err(SdkError::TokenDead) };
    assert_eq!(state.update(Event::Answered { generation: before, answer: late }, 0), vec![]);
    assert_eq!(state.update(Event::Chat { generation: before, event: ChatEvent::LoggedOut }, 0), vec![]);
    assert_eq!(state.connection.phase, Phase::Connecting);
}

#[test]
fn over_the_limit_waits_and_then_goes_on_by_the_button() {
    let mut state = State::default();
    state.update(Event::ViewerChanged(Some(viewer("alice"))), 0);
    state.update(Event::Opened, 0);
    let limited = SdkError::NoToken(ApiError::RateLimited { retry_after_seconds: 30 });
    answer(&mut state, Answer::Connected(Err(limited)));
    assert_eq!(state.connection.phase, Phase::Failed(Failure::RateLimited { until: 30_000 }));
    assert_eq!(state.update(Event::RetryConnection, 29_999), vec![]);
    assert!(state.update(Event::RetryConnection, 30_000).contains(&Effect::Connect));
}

#[test]
fn a_session_that_ended_offers_to_sign_in() {
    let mut state = State::default();
    state.update(Event::ViewerChanged(Some(viewer("alice"))), 0);
    state.update(Event::Opened, 0);
    answer(&mut state, Answer::Connected(Err(SdkError::NoToken(ApiError::Unauthenticated))));
    assert_eq!(state.connection.phase, Phase::SignedOut { ended: true });
    assert!(state.panel.open);
}

#[test]
fn a_lost_link_asks_about_the_session_rarely_and_drops_everything_when_it_ended() {
    let mut state = with_bob_open(vec![message(1, "bob", "alice")]);
    let lost = |state: &mut State, now| {
        let generation = state.generation;
        let event = |link| Event::Chat { generation, event: ChatEvent::LinkChanged { link } };
        state.update(event(Link::Connected), now);
        state.update(event(Link::Disconnected), now).contains(&Effect::CheckSession)
    };
    assert!(lost(&mut state, 0));
    assert!(!lost(&mut state, 10_000));
    assert!(lost(&mut state, 20_000));
    assert!(!lost(&mut state, 40_000), "ever more rarely");
    assert!(state.update(Event::SessionChecked(Ok(Some(viewer("alice")))), 0).is_empty());
    assert_eq!(state.update(Event::SessionChecked(Ok(None)), 0), vec![Effect::Forget(Some(viewer("alice")))]);
    assert!(state.timelines.is_empty() && state.conversations.rows.is_empty() && state.viewer.is_none());
}

#[test]
fn another_viewer_sees_nothing_of_the_one_before() {
    let mut state = with_bob_open(vec![message(1, "bob", "alice")]);
    state.update(Event::Composed("a draft".into()), 0);
    let before = state.generation;
    let effects = state.update(Event::ViewerChanged(Some(viewer("mallory"))), 0);
    assert!(effects.contains(&Effect::Forget(Some(viewer("alice")))));
    assert!(state.timelines.is_empty() && state.drafts.is_empty() && state.presence.is_empty());
    assert_eq!(state.panel.screen, Screen::List);
    let late = Answer::Messages { peer: peer("bob"), before: None, result: Ok(vec![message(2, "bob", "alice")]) };
    state.update(Event::Answered { generation: before, answer: late }, 0);
    state.update(
        Event::Chat { generation: before, event: ChatEvent::MessageReceived { message: message(3, "bob", "alice") } },
        0,
    );
    assert!(state.timelines.is_empty() && state.conversations.rows.is_empty());
}

#[test]
fn the_same_user_in_a_new_session_is_another_viewer() {
    let mut state = connected();
    let mut again = viewer("alice");
    again.session_tag = "another".into();
    assert!(state.update(Event::ViewerChanged(Some(again)), 0).contains(&Effect::Forget(Some(viewer("alice")))));
    assert_eq!(state.connection.phase, Phase::Idle);
}

#[test]
fn typing_is_told_once_and_ended_after_a_pause() {
    let mut state = connected();
    state.update(Event::ConversationOpened(Counterpart::User(person("bob"))), 0);
    assert!(state.update(Event::Composed("h".into()), 0).contains(&Effect::StartTyping(peer("bob"))));
    assert!(!state.update(Event::Composed("he".into()), 2000).contains(&Effect::StartTyping(peer("bob"))));
    let fired = |state: &mut State, now| state.update(Event::Fired(super::super::Timer::TypingPaused), now);
    assert!(!fired(&mut state, 3000).contains(&Effect::EndTyping(peer("bob"))));
    assert!(fired(&mut state, 5000).contains(&Effect::EndTyping(peer("bob"))));
}

#[test]
fn whoever_types_on_is_told_again_now_and_then() {
    let mut state = connected();
    state.update(Event::ConversationOpened(Counterpart::User(person("bob"))), 0);
    let told = [0, 2000, 4000, 5000, 7000, 10_000]
        .map(|now| state.update(Event::Composed(format!("h{now}")), now).contains(&Effect::StartTyping(peer("bob"))));
    assert_eq!(told, [true, false, false, true, false, true]);
}

#[test]
fn each_typing_indicator_goes_out_in_its_own_time() {
    use super::super::Timer;
    let mut state = connected();
    let mut types = |name: &str, now| {
        let event = ChatEvent::Typing { person: person(name), peer: peer(name), started: true };
        let generation = state.generation;
        state.update(Event::Chat { generation, event }, now)
    };
    types("bob", 0);
    let effects = types("carol", 50_000);
    let timer = Timer::TypingExpired;
    assert_eq!(effects, vec![Effect::Schedule { timer, after_ms: 10_000 }], "Carol does not keep Bob's alive");
    let effects = state.update(Event::Fired(timer), 60_000);
    assert_eq!(effects, vec![Effect::Schedule { timer, after_ms: 50_000 }]);
    assert!(!state.typing.is_anybody(&peer("bob")) && state.typing.is_anybody(&peer("carol")));
}
