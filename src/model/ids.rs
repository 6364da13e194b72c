//! Identifiers that parse, so that a function's signature says what it takes.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::json::{FromJson, Json, Malformed};

/// A user of this site: the primary key of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserId(pub i64);

impl UserId {
    /// The CometChat UID of this user, `user_<id>`: derived on the server, never taken from a request.
    pub fn uid(self) -> Uid {
        Uid(format!("user_{}", self.0))
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A CometChat user id: at most 100 characters of `[a-z0-9_-]`; the cloud lower-cases it (COMETCHAT REST API v3).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Uid(String);

/// Why a text is not a [`Uid`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a UID has 1 to 100 characters of a-z, 0-9, _ and -")]
pub struct InvalidUid;

impl Uid {
    /// Parses a UID; upper case is folded, since the cloud treats ids as case-insensitive.
    pub fn parse(text: &str) -> Result<Self, InvalidUid> {
        let uid = text.to_ascii_lowercase();
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-';
        if (1..=100).contains(&uid.len()) && uid.bytes().all(allowed) { Ok(Self(uid)) } else { Err(InvalidUid) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromJson for Uid {
    /// An id that is a number is as good as its digits.
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        let text = json.text().ok_or(Malformed("a uid"))?;
        Self::parse(&text).map_err(|_invalid| Malformed("a uid"))
    }
}

/// A message's id in the cloud: increasing, so that it orders messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(pub u64);

impl FromJson for MessageId {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        json.number().and_then(|number| u64::try_from(number).ok()).map(Self).ok_or(Malformed("a message id"))
    }
}
