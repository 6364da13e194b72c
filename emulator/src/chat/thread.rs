//! Replies: to what one may reply, what one may quote, and who follows a thread.

use sqlx::SqliteConnection;

use super::actor::{self, Actor};
use crate::{
    error::ApiError,
    store::{
        messages::{self, MessageRow},
        threads,
    },
    uid::Uid,
};

/// Refuses a parent that is not in the conversation, is itself a reply, or is no message.
pub(super) async fn check_parent(
    connection: &mut SqliteConnection,
    sender: &Uid,
    conversation_id: &str,
    parent_id: i64,
) -> Result<(), ApiError> {
    let parent = actor::visible(connection, sender, parent_id).await?;
    if parent.conversation_id != conversation_id {
        return Err(ApiError::WrongMessageThread(parent_id));
    }
    if parent.category == "action" {
        return Err(ApiError::WrongMessageThreadCategory(parent_id));
    }
    if parent.parent_id.is_some() {
        return Err(ApiError::MessageThreadNesting(parent_id));
    }
    Ok(())
}

/// Refuses to quote what is not in the conversation.
pub(super) async fn check_quoted(
    connection: &mut SqliteConnection,
    sender: &Uid,
    conversation_id: &str,
    quoted_id: i64,
) -> Result<(), ApiError> {
    let quoted = actor::visible(connection, sender, quoted_id).await?;
    if quoted.conversation_id != conversation_id || quoted.category == "action" {
        return Err(ApiError::field("quotedMessageId", "The quoted message must be one of the conversation."));
    }
    Ok(())
}

/// Lets those whom a reply concerns follow its thread: its sender, unless it says no, the parent's sender, and whom it
/// mentions. The parent counts as changed: its number of replies did.
pub(super) async fn replied(
    connection: &mut SqliteConnection,
    reply: &MessageRow,
    reply_id: i64,
    follows: bool,
) -> Result<(), sqlx::Error> {
    let Some(parent_id) = reply.parent_id else { return Ok(()) };
    if follows {
        threads::follow(connection, &Uid::named(&reply.sender), parent_id, true).await?;
    }
    threads::involve(connection, parent_id, reply_id).await?;
    messages::touch(connection, parent_id, reply.sent_at).await
}

/// Follows a thread, or stops following it.
pub(crate) async fn follow(
    connection: &mut SqliteConnection,
    actor: &Actor,
    parent_id: i64,
    subscribed: bool,
) -> Result<(), ApiError> {
    actor.check(connection).await?;
    let parent = actor::visible(connection, &actor.uid, parent_id).await?;
    if parent.category == "action" {
        return Err(ApiError::WrongMessageThreadCategory(parent_id));
    }
    if parent.parent_id.is_some() {
        return Err(ApiError::MessageThreadNesting(parent_id));
    }
    Ok(threads::follow(connection, &actor.uid, parent_id, subscribed).await?)
}
