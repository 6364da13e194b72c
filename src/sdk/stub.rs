//! The client as the server half sees it: the same signatures, and nothing behind them. The widget's code compiles on
//! both sides; its calls run in the browser only.
#![expect(clippy::unused_async, reason = "the signatures are the browser's")]

use std::future::Future;

use super::{Connection, SdkError};
use crate::{
    api::ApiError,
    model::{
        chat::{Conversation, Message, Peer, Person},
        event::{ChatEvent, Link},
        ids::{MessageId, Uid},
        token_digest::TokenDigest,
        viewer::{ChatCredentials, Viewer},
    },
};

/// Keeps a subscription; dropping it unsubscribes.
#[must_use = "dropping the listener unsubscribes it"]
#[derive(Debug)]
pub struct Listener {}

/// The chat of one signed-in visitor.
#[derive(Clone, Debug)]
pub struct ChatClient {}

impl ChatClient {
    pub async fn connect<F, G>(
        connection: Connection,
        fetch_token: impl Fn(Option<TokenDigest>) -> F + 'static,
        current_viewer: impl Fn() -> G + 'static,
    ) -> Result<Self, SdkError>
    where
        F: Future<Output = Result<ChatCredentials, ApiError>> + 'static,
        G: Future<Output = Result<Option<Viewer>, ApiError>> + 'static,
    {
        let _ = (connection, fetch_token, current_viewer);
        Err(SdkError::NotInitialised)
    }

    pub fn listen(&self, on_event: impl Fn(ChatEvent) + 'static) -> Listener {
        let _ = on_event;
        Listener {}
    }

    pub fn link(&self) -> Link {
        Link::Disconnected
    }

    pub async fn reconnect(&self) -> Result<(), SdkError> {
        Err(SdkError::NotInitialised)
    }

    pub async fn conversations(&self, page: u32) -> Result<Vec<Conversation>, SdkError> {
        let _ = page;
        Err(SdkError::NotInitialised)
    }

    pub async fn conversation(&self, peer: &Peer) -> Result<Option<Conversation>, SdkError> {
        let _ = peer;
        Err(SdkError::NotInitialised)
    }

    pub async fn people(&self, search: &str, page: u32) -> Result<Vec<Person>, SdkError> {
        let _ = (search, page);
        Err(SdkError::NotInitialised)
    }

    pub async fn person(&self, uid: &Uid) -> Result<Person, SdkError> {
        let _ = uid;
        Err(SdkError::NotInitialised)
    }

    pub async fn messages_before(
        &self,
        peer: &Peer,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Message>, SdkError> {
        let _ = (peer, before, limit);
        Err(SdkError::NotInitialised)
    }

    pub async fn messages_after(&self, peer: &Peer, after: MessageId, limit: u32) -> Result<Vec<Message>, SdkError> {
        let _ = (peer, after, limit);
        Err(SdkError::NotInitialised)
    }

    pub async fn messages_changed_since(&self, peer: &Peer, since: i64) -> Result<Vec<Message>, SdkError> {
        let _ = (peer, since);
        Err(SdkError::NotInitialised)
    }

    pub async fn send_text(&self, peer: &Peer, text: &str, muid: &str) -> Result<Message, SdkError> {
        let _ = (peer, text, muid);
        Err(SdkError::NotInitialised)
    }

    pub async fn edit_text(&self, peer: &Peer, id: MessageId, text: &str) -> Result<Message, SdkError> {
        let _ = (peer, id, text);
        Err(SdkError::NotInitialised)
    }

    pub async fn delete(&self, id: MessageId) -> Result<Message, SdkError> {
        let _ = id;
        Err(SdkError::NotInitialised)
    }

    pub async fn mark_delivered(&self, message: &Message) -> Result<(), SdkError> {
        let _ = message;
        Err(SdkError::NotInitialised)
    }

    pub async fn mark_read(&self, message: &Message) -> Result<(), SdkError> {
        let _ = message;
        Err(SdkError::NotInitialised)
    }

    pub async fn mark_conversation_read(&self, peer: &Peer) -> Result<(), SdkError> {
        let _ = peer;
        Err(SdkError::NotInitialised)
    }

    pub async fn unread_count(&self) -> Result<u32, SdkError> {
        Err(SdkError::NotInitialised)
    }

    pub fn start_typing(&self, peer: &Peer) {
        let _ = peer;
    }

    pub fn end_typing(&self, peer: &Peer) {
        let _ = peer;
    }

    pub async fn forget(&self) {}

    pub async fn forget_stored(app_id: &str, session_tag: Option<&str>) {
        let _ = (app_id, session_tag);
    }

    pub async fn is_stored(app_id: &str) -> bool {
        let _ = app_id;
        false
    }
}
