//! The JSON that the REST API speaks, as far as it is used here (CometChat REST API v3: users, auth tokens, errors).

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::ChatProfile;

/// Every answer that is a success.
#[derive(Deserialize)]
pub(super) struct Success<T> {
    pub data: T,
}

/// Data whose content does not matter; that it is there does.
#[derive(Deserialize)]
pub(super) struct Ignored {}

#[derive(Serialize)]
pub(super) struct UserFields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    uid: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<&'a str>,
    /// Fields to empty: leaving one out keeps it as it was.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unset: &'static [&'static str],
}

impl<'a> UserFields<'a> {
    pub fn to_create(profile: &'a ChatProfile) -> Self {
        Self { uid: Some(profile.uid.as_str()), name: &profile.name, avatar: profile.avatar.as_deref(), unset: &[] }
    }

    pub fn to_update(profile: &'a ChatProfile) -> Self {
        let unset: &[&str] = if profile.avatar.is_none() { &["avatar"] } else { &[] };
        Self { uid: None, name: &profile.name, avatar: profile.avatar.as_deref(), unset }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActivateUsers<'a> {
    pub uids_to_activate: [&'a str; 1],
}

#[derive(Serialize)]
pub(super) struct MintToken {
    pub force: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MintedToken {
    pub uid: String,
    pub auth_token: SecretString,
}

#[derive(Serialize)]
pub(super) struct RemoveUser {
    pub permanent: bool,
}

/// One of a user's tokens, as the cloud lists it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedToken {
    pub auth_token: SecretString,
    /// Unix seconds, by the cloud's clock.
    pub created_at: i64,
}

/// The `error` of every answer that is none. Its messages are left out: they quote what was sent.
#[derive(Deserialize)]
pub(super) struct Failure {
    pub code: String,
    #[serde(default)]
    details: serde_json::Value,
}

impl Failure {
    pub fn parse(body: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Envelope {
            error: Failure,
        }
        serde_json::from_slice::<Envelope>(body).ok().map(|envelope| envelope.error)
    }

    /// The names of the fields that `details` finds fault with.
    pub fn fields(self) -> Vec<String> {
        match self.details {
            serde_json::Value::Object(details) => details.into_iter().map(|(field, _)| field).collect(),
            _ => Vec::new(),
        }
    }
}
