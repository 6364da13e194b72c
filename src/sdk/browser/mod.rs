//! What the widget calls. The client is a cheap handle: the SDK is a singleton of the page. Every call ends in time, and
//! fails with [`SdkError::TokenDead`] once the login is gone.

mod calls;
mod ffi;
mod page;
mod requests;
mod session;

use std::{fmt, future::Future, rc::Rc};

pub use self::calls::Call;
use self::{ffi::Arguments, session::Session};
use super::{
    Connection, FileRequest, SdkError,
    handlers::Subscription,
    protocol::{self, Listed},
};
use crate::{
    api::ApiError,
    model::{
        chat::{LocalFile, Message, Peer},
        event::{ChatEvent, Link},
        ids::{MessageId, Uid},
        token_digest::TokenDigest,
        viewer::{ChatCredentials, Viewer},
    },
};

/// As many as the SDK gives in one page of messages, and as we ask for of people.
const MESSAGES: u32 = 100;
const PEOPLE: u32 = 30;

/// Keeps a subscription; dropping it unsubscribes.
#[must_use = "dropping the listener unsubscribes it"]
#[derive(Debug)]
pub struct Listener {
    _subscription: Subscription<ChatEvent>,
}

/// The chat of one signed-in visitor.
#[derive(Clone)]
pub struct ChatClient {
    session: Rc<Session>,
}

impl fmt::Debug for ChatClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ChatClient").field("uid", self.session.uid()).finish_non_exhaustive()
    }
}

impl ChatClient {
    /// Loads the SDK once, initialises it once, resumes its stored login when that belongs to this very session, else
    /// drops it and logs in with a token from `fetch_token`. Concurrent calls share one attempt, a call while connected
    /// shares the connection. `fetch_token` is told the token that the cloud has refused, if one was; it is asked for one
    /// replacement only, then the attempt ends with [`SdkError::TokenDead`]. `current_viewer` is asked when the login of
    /// another session lies there: the page may be out of date.
    pub async fn connect<F, G>(
        connection: Connection,
        fetch_token: impl Fn(Option<TokenDigest>) -> F + 'static,
        current_viewer: impl Fn() -> G + 'static,
    ) -> Result<Self, SdkError>
    where
        F: Future<Output = Result<ChatCredentials, ApiError>> + 'static,
        G: Future<Output = Result<Option<Viewer>, ApiError>> + 'static,
    {
        let server = page::Server {
            fetch_token: Rc::new(move |rejected| Box::pin(fetch_token(rejected))),
            current_viewer: Rc::new(move || Box::pin(current_viewer())),
        };
        let session = page::connect(connection, server).await?;
        Ok(Self { session })
    }

    /// Hands every event to `on_event` until the listener is dropped. After [`ChatEvent::LoggedOut`] nothing follows.
    pub fn listen(&self, on_event: impl Fn(ChatEvent) + 'static) -> Listener {
        Listener { _subscription: self.session.handlers.add(on_event) }
    }

    /// The socket's state now: it may be connected before anybody listens.
    pub fn link(&self) -> Link {
        page::link()
    }

    /// Up to `limit` (at most 100) messages before `before`, or the newest; ascending. Fewer than `limit`: no older.
    pub async fn messages_before(
        &self,
        peer: &Peer,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Message>, SdkError> {
        let (mut found, mut cursor, wanted) = (Vec::new(), before, limit.clamp(1, MESSAGES) as usize);
        loop {
            let listed = self.history(peer, cursor, limit, true).await?;
            found.splice(0..0, listed.messages);
            let further = listed.first.filter(|first| cursor.is_none_or(|cursor| *first < cursor));
            if found.len() >= wanted || listed.entries < wanted || further.is_none() {
                found.drain(..found.len().saturating_sub(wanted));
                return Ok(found);
            }
            cursor = further;
        }
    }

    /// Up to `limit` (at most 100) messages after `after`, ascending: what was missed while offline. Fewer than
    /// `limit`: no newer.
    pub async fn messages_after(&self, peer: &Peer, after: MessageId, limit: u32) -> Result<Vec<Message>, SdkError> {
        let (mut found, mut cursor, wanted) = (Vec::new(), after, limit.clamp(1, MESSAGES) as usize);
        loop {
            let listed = self.history(peer, Some(cursor), limit, false).await?;
            found.extend(listed.messages);
            let further = listed.last.filter(|last| *last > cursor);
            match further {
                Some(last) if found.len() < wanted && listed.entries >= wanted => cursor = last,
                _ => {
                    found.truncate(wanted);
                    return Ok(found);
                }
            }
        }
    }

    async fn history(&self, peer: &Peer, id: Option<MessageId>, limit: u32, older: bool) -> Result<Listed, SdkError> {
        let arguments = Arguments::of(peer).number("limit", limit.clamp(1, MESSAGES).into()).flag("older", older);
        let arguments = match id {
            Some(id) => arguments.id(id),
            None => arguments,
        };
        protocol::history(&self.session.call("messages", arguments).await?)
    }

    /// The unread messages of all conversations together, where the connection has just brought the count along.
    pub fn fresh_unread(&self) -> Option<u32> {
        self.session.take_fresh_unread()
    }

    /// Whose chat it is.
    pub fn uid(&self) -> &Uid {
        self.session.uid()
    }

    /// Makes the call; the answer is what `protocol` reads.
    pub async fn make(&self, call: Call) -> Result<String, SdkError> {
        self.session.call(call.name, call.arguments).await
    }

    /// Says that the visitor types; call it at every key, it is sent every 4 seconds at most.
    pub fn start_typing(&self, peer: &Peer) {
        self.typing(peer, true);
    }

    pub fn end_typing(&self, peer: &Peer) {
        self.typing(peer, false);
    }

    fn typing(&self, peer: &Peer, started: bool) {
        let (session, arguments) = (self.session.clone(), Arguments::of(peer).flag("started", started));
        wasm_bindgen_futures::spawn_local(async move {
            // A lost hint of typing is no error to anybody.
            let _ = session.call("typing", arguments).await;
        });
    }

    /// What is asked about files, answered as JSON. What the device alone does, it does without a login too: a
    /// microphone can always be switched off.
    pub async fn files(client: Option<&Self>, request: &FileRequest) -> Result<String, SdkError> {
        let (name, arguments) = request.call();
        let arguments = Arguments(arguments);
        match client {
            _ if !matches!(request, FileRequest::Upload { .. } | FileRequest::Send { .. }) => {
                ffi::call(name, arguments).await
            }
            Some(client) => client.session.call(name, arguments).await,
            None => Err(SdkError::NotInitialised),
        }
    }

    /// The files that a change of a field, a paste or a drop brings; the page holds them from now on.
    pub fn files_of(event: &web_sys::Event) -> Vec<LocalFile> {
        protocol::files(&ffi::files_of(event))
    }

    /// Whether what is dragged are files.
    pub fn carries_files(event: &web_sys::Event) -> bool {
        ffi::carries_files(event)
    }

    /// Closes the socket and forgets the SDK's stored login in this browser, if it is still this one, without a call to
    /// the cloud: the server has revoked the token, or is about to.
    pub async fn forget(&self) {
        page::forget(&self.session).await;
    }

    /// Takes what an earlier page left of a session's login out of this browser, without loading the SDK; no tag: of
    /// any session.
    pub async fn forget_stored(app_id: &str, session_tag: Option<&str>) {
        page::forget_stored(app_id, session_tag.unwrap_or_default()).await;
    }

    /// Whether an earlier page left a login in this browser.
    pub async fn is_stored(app_id: &str) -> bool {
        page::is_stored(app_id).await
    }
}
