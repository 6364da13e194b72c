//! What the widget calls. The client is a cheap handle: the SDK is a singleton of the page. Every call ends in time, and
//! fails with [`SdkError::TokenDead`] once the login is gone.

mod ffi;
mod messages;
mod page;
mod requests;
mod session;

use std::{fmt, future::Future, rc::Rc};

pub use self::messages::MessageCall;
use self::{ffi::Arguments, session::Session};
use super::{
    Connection, FileRequest, SdkError,
    handlers::Subscription,
    protocol::{self, Listed},
};
use crate::{
    api::ApiError,
    model::{
        chat::{Conversation, LocalFile, Message, Peer, Person},
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

    /// Gives the socket up and opens a new one at once: the SDK itself tries every 5 seconds. The events of
    /// [`Link::Connecting`] and [`Link::Connected`] follow.
    pub async fn reconnect(&self) -> Result<(), SdkError> {
        self.session.call("reconnect", Arguments::default()).await.map(drop)
    }

    /// The conversations, newest first; `page` counts from 1, a page has up to 50; an empty page ends the list.
    pub async fn conversations(&self, page: u32) -> Result<Vec<Conversation>, SdkError> {
        let arguments = Arguments::default().page(page, super::CONVERSATIONS);
        protocol::conversations(&self.session.call("conversations", arguments).await?)
    }

    /// One conversation; none where no message was ever exchanged.
    pub async fn conversation(&self, peer: &Peer) -> Result<Option<Conversation>, SdkError> {
        match self.session.call("conversation", Arguments::of(peer)).await {
            Ok(json) => protocol::conversation(&json).map(Some),
            Err(error) if error.is_no_conversation() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// People of the site whose name or uid contains `search`, up to 30 a page, oneself left out; an empty page ends
    /// the list.
    pub async fn people(&self, search: &str, page: u32) -> Result<Vec<Person>, SdkError> {
        let arguments = Arguments::default().text("search", search).page(page, PEOPLE);
        let mut people = protocol::people(&self.session.call("people", arguments).await?)?;
        people.retain(|person| person.uid != *self.session.uid());
        Ok(people)
    }

    /// One person, with the presence of now.
    pub async fn person(&self, uid: &Uid) -> Result<Person, SdkError> {
        protocol::person(&self.session.call("person", Arguments::default().text("uid", uid.as_str())).await?)
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

    /// All messages of a conversation edited or deleted at or after `since` (unix seconds): the catch-up of changes.
    pub async fn messages_changed_since(&self, peer: &Peer, since: i64) -> Result<Vec<Message>, SdkError> {
        let arguments = Arguments::of(peer).number("since", since).number("limit", MESSAGES.into());
        Ok(protocol::history(&self.session.call("messages", arguments).await?)?.messages)
    }

    /// Sends a text, in answer to `quoted` where there is one; `muid` comes back in the answer, and the cloud stores a
    /// `muid` of a sender only once.
    pub async fn send_text(
        &self,
        peer: &Peer,
        text: &str,
        muid: &str,
        quoted: Option<MessageId>,
    ) -> Result<Message, SdkError> {
        let arguments = Arguments::of(peer).text("text", text).text("muid", muid);
        let arguments = match quoted {
            Some(quoted) => arguments.number("quoted", i64::try_from(quoted.0).unwrap_or_default()),
            None => arguments,
        };
        protocol::message(&self.session.call("send", arguments).await?)
    }

    pub async fn edit_text(&self, peer: &Peer, id: MessageId, text: &str) -> Result<Message, SdkError> {
        let arguments = Arguments::of(peer).id(id).text("text", text);
        protocol::message(&self.session.call("edit", arguments).await?)
    }

    pub async fn delete(&self, id: MessageId) -> Result<Message, SdkError> {
        protocol::message(&self.session.call("delete", Arguments::default().id(id)).await?)
    }

    /// Tells the sender that the message, and all before it, arrived. Needs the socket.
    pub async fn mark_delivered(&self, message: &Message) -> Result<(), SdkError> {
        self.receipt(message, false).await
    }

    /// Tells the sender that the message, and all before it, was read. Needs the socket.
    pub async fn mark_read(&self, message: &Message) -> Result<(), SdkError> {
        self.receipt(message, true).await
    }

    async fn receipt(&self, message: &Message, read: bool) -> Result<(), SdkError> {
        let peer = message.peer(self.session.uid());
        let arguments = Arguments::of(&peer).id(message.id);
        let arguments = arguments.text("sender", message.sender.uid.as_str()).flag("read", read);
        self.session.call("receipt", arguments).await.map(drop)
    }

    /// Marks a whole conversation as read, over REST.
    pub async fn mark_conversation_read(&self, peer: &Peer) -> Result<(), SdkError> {
        self.session.call("readAll", Arguments::of(peer)).await.map(drop)
    }

    /// Unread messages in all conversations together: the server's count, the truth for the launcher.
    pub async fn unread_count(&self) -> Result<u32, SdkError> {
        if let Some(total) = self.session.take_fresh_unread() {
            return Ok(total);
        }
        protocol::unread_total(&self.session.call("unread", Arguments::default()).await?)
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

    /// What is asked about files, answered as JSON.
    pub async fn files(&self, request: &FileRequest) -> Result<String, SdkError> {
        let (name, arguments) = request.call();
        self.session.call(name, Arguments(arguments)).await
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
