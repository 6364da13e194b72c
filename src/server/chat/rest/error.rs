//! What can go wrong with the cloud. It carries codes, never the cloud's own sentences, addresses or bodies: those may
//! hold names, keys or tokens.

use std::time::Duration;

use reqwest::StatusCode;

use super::wire::Failure;

/// Why a call gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum RestError {
    #[error("the chat cloud cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    #[error("the chat cloud did not answer in time")]
    TimedOut,
    /// No call was made: the last ones were in vain.
    #[error("the chat cloud is not asked, since it did not answer lately")]
    Spared { retry_after: Duration },
    #[error("the chat cloud asks to slow down")]
    TooManyRequests { retry_after: Option<Duration> },
    #[error("the chat cloud has a fault (status {status}, {code})")]
    Fault { status: u16, code: String, retry_after: Option<Duration> },
    #[error("the chat cloud's answer is not understood (status {status})")]
    Malformed { status: u16 },
    /// `ERR_UID_ALREADY_EXISTS`
    #[error("the chat user exists already")]
    UidExists,
    /// `ERR_UID_NOT_FOUND`: never created, deleted, or deactivated.
    #[error("there is no such chat user")]
    UidNotFound,
    /// `ERR_AUTH_TOKEN_NOT_FOUND`
    #[error("there is no such chat token")]
    TokenNotFound,
    #[error("the chat cloud refuses COMETCHAT_REST_API_KEY ({code})")]
    KeyRefused { code: String },
    #[error("the chat cloud refuses COMETCHAT_APP_ID ({code})")]
    AppRefused { code: String },
    /// Any other refusal; `fields` names what the cloud found wrong in the request.
    #[error("the chat cloud refuses the request (status {status}, {code}, fields {fields:?})")]
    Rejected { status: u16, code: String, fields: Vec<String> },
}

impl RestError {
    /// An error of the transport. The address is taken out of it: the one that deletes a token holds the token.
    pub(super) fn unreachable(error: reqwest::Error) -> Self {
        if error.is_timeout() && !error.is_connect() { Self::TimedOut } else { Self::Unreachable(error.without_url()) }
    }

    pub(super) fn unusable_key(why: &str) -> Self {
        Self::KeyRefused { code: why.to_owned() }
    }

    pub(super) fn unusable_app(why: &str) -> Self {
        Self::AppRefused { code: why.to_owned() }
    }

    /// Reads an answer that is no success. The code decides, not the status: `ERR_UID_NOT_FOUND` and
    /// `ERR_API_NOT_FOUND` share 404 (CometChat's error guide).
    pub(super) fn from_answer(status: StatusCode, retry_after: Option<Duration>, body: &[u8]) -> Self {
        let status_code = status.as_u16();
        let failure = Failure::parse(body);
        let code = failure.as_ref().map_or_else(|| "no code".to_owned(), |failure| failure.code.clone());
        match code.as_str() {
            "ERR_TOO_MANY_REQUESTS" => Self::TooManyRequests { retry_after },
            "ERR_UID_ALREADY_EXISTS" => Self::UidExists,
            "ERR_UID_NOT_FOUND" => Self::UidNotFound,
            "ERR_AUTH_TOKEN_NOT_FOUND" | "AUTH_ERR_AUTH_TOKEN_NOT_FOUND" => Self::TokenNotFound,
            "AUTH_ERR_APIKEY_NOT_FOUND" | "AUTH_ERR_EMPTY_APIKEY" | "AUTH_ERR_NO_ACCESS" => Self::KeyRefused { code },
            "AUTH_ERR_INVALID_APPID" | "AUTH_ERR_EMPTY_APPID" | "ERR_APP_NOT_FOUND" => Self::AppRefused { code },
            _ if status == StatusCode::TOO_MANY_REQUESTS => Self::TooManyRequests { retry_after },
            _ if status.is_server_error() => Self::Fault { status: status_code, code, retry_after },
            _ if status == StatusCode::UNAUTHORIZED => Self::KeyRefused { code },
            _ => match failure {
                Some(failure) => Self::Rejected { status: status_code, code, fields: failure.fields() },
                // Some proxy's page: a conflict still says what it says.
                None if status == StatusCode::CONFLICT => {
                    Self::Rejected { status: status_code, code, fields: Vec::new() }
                }
                None => Self::Malformed { status: status_code },
            },
        }
    }

    /// Whether the cloud may have done what it was asked, though it did not say so.
    pub fn may_be_done(&self) -> bool {
        match self {
            Self::Unreachable(cause) => !cause.is_connect(),
            Self::TimedOut | Self::Fault { .. } | Self::Malformed { .. } => true,
            Self::Spared { .. }
            | Self::TooManyRequests { .. }
            | Self::UidExists
            | Self::UidNotFound
            | Self::TokenNotFound
            | Self::KeyRefused { .. }
            | Self::AppRefused { .. }
            | Self::Rejected { .. } => false,
        }
    }

    /// What the cloud asked for with `Retry-After`.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Spared { retry_after } => Some(*retry_after),
            Self::TooManyRequests { retry_after } | Self::Fault { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// A short name for metrics.
    pub fn outcome(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::TimedOut => "timed_out",
            Self::Spared { .. } => "spared",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::Fault { .. } => "fault",
            Self::Malformed { .. } => "malformed",
            Self::UidExists => "uid_exists",
            Self::UidNotFound => "uid_not_found",
            Self::TokenNotFound => "token_not_found",
            Self::KeyRefused { .. } => "key_refused",
            Self::AppRefused { .. } => "app_refused",
            Self::Rejected { .. } => "rejected",
        }
    }
}
