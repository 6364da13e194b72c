//! Who looks at the page, and what the chat token road answers.

use serde::{Deserialize, Serialize};

use super::{
    ids::Uid,
    json::{FromJson, Json, Malformed, deserialize_from_json},
};

/// The signed-in visitor, as the page may know it. It carries no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Viewer {
    pub uid: Uid,
    pub name: String,
    pub avatar: Option<String>,
    /// Tells one session of a user from another without saying anything of the session's id: by it the widget knows
    /// whether the SDK's stored login still belongs to this very session.
    pub session_tag: String,
}

/// The answer of `POST /api/cometchat/auth-token`: exactly these four fields.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
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

deserialize_from_json!(Viewer, ChatCredentials);

impl FromJson for Viewer {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        Ok(Self {
            uid: Uid::from_json(json.get("uid"))?,
            name: json.required("name")?,
            avatar: json.optional("avatar")?,
            session_tag: json.required("session_tag")?,
        })
    }
}

impl FromJson for ChatCredentials {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        if json.fields().is_none_or(|fields| fields.len() != 4) {
            return Err(Malformed("exactly four fields"));
        }
        Ok(Self {
            uid: Uid::from_json(json.get("uid"))?,
            auth_token: json.required("authToken")?,
            app_id: json.required("appId")?,
            region: json.required("region")?,
        })
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_is_read_as_it_is_written() {
        let uid = Uid::parse("user_1").unwrap();
        for avatar in [None, Some("https://a.example/a.png".to_owned())] {
            let viewer = Viewer { uid: uid.clone(), name: String::new(), avatar, session_tag: "tag".into() };
            assert_eq!(serde_json::from_str::<Viewer>(&serde_json::to_string(&viewer).unwrap()).unwrap(), viewer);
        }
        assert_eq!(serde_json::from_str::<Option<Viewer>>("null").unwrap(), None);
        assert!(serde_json::from_str::<Viewer>(r#"{"uid":"user_1","name":"Alice"}"#).is_err());
    }

    #[test]
    fn credentials_are_exactly_four_fields() {
        let four = r#""uid":"user_1","authToken":"t","appId":"a","region":"eu""#;
        let credentials: ChatCredentials = serde_json::from_str(&format!("{{{four}}}")).unwrap();
        assert_eq!((credentials.auth_token.as_str(), credentials.region.as_str()), ("t", "eu"));
        assert_eq!(serde_json::to_string(&credentials).unwrap(), format!("{{{four}}}"));
        for odd in [format!("{{{four},\"key\":\"k\"}}"), r#"{"uid":"user_1","authToken":"t","appId":"a"}"#.into()] {
            assert!(serde_json::from_str::<ChatCredentials>(&odd).is_err(), "{odd}");
        }
    }
}
