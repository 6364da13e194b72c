//! What there is once in a page: the SDK and its events, the session that it serves, and the attempt to connect.

use std::{
    cell::{Cell, RefCell},
    future::Future,
    pin::Pin,
    rc::Rc,
};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{
    ffi::{self, Arguments},
    session::Session,
};
use crate::{
    api::ApiError,
    model::{
        event::{ChatEvent, Link},
        token_digest::TokenDigest,
        viewer::{ChatCredentials, Viewer},
    },
    sdk::{
        Connection, SdkError,
        lifecycle::{Attempt, Outcome, Step},
        protocol,
    },
};

type Connected = Result<Rc<Session>, SdkError>;
type Answering<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

/// What an attempt asks of our server.
#[derive(Clone)]
pub struct Server {
    /// Fetches a token, other than the one that the cloud has refused.
    pub fetch_token: Rc<dyn Fn(Option<TokenDigest>) -> Answering<ChatCredentials>>,
    /// Who is signed in.
    pub current_viewer: Rc<dyn Fn() -> Answering<Option<Viewer>>>,
}

/// An attempt under way, for everybody who waits for it.
#[derive(Clone)]
struct Running {
    connection: Connection,
    ended: Promise,
    result: Rc<RefCell<Option<Connected>>>,
}

#[derive(Default)]
struct Page {
    listening: Cell<bool>,
    initialised: Cell<bool>,
    link: Cell<Option<Link>>,
    session: RefCell<Option<Rc<Session>>>,
    running: RefCell<Option<Running>>,
}

thread_local! {
    static PAGE: Page = Page::default();
}

/// The socket's state as last reported.
pub fn link() -> Link {
    PAGE.with(|page| page.link.get()).unwrap_or(Link::Connecting)
}

/// The session of this viewer: the living one, or one more attempt, shared by all who ask meanwhile.
pub async fn connect(connection: Connection, server: Server) -> Connected {
    loop {
        let living = PAGE.with(|page| page.session.borrow().clone());
        if let Some(session) = living.filter(|session| session.serves(&connection.viewer)) {
            return Ok(session);
        }
        let running = PAGE.with(|page| page.running.borrow().clone());
        let running = running.unwrap_or_else(|| start(&connection, &server));
        // It never rejects; what came of it stands beside it.
        let _ = JsFuture::from(running.ended).await;
        if running.connection == connection
            && let Some(result) = running.result.borrow().clone()
        {
            return result;
        }
    }
}

/// Ends the session here and in the browser's storage.
pub async fn forget(session: &Rc<Session>) {
    session.close();
    PAGE.with(|page| page.session.borrow_mut().take_if(|current| Rc::ptr_eq(current, session)));
    forget_stored(session.app_id(), session.session_tag()).await;
}

/// Ends the login that a session of the site left here and in the browser's storage; an empty tag names any. Somebody
/// else in this page who waits for that session's login, or lives by it, keeps it.
pub async fn forget_stored(app_id: &str, session_tag: &str) {
    let is_in_use = PAGE.with(|page| {
        let waits = page.running.borrow().as_ref().is_some_and(|it| it.connection.viewer.session_tag == session_tag);
        let lives = page.session.borrow().as_ref().is_some_and(|it| it.is_alive() && it.session_tag() == session_tag);
        waits || lives
    });
    if !is_in_use {
        // Storage and memory are cleared whatever comes of it; nobody is left to tell.
        let _ = ffi::call("forget", of_app(app_id).text("sessionTag", session_tag)).await;
    }
}

/// Whether an earlier page left a login in the browser.
pub async fn is_stored(app_id: &str) -> bool {
    let stored = ffi::call("stored", of_app(app_id)).await;
    stored.and_then(|json| protocol::stored_login(&json)).is_ok_and(|stored| !stored.is_empty())
}

fn of_app(app_id: &str) -> Arguments {
    Arguments::default().text("appId", app_id)
}

fn start(connection: &Connection, server: &Server) -> Running {
    listen();
    // The SDK serves one user: whoever it served before this attempt gets nothing more.
    let previous = PAGE.with(|page| page.session.take());
    if let Some(previous) = &previous {
        previous.close();
    }
    let rejected = previous.and_then(|previous| previous.rejected_token(&connection.viewer));
    let result = Rc::new(RefCell::new(None));
    let ended = future_to_promise({
        let (connection, server, result) = (connection.clone(), server.clone(), Rc::clone(&result));
        async move {
            let app_id = connection.settings.cloud.app_id.clone();
            let connected = run(connection, rejected, server).await;
            // Of an attempt that never got so far there is nothing to unlock.
            let _ = ffi::call("unlock", of_app(&app_id)).await;
            PAGE.with(|page| {
                page.running.replace(None);
                page.session.replace(connected.as_ref().ok().cloned());
            });
            result.replace(Some(connected));
            Ok(JsValue::UNDEFINED)
        }
    });
    let running = Running { connection: connection.clone(), ended, result };
    PAGE.with(|page| page.running.replace(Some(running.clone())));
    running
}

/// Carries out the attempt's steps, one after the other.
async fn run(connection: Connection, rejected: Option<TokenDigest>, server: Server) -> Connected {
    let Connection { settings, viewer } = &connection;
    let mut attempt = Attempt::new(viewer.clone(), PAGE.with(|page| page.initialised.get()), rejected);
    let mut token = String::new();
    let mut unread = None;
    loop {
        let arguments = of_app(&settings.cloud.app_id);
        let outcome = match attempt.step() {
            Step::Load => done(ffi::call("load", arguments.text("url", &settings.sdk_url)).await),
            Step::Lock => done(ffi::call("lock", arguments).await),
            Step::ReadStored => {
                attempt.found(&protocol::stored_login(&ffi::call("stored", arguments).await?)?);
                continue;
            }
            Step::AskSession => match (server.current_viewer)().await {
                Ok(current) => Outcome::Session(current),
                Err(error) => Outcome::Failed(SdkError::NoToken(error)),
            },
            Step::Forget => done(ffi::call("drop", arguments).await),
            Step::Initialise => {
                let arguments =
                    arguments.text("region", &settings.cloud.region).flag("local", settings.cloud.is_local());
                done(ffi::call("initialise", arguments).await)
            }
            Step::AskWho => whose(ffi::call("loggedIn", arguments).await),
            Step::Verify => match ffi::call("unread", arguments).await.and_then(|json| protocol::unread_total(&json)) {
                Ok(total) => {
                    unread = Some(total);
                    Outcome::Done
                }
                Err(error) => Outcome::Failed(error),
            },
            Step::FetchToken => match (server.fetch_token)(attempt.rejected().cloned()).await {
                Ok(credentials) if credentials.app_id == settings.cloud.app_id => {
                    attempt.hold(TokenDigest::of(&credentials.auth_token));
                    token = credentials.auth_token;
                    Outcome::Whose(Some(credentials.uid))
                }
                Ok(_) => Outcome::Failed(SdkError::Malformed("a token of another app".into())),
                Err(error) => Outcome::Failed(SdkError::NoToken(error)),
            },
            Step::LogIn => {
                let auth_token = std::mem::take(&mut token);
                whose(ffi::call("login", arguments.text("authToken", &auth_token)).await)
            }
            Step::Remember => done(ffi::call("remember", arguments.text("sessionTag", &viewer.session_tag)).await),
            Step::Finish => return Ok(Rc::new(Session::new(connection, attempt.held().cloned(), unread))),
        };
        attempt.advance(outcome)?;
        PAGE.with(|page| page.initialised.set(attempt.initialised()));
    }
}

fn done(answer: Result<String, SdkError>) -> Outcome {
    answer.map_or_else(Outcome::Failed, |_nothing| Outcome::Done)
}

fn whose(answer: Result<String, SdkError>) -> Outcome {
    answer.and_then(|json| protocol::logged_in(&json)).map_or_else(Outcome::Failed, Outcome::Whose)
}

fn listen() {
    if PAGE.with(|page| page.listening.replace(true)) {
        return;
    }
    ffi::listen(Box::new(|json| {
        let session = PAGE.with(|page| page.session.borrow().clone());
        // The link changes before there is a session; whose events they are plays no part in that.
        let event = match &session {
            Some(session) => protocol::chat_event(&json, session.uid()),
            None => protocol::link_event(&json),
        };
        if let Some(ChatEvent::LinkChanged { link }) = &event {
            PAGE.with(|page| page.link.set(Some(*link)));
        }
        match (session, event) {
            (Some(session), Some(ChatEvent::LoggedOut)) => {
                if protocol::is_rejection(&json) {
                    session.reject();
                }
                session.end();
            }
            (Some(session), Some(event)) => session.dispatch(&event),
            _ => {}
        }
    }));
}
