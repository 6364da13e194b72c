//! One login of one visitor, while it lives: who listens to it, and the calls made in its name.

use std::{cell::Cell, rc::Rc};

use super::ffi::{self, Arguments};
use crate::{
    model::{event::ChatEvent, ids::Uid, token_digest::TokenDigest, viewer::Viewer},
    sdk::{Connection, SdkError, handlers::Handlers},
};

pub struct Session {
    connection: Connection,
    alive: Cell<bool>,
    token: Option<TokenDigest>,
    /// Whether it ended because the cloud refused its token.
    rejected: Cell<bool>,
    /// What verifying the stored login brought along; handed out once.
    unread: Cell<Option<(u32, f64)>>,
    pub handlers: Rc<Handlers<ChatEvent>>,
}

/// For how many milliseconds the count that came with the connection is as good as a new one.
const FRESH_MILLISECONDS: f64 = 2_000.0;

impl Session {
    pub fn new(connection: Connection, token: Option<TokenDigest>, unread: Option<u32>) -> Self {
        Self {
            connection,
            alive: Cell::new(true),
            token,
            rejected: Cell::new(false),
            unread: Cell::new(unread.map(|total| (total, js_sys::Date::now()))),
            handlers: Rc::default(),
        }
    }

    pub fn uid(&self) -> &Uid {
        &self.connection.viewer.uid
    }

    pub fn session_tag(&self) -> &str {
        &self.connection.viewer.session_tag
    }

    pub fn is_alive(&self) -> bool {
        self.alive.get()
    }

    pub fn app_id(&self) -> &str {
        &self.connection.settings.cloud.app_id
    }

    /// Whether it lives and is this viewer's in this very session of the site.
    pub fn serves(&self, viewer: &Viewer) -> bool {
        self.alive.get() && self.is_of(viewer)
    }

    /// The token that this viewer's session died of.
    pub fn rejected_token(&self, viewer: &Viewer) -> Option<TokenDigest> {
        self.token.clone().filter(|_token| self.rejected.get() && self.is_of(viewer))
    }

    fn is_of(&self, viewer: &Viewer) -> bool {
        let own = &self.connection.viewer;
        own.uid == viewer.uid && own.session_tag == viewer.session_tag
    }

    pub fn take_fresh_unread(&self) -> Option<u32> {
        let (total, at) = self.unread.take()?;
        (js_sys::Date::now() - at < FRESH_MILLISECONDS).then_some(total)
    }

    /// Makes a call. The answer to a login that has ended meanwhile is nobody's any more.
    pub async fn call(&self, name: &str, arguments: Arguments) -> Result<String, SdkError> {
        if !self.alive.get() {
            return Err(SdkError::TokenDead);
        }
        let answer = ffi::call(name, arguments).await;
        if answer == Err(SdkError::TokenDead) {
            self.reject();
        }
        if answer.as_ref().is_err_and(SdkError::ends_the_login) {
            self.end();
        }
        if self.alive.get() { answer } else { Err(SdkError::TokenDead) }
    }

    /// The cloud has refused the token: our server is not to hand it out again.
    pub fn reject(&self) {
        self.rejected.set(true);
    }

    /// Tells everybody who listens, while it lives.
    pub fn dispatch(&self, event: &ChatEvent) {
        if self.alive.get() {
            self.handlers.tell(event);
        }
    }

    /// The login is gone: says so, once, and is silent from then on.
    pub fn end(&self) {
        if self.alive.replace(false) {
            self.handlers.tell(&ChatEvent::LoggedOut);
        }
    }

    /// Ends without a word: whoever closes it knows.
    pub fn close(&self) {
        self.alive.set(false);
    }
}
