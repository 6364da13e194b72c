//! One login of one visitor, while it lives: who listens to it, and the calls made in its name.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::ffi::{self, Arguments};
use crate::{
    model::{event::ChatEvent, ids::Uid, token_digest::TokenDigest, viewer::Viewer},
    sdk::{Connection, SdkError},
};

type Handler = Rc<dyn Fn(ChatEvent)>;

pub struct Session {
    connection: Connection,
    alive: Cell<bool>,
    token: Option<TokenDigest>,
    /// Whether it ended because the cloud refused its token.
    rejected: Cell<bool>,
    /// What verifying the stored login brought along; handed out once.
    unread: Cell<Option<(u32, f64)>>,
    handlers: RefCell<Vec<(u32, Handler)>>,
    next_handler: Cell<u32>,
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
            handlers: RefCell::default(),
            next_handler: Cell::new(0),
        }
    }

    pub fn uid(&self) -> &Uid {
        &self.connection.viewer.uid
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
    pub async fn call(&self, name: &str, arguments: Arguments<'_>) -> Result<String, SdkError> {
        if !self.alive.get() {
            return Err(SdkError::TokenDead);
        }
        let answer = ffi::call(name, arguments).await;
        if answer == Err(SdkError::TokenDead) {
            self.rejected.set(true);
            self.end();
        }
        if self.alive.get() { answer } else { Err(SdkError::TokenDead) }
    }

    pub fn add_handler(&self, handler: Handler) -> u32 {
        let id = self.next_handler.get();
        self.next_handler.set(id.wrapping_add(1));
        self.handlers.borrow_mut().push((id, handler));
        id
    }

    pub fn remove_handler(&self, id: u32) {
        self.handlers.borrow_mut().retain(|(other, _)| *other != id);
    }

    /// Tells everybody who still listens when their turn comes: a handler may drop another.
    pub fn dispatch(&self, event: &ChatEvent) {
        if self.alive.get() {
            self.tell(event);
        }
    }

    /// The login is gone: says so, once, and is silent from then on.
    pub fn end(&self) {
        if self.alive.replace(false) {
            self.tell(&ChatEvent::LoggedOut);
        }
    }

    /// Ends without a word: whoever closes it knows.
    pub fn close(&self) {
        self.alive.set(false);
    }

    fn tell(&self, event: &ChatEvent) {
        let ids: Vec<u32> = self.handlers.borrow().iter().map(|(id, _)| *id).collect();
        for id in ids {
            let handler = self.handlers.borrow().iter().find(|(other, _)| *other == id).map(|(_, it)| Rc::clone(it));
            if let Some(handler) = handler {
                handler(event.clone());
            }
        }
    }
}
