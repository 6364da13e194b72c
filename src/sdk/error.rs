//! The one error of the SDK layer.

use crate::{api::ApiError, model::chat::Problem};

/// What can go wrong between the widget and the cloud.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SdkError {
    /// The SDK's script could not be loaded.
    #[error("the chat could not be loaded")]
    NotLoaded,
    /// A call before the client was connected, or on the server.
    #[error("the chat is not initialised")]
    NotInitialised,
    /// The login is dead (`AUTH_ERR_AUTH_TOKEN_NOT_FOUND`): ask for one new token, once.
    #[error("the chat login has ended")]
    TokenDead,
    /// The SDK has no login in its memory (`USER_NOT_LOGED_IN`): another tab took it away. Of the token it says nothing.
    #[error("the chat has no login")]
    NotLoggedIn,
    /// No answer in time.
    #[error("the chat did not answer in time")]
    TimedOut,
    /// The network, or an answer that is no JSON (`FAILED_TO_FETCH`).
    #[error("no connection to the chat")]
    Offline,
    /// No token: our own server's answer.
    #[error("no token: {0}")]
    NoToken(ApiError),
    /// Any other answer of the cloud, by its code; numeric codes as their digits, but for -1, where SDK 4.2.0 has the code in the name.
    #[error("{code}: {message}")]
    Cloud { code: String, message: String },
    /// What the SDK handed over was not understood.
    #[error("unexpected answer: {0}")]
    Malformed(String),
}

impl SdkError {
    /// Whether nothing more will come of the login that it was the answer to.
    pub fn ends_the_login(&self) -> bool {
        matches!(self, Self::TokenDead | Self::NotLoggedIn)
    }

    /// What a person can make of it.
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Self::Cloud { code, .. } => Problem::of_code(code),
            _ => None,
        }
    }

    /// Whether the same may go well a little later, with nobody doing anything about it.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::NotLoaded | Self::NotInitialised | Self::TimedOut | Self::Offline => true,
            Self::NoToken(error) => matches!(error, ApiError::Offline | ApiError::Unavailable { .. }),
            Self::TokenDead | Self::NotLoggedIn | Self::Cloud { .. } | Self::Malformed(_) => false,
        }
    }

    /// Whether it only says that two people have not written to each other yet (COMETCHAT error guide, SDK 4.2.0).
    pub fn is_no_conversation(&self) -> bool {
        matches!(self, Self::Cloud { code, .. }
            if code == "ERR_CONVERSATION_NOT_ACCESSIBLE" || code == "ERR_CONVERSATION_NOT_FOUND" || code == "CONVERSATION_NOT_FOUND")
    }
}
