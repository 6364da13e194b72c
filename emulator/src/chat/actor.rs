//! Who acts, and by what right. A request is let in before its body has arrived, and much can happen until it has: every
//! turn that writes asks again whether the actor still may.

use sqlx::SqliteConnection;

use crate::{
    error::ApiError,
    render::view::View,
    socket::hub::Hub,
    store::{
        messages::{self, MessageRow},
        tokens,
        users::{self, UserRow},
    },
    uid::Uid,
};

/// Somebody who does something.
#[derive(Clone)]
pub(crate) struct Actor {
    pub uid: Uid,
    /// The SDK's session id, which it names in its frames and REST calls alike, and by which it knows its own.
    pub device: String,
    pub right: Right,
    /// The address below which it finds uploads.
    pub files: String,
}

/// Why the actor may act as this person.
#[derive(Clone)]
pub(crate) enum Right {
    /// This auth token, as long as it lives.
    Token(String),
    /// The REST API key, or being a part of the emulator.
    Trusted,
}

impl Actor {
    /// Its own view of things.
    pub(crate) fn view<'a>(&'a self, hub: &'a Hub) -> View<'a> {
        View { hub, uid: &self.uid, files: &self.files }
    }

    /// Refuses who may not act any more: a token that is gone, a person who is deactivated or erased.
    pub(crate) async fn check(&self, connection: &mut SqliteConnection) -> Result<UserRow, ApiError> {
        if let Right::Token(token) = &self.right
            && tokens::find_live(connection, token).await?.is_none()
        {
            return Err(ApiError::LoginGone);
        }
        active(connection, &self.uid).await
    }
}

/// What the app itself is called where a person would be named (SDK 4.2.0 names its pins so).
const APP: &str = "app_system";

/// Who changes a group: somebody, or the app itself by its REST API key.
#[derive(Clone)]
pub(crate) enum Initiator {
    App,
    Person(Actor),
}

impl Initiator {
    /// As `Actor::check`; the app may always.
    pub(crate) async fn check(&self, connection: &mut SqliteConnection) -> Result<(), ApiError> {
        match self {
            Self::App => Ok(()),
            Self::Person(actor) => actor.check(connection).await.map(drop),
        }
    }

    /// The uid, or the app's name.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::App => APP,
            Self::Person(actor) => actor.uid.as_str(),
        }
    }

    pub(crate) fn device(&self) -> &str {
        match self {
            Self::App => APP,
            Self::Person(actor) => &actor.device,
        }
    }

    pub(crate) fn is(&self, uid: &Uid) -> bool {
        matches!(self, Self::Person(actor) if actor.uid == *uid)
    }
}

/// The person; a deactivated one is not found, as in the cloud.
pub(crate) async fn active(connection: &mut SqliteConnection, uid: &Uid) -> Result<UserRow, ApiError> {
    users::find_active(connection, uid).await?.ok_or_else(|| ApiError::UidNotFound(uid.to_string()))
}

/// The message as `viewer` sees it; refuses what is not there, and what is not for this person's eyes.
pub(crate) async fn visible(connection: &mut SqliteConnection, viewer: &Uid, id: i64) -> Result<MessageRow, ApiError> {
    if let Some(row) = messages::find_for(connection, viewer, id).await? {
        return Ok(row);
    }
    Err(match messages::find(connection, id).await? {
        Some(_) => ApiError::MessageNoAccess(id),
        None => ApiError::MessageNotFound(id.to_string()),
    })
}
