//! Every way in which a page gets, keeps or loses its chat login.

use super::*;
use crate::sdk::protocol::{StoredLogin, stored_login};

fn uid(text: &str) -> Uid {
    Uid::parse(text).unwrap()
}

fn viewer(session_tag: &str) -> Viewer {
    Viewer { uid: uid("user_1"), name: "Alice".into(), avatar: None, session_tag: session_tag.into() }
}

fn attempt(initialised: bool) -> Attempt {
    Attempt::new(viewer("this"), initialised, None)
}

/// An attempt that is about to read what is stored.
fn reading(mut attempt: Attempt) -> Attempt {
    attempt.advance(Outcome::Done).unwrap();
    attempt.advance(Outcome::Done).unwrap();
    assert_eq!(attempt.step(), Step::ReadStored);
    attempt
}

/// Runs an attempt against a page: what it stored, whom the SDK then reports, and what verifying and logging in give.
struct Page {
    stored: StoredLogin,
    logged_in: Option<Uid>,
    /// Who is signed in at our server.
    session: Option<Viewer>,
    verify: Outcome,
    tokens: Vec<Outcome>,
    log_ins: Vec<Outcome>,
}

impl Page {
    fn with_stored(uid: Option<&str>, tag: Option<&str>) -> Self {
        Self {
            stored: StoredLogin::new(uid, tag),
            logged_in: uid.map(|text| Uid::parse(text).unwrap()),
            session: Some(viewer("this")),
            verify: Outcome::Done,
            tokens: Vec::new(),
            log_ins: Vec::new(),
        }
    }

    fn run(mut self, mut attempt: Attempt) -> (Vec<Step>, Result<(), SdkError>) {
        let own = || Outcome::Whose(Some(uid("user_1")));
        let mut steps = Vec::new();
        while attempt.step() != Step::Finish {
            assert!(steps.len() < 20, "an attempt ends: {steps:?}");
            steps.push(attempt.step());
            let outcome = match attempt.step() {
                Step::ReadStored => {
                    attempt.found(&self.stored);
                    continue;
                }
                Step::Forget => {
                    (self.logged_in, self.stored) = (None, StoredLogin::default());
                    Outcome::Done
                }
                Step::AskWho => Outcome::Whose(self.logged_in.clone()),
                Step::AskSession => Outcome::Session(self.session.clone()),
                Step::Verify => self.verify.clone(),
                Step::FetchToken => self.tokens.pop().unwrap_or_else(own),
                Step::LogIn => self.log_ins.pop().unwrap_or_else(own),
                _ => Outcome::Done,
            };
            if let Err(error) = attempt.advance(outcome) {
                return (steps, Err(error));
            }
        }
        (steps, Ok(()))
    }
}

#[test]
fn a_first_visit_fetches_one_token_and_logs_in() {
    let (steps, result) = Page::with_stored(None, None).run(attempt(false));
    assert_eq!(result, Ok(()));
    assert_eq!(
        steps,
        [
            Step::Load,
            Step::Lock,
            Step::ReadStored,
            Step::Initialise,
            Step::AskWho,
            Step::FetchToken,
            Step::LogIn,
            Step::Remember
        ]
    );
}

#[test]
fn a_reload_in_the_same_session_needs_no_token() {
    let (steps, result) = Page::with_stored(Some("user_1"), Some("this")).run(attempt(false));
    assert_eq!(result, Ok(()));
    assert_eq!(
        steps,
        [Step::Load, Step::Lock, Step::ReadStored, Step::Initialise, Step::AskWho, Step::Verify, Step::Remember]
    );
}

#[test]
fn another_users_login_is_dropped_before_the_sdk_can_see_it() {
    let (steps, result) = Page::with_stored(Some("user_2"), Some("this")).run(attempt(false));
    assert_eq!(result, Ok(()));
    assert_eq!(steps[2..5], [Step::ReadStored, Step::Forget, Step::Initialise]);
    assert!(!steps.contains(&Step::Verify));
}

#[test]
fn a_login_of_an_ended_session_or_without_a_tag_is_dropped() {
    for tag in [Some("earlier"), None] {
        let (steps, result) = Page::with_stored(Some("user_1"), tag).run(attempt(false));
        assert_eq!(result, Ok(()));
        assert_eq!(steps.contains(&Step::AskSession), tag.is_some());
        assert!(
            steps.contains(&Step::Forget) && steps.contains(&Step::FetchToken) && !steps.contains(&Step::Verify),
            "{steps:?}"
        );
    }
}

#[test]
fn a_login_that_the_sdk_keeps_elsewhere_is_dropped_too() {
    let mut page = Page::with_stored(None, None);
    page.logged_in = Some(uid("user_2"));
    let (steps, result) = page.run(attempt(false));
    assert_eq!(result, Ok(()));
    assert_eq!(steps[4..7], [Step::AskWho, Step::Forget, Step::FetchToken]);
}

#[test]
fn a_new_login_in_a_running_page_takes_the_old_one_out_of_the_sdk_and_needs_no_other_initialisation() {
    for stored in [Page::with_stored(None, None), Page::with_stored(Some("user_2"), None)] {
        let (steps, result) = stored.run(attempt(true));
        assert_eq!(result, Ok(()));
        assert_eq!(steps[2..5], [Step::ReadStored, Step::Forget, Step::FetchToken]);
    }
}

#[test]
fn what_another_tab_renewed_is_resumed_without_a_token() {
    let died = Attempt::new(viewer("this"), true, Some(TokenDigest::of("died")));
    let mut attempt = reading(died);
    attempt.found(&stored_login(r#"{"uid":"user_1","tag":"this","authToken":"renewed"}"#).unwrap());
    // The SDK has the login of before in its memory: asked without reading the storage anew, it would refuse.
    assert_eq!(attempt.step(), Step::Initialise);
    attempt.advance(Outcome::Done).unwrap();
    attempt.advance(Outcome::Whose(Some(uid("user_1")))).unwrap();
    assert_eq!((attempt.step(), attempt.held()), (Step::Verify, Some(&TokenDigest::of("renewed"))));
    attempt.advance(Outcome::Done).unwrap();
    assert_eq!(attempt.step(), Step::Remember);
}

#[test]
fn a_login_that_vanished_from_the_sdk_rejects_no_token() {
    let mut attempt = reading(attempt(true));
    attempt.found(&stored_login(r#"{"uid":"user_1","tag":"this","authToken":"good"}"#).unwrap());
    attempt.advance(Outcome::Done).unwrap();
    attempt.advance(Outcome::Whose(Some(uid("user_1")))).unwrap();
    attempt.advance(Outcome::Failed(SdkError::NotLoggedIn)).unwrap();
    assert_eq!((attempt.step(), attempt.rejected()), (Step::Forget, None));
}

#[test]
fn a_page_of_an_ended_session_leaves_the_login_of_the_next_alone() {
    for session in [None, Some(viewer("next"))] {
        let mut page = Page::with_stored(Some("user_1"), Some("next"));
        page.session = session;
        let (steps, result) = page.run(attempt(false));
        assert_eq!(result, Err(SdkError::NoToken(ApiError::Unauthenticated)));
        assert_eq!(steps.last(), Some(&Step::AskSession));
    }
}

#[test]
fn a_dead_stored_login_costs_exactly_one_new_token() {
    let mut page = Page::with_stored(Some("user_1"), Some("this"));
    page.verify = Outcome::Failed(SdkError::TokenDead);
    let (steps, result) = page.run(attempt(false));
    assert_eq!(result, Ok(()));
    assert_eq!(steps[5..], [Step::Verify, Step::Forget, Step::FetchToken, Step::LogIn, Step::Remember]);
}

#[test]
fn a_second_dead_token_ends_the_attempt() {
    let dead = || Outcome::Failed(SdkError::TokenDead);
    let mut page = Page::with_stored(Some("user_1"), Some("this"));
    (page.verify, page.log_ins) = (dead(), vec![dead()]);
    let (steps, result) = page.run(attempt(false));
    assert_eq!(result, Err(SdkError::TokenDead));
    assert_eq!(steps.iter().filter(|step| **step == Step::FetchToken).count(), 1);

    let mut page = Page::with_stored(None, None);
    page.log_ins = vec![dead(), dead()];
    let (steps, result) = page.run(attempt(false));
    assert_eq!(result, Err(SdkError::TokenDead));
    assert_eq!(steps.iter().filter(|step| **step == Step::FetchToken).count(), 2);
}

#[test]
fn the_dead_token_is_named_when_a_new_one_is_fetched() {
    let mut attempt = reading(attempt(false));
    let stored = r#"{"uid":"user_1","tag":"this","authToken":"stored"}"#;
    attempt.found(&stored_login(stored).unwrap());
    attempt.advance(Outcome::Done).unwrap();
    attempt.advance(Outcome::Whose(Some(uid("user_1")))).unwrap();
    assert_eq!((attempt.step(), attempt.rejected()), (Step::Verify, None));
    attempt.advance(Outcome::Failed(SdkError::TokenDead)).unwrap();
    attempt.advance(Outcome::Done).unwrap();
    assert_eq!((attempt.step(), attempt.rejected()), (Step::FetchToken, Some(&TokenDigest::of("stored"))));
    attempt.hold(TokenDigest::of("new"));
    assert_eq!(attempt.held(), Some(&TokenDigest::of("new")));
}

#[test]
fn a_token_that_died_in_use_leaves_one_try_only() {
    let viewer = attempt(true).viewer;
    let attempt = Attempt::new(viewer, true, Some(TokenDigest::of("died")));
    assert_eq!(attempt.rejected(), Some(&TokenDigest::of("died")));
    let mut page = Page::with_stored(None, None);
    page.log_ins = vec![Outcome::Failed(SdkError::TokenDead)];
    let (steps, result) = page.run(attempt);
    assert_eq!(result, Err(SdkError::TokenDead));
    assert_eq!(steps.iter().filter(|step| **step == Step::FetchToken).count(), 1);
}

#[test]
fn a_login_known_to_be_dead_is_dropped_and_not_tried_again() {
    let viewer = attempt(true).viewer;
    let mut attempt = reading(Attempt::new(viewer, true, Some(TokenDigest::of("died"))));
    attempt.found(&stored_login(r#"{"uid":"user_1","tag":"this","authToken":"died"}"#).unwrap());
    assert_eq!(attempt.step(), Step::Forget);
}

#[test]
fn the_token_of_a_dropped_login_is_nobodys_business() {
    let mut attempt = reading(attempt(false));
    attempt.found(&stored_login(r#"{"uid":"user_2","tag":"this","authToken":"other"}"#).unwrap());
    assert_eq!((attempt.step(), attempt.held(), attempt.rejected()), (Step::Forget, None, None));
}

#[test]
fn a_stored_login_survives_a_cloud_that_is_down() {
    let mut page = Page::with_stored(Some("user_1"), Some("this"));
    page.verify = Outcome::Failed(SdkError::Offline);
    let (steps, result) = page.run(attempt(false));
    assert_eq!(result, Err(SdkError::Offline));
    assert!(!steps.contains(&Step::Forget) && !steps.contains(&Step::FetchToken));
}

#[test]
fn a_refused_token_request_ends_the_attempt_with_the_servers_answer() {
    let refusal = SdkError::NoToken(ApiError::RateLimited { retry_after_seconds: 9 });
    let mut page = Page::with_stored(None, None);
    page.tokens = vec![Outcome::Failed(refusal.clone())];
    let (steps, result) = page.run(attempt(false));
    assert_eq!((result, steps.last()), (Err(refusal), Some(&Step::FetchToken)));
}

#[test]
fn a_token_of_another_user_is_never_logged_in_with() {
    let mut page = Page::with_stored(None, None);
    page.tokens = vec![Outcome::Whose(Some(uid("user_2")))];
    let (steps, result) = page.run(attempt(false));
    assert_eq!(result, Err(SdkError::NoToken(ApiError::Unauthenticated)));
    assert!(!steps.contains(&Step::LogIn));
}

#[test]
fn a_script_that_does_not_load_ends_the_attempt_and_leaves_the_page_as_it_was() {
    let mut attempt = attempt(false);
    assert_eq!(attempt.advance(Outcome::Failed(SdkError::NotLoaded)), Err(SdkError::NotLoaded));
    assert!(!attempt.initialised());
}
