//! Who looks at the page, and what the chat token road answers.

use serde::{Deserialize, Serialize};

use super::ids::Uid;

/// The signed-in visitor, as the page may know it. It carries no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub uid: Uid,
    pub name: String,
    #[serde(default)]
    pub avatar: Option<String>,
    /// Tells one session of a user from another without saying anything of the session's id: by it the widget knows
    /// whether the SDK's stored login still belongs to this very session.
    pub session_tag: String,
}

/// The answer of `POST /api/cometchat/auth-token`: exactly these four fields.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChatCredentials {
    pub uid: Uid,
    pub auth_token: String,
    pub app_id: String,
    pub region: String,
}

/// The answer of `POST /api/cometchat/create-user`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatUser {
    pub uid: Uid,
    /// Whether this very call created it.
    pub created: bool,
}

/// The token is a secret: it is never printed, not even by a panic.
impl std::fmt::Debug for ChatCredentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ChatCredentials")
            .field("uid", &self.uid)
            .field("app_id", &self.app_id)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}
