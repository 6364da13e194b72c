//! Log-ins that fail, and what is done about it without anybody pressing anything.

use super::fixtures::*;
use crate::{
    api::ApiError,
    model::{
        event::{ChatEvent, Link},
        viewer::Viewer,
    },
    sdk::SdkError,
    widget::state::{Answer, Effect, Event, Failure, Millis, Phase, Saved, Screen, State, Timer},
};

const UNAVAILABLE: SdkError = SdkError::NoToken(ApiError::Unavailable { retry_after_seconds: 10 });

fn connecting() -> State {
    let mut state = State::default();
    state.update(Event::ViewerChanged(Some(viewer("alice"))), 0);
    state.update(Event::PageVisible(true), 0);
    state.update(Event::Idle, 0);
    state
}

fn fail(state: &mut State, error: SdkError, now: Millis) -> Vec<Effect> {
    let generation = state.generation;
    state.update(Event::Answered { generation, answer: Answer::Connected(Err(error)) }, now)
}

fn pause(effects: &[Effect], wanted: Timer) -> Option<Millis> {
    effects.iter().find_map(|effect| match effect {
        Effect::Schedule { timer, after_ms } if *timer == wanted => Some(Millis::from(*after_ms)),
        _ => None,
    })
}

fn over(state: &mut State, now: Millis) -> bool {
    state.update(Event::Fired(Timer::WaitOver), now).contains(&Effect::Connect)
}

/// How often a login is tried within an hour that it fails.
fn tries_in_an_hour(error: &SdkError) -> u32 {
    let (mut state, mut now, mut tries) = (connecting(), 0, 1);
    while let Some(rest) = pause(&fail(&mut state, error.clone(), now), Timer::WaitOver) {
        now += rest;
        if now > 60 * 60 * 1000 {
            break;
        }
        assert!(over(&mut state, now), "it goes on by itself");
        tries += 1;
    }
    tries
}

#[test]
fn a_cloud_that_is_down_is_tried_again_ever_later_and_never_spends_the_limit_of_an_hour() {
    let tries = tries_in_an_hour(&UNAVAILABLE);
    assert!((5..=10).contains(&tries), "{tries}");
}

#[test]
fn without_a_network_the_pauses_grow_to_five_minutes() {
    let mut state = connecting();
    let mut pauses = Vec::new();
    for _ in 0..9 {
        pauses.push(pause(&fail(&mut state, SdkError::Offline, 0), Timer::WaitOver).unwrap() / 1000);
        state.update(Event::RetryConnection, 0);
    }
    assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
}

#[test]
fn over_the_limit_goes_on_by_itself_when_the_server_said_and_not_before() {
    let mut state = connecting();
    let limited = SdkError::NoToken(ApiError::RateLimited { retry_after_seconds: 600 });
    assert_eq!(pause(&fail(&mut state, limited, 0), Timer::WaitOver), Some(600_000));
    assert!(!over(&mut state, 599_000));
    assert!(over(&mut state, 600_000));
}

#[test]
fn what_will_not_pass_is_not_tried_again() {
    let mut state = connecting();
    let effects = fail(&mut state, SdkError::Malformed("x".into()), 0);
    assert_eq!((pause(&effects, Timer::WaitOver), &state.connection.phase), (None, &Phase::Failed(Failure::Broken)));
    assert!(state.update(Event::RetryConnection, 0).contains(&Effect::Connect), "by hand");
}

#[test]
fn a_page_that_nobody_looks_at_waits_until_somebody_does() {
    let mut state = connecting();
    fail(&mut state, UNAVAILABLE, 0);
    state.update(Event::PageVisible(false), 0);
    assert!(!over(&mut state, 40_000));
    assert!(state.update(Event::PageVisible(true), 50_000).contains(&Effect::Connect));
}

#[test]
fn a_network_that_came_back_during_the_attempt_is_used_at_once() {
    let mut state = connecting();
    state.update(Event::OnlineChanged(false), 0);
    state.update(Event::OnlineChanged(true), 0);
    assert!(fail(&mut state, SdkError::Offline, 0).contains(&Effect::Connect));
    assert!(!fail(&mut state, SdkError::Offline, 0).contains(&Effect::Connect), "once");
    assert!(state.update(Event::OnlineChanged(true), 0).contains(&Effect::Connect));
}

#[test]
fn a_success_forgets_the_failures() {
    let mut state = connecting();
    for _ in 0..5 {
        fail(&mut state, SdkError::Offline, 0);
        state.update(Event::RetryConnection, 0);
    }
    assert!(state.connection.is_retrying(), "the visitor was told, and is told until it goes well");
    answer(&mut state, Answer::Connected(Ok(Link::Connected)));
    dead(&mut state);
    assert!(!state.connection.is_retrying());
    assert_eq!(pause(&fail(&mut state, SdkError::Offline, 0), Timer::WaitOver), Some(5000));
}

fn dead(state: &mut State) {
    chat(state, ChatEvent::LoggedOut);
}

#[test]
fn a_search_that_was_open_at_a_reload_or_a_lost_login_is_made_when_there_is_a_login() {
    let mut state = State::default();
    state.update(Event::ViewerChanged(Some(viewer("alice"))), 0);
    state.update(Event::Restored(Saved { open: true, screen: Screen::NewChat, ..Saved::default() }), 0);
    state.update(Event::Opened, 0);
    let is_search = |effect: &Effect| matches!(effect, Effect::SearchPeople { page: 1, .. });
    assert!(answer(&mut state, Answer::Connected(Ok(Link::Connected))).iter().any(is_search));
}

#[test]
fn a_search_without_a_login_fails_when_the_login_does_and_its_button_tries_that_again() {
    use crate::widget::state::Loading;
    let mut state = connecting();
    let effects = state.update(Event::ScreenOpened(Screen::NewChat), 0);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::SearchPeople { .. })), "there is nobody to ask");
    assert_eq!(state.people.loading, Loading::Loading);
    fail(&mut state, SdkError::Offline, 0);
    assert_eq!(state.people.loading, Loading::Failed);
    assert!(state.update(Event::RetrySearch, 0).contains(&Effect::Connect));
    assert_eq!(state.people.loading, Loading::Loading);
}

#[test]
fn a_socket_that_never_stands_is_told_as_lost_after_a_while() {
    let mut state = connecting();
    let effects = answer(&mut state, Answer::Connected(Ok(Link::Connecting)));
    assert!(pause(&effects, Timer::LinkDue).is_some() && !state.connection.is_lost());
    state.update(Event::Fired(Timer::LinkDue), 0);
    assert!(state.connection.is_lost());
    chat(&mut state, ChatEvent::LinkChanged { link: Link::Connected });
    assert!(!state.connection.is_lost());
}

#[test]
fn a_link_that_the_sdk_reports_of_the_login_before_is_not_taken_for_lost() {
    let mut state = connecting();
    answer(&mut state, Answer::Connected(Ok(Link::Disconnected)));
    assert!(!state.connection.is_lost() && state.connection.is_live());
}

#[test]
fn one_outage_is_one_state_however_often_the_sdk_tries() {
    let mut state = connected();
    for link in [Link::Disconnected, Link::Connecting, Link::Disconnected, Link::Connecting] {
        chat(&mut state, ChatEvent::LinkChanged { link });
        assert!(state.connection.is_lost(), "{link:?}");
    }
}

#[test]
fn every_login_asks_once_more_for_what_came_before_its_socket_was_authenticated() {
    for link in [Link::Connected, Link::Connecting] {
        let mut state = connecting();
        let effects = answer(&mut state, Answer::Connected(Ok(link)));
        assert!(pause(&effects, Timer::CatchUp).is_some());
        assert!(settle(&mut state).is_empty(), "the list is on its way already");
    }
}

#[test]
fn a_page_for_nobody_asks_before_it_drops_what_may_be_somebodys() {
    let mut state = State::default();
    assert_eq!(state.update(Event::ViewerChanged(None), 0), vec![Effect::CheckLeftovers]);
    let checked = |state: &mut State, who: Option<Viewer>| state.update(Event::SessionChecked(Ok(who)), 0);
    assert_eq!(checked(&mut state, Some(viewer("alice"))), vec![], "a page out of the history");
    assert_eq!(state.update(Event::SessionChecked(Err(ApiError::Offline)), 0), vec![]);
    assert_eq!(checked(&mut state, None), vec![Effect::Forget(None)]);
}
