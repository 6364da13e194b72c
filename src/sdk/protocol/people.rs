//! People and groups, and the login that the SDK keeps in the browser.

use std::fmt;

use serde::Deserialize;

use super::{Malformed, Scalar};
use crate::model::{
    chat::{Counterpart, Group, Peer, Person, Presence},
    ids::Uid,
    token_digest::TokenDigest,
};

/// A user or a group as the bridge takes it from the SDK's getters; which one, `guid` tells.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RawEntity {
    uid: Scalar,
    guid: Scalar,
    name: Scalar,
    avatar: Scalar,
    icon: Scalar,
    status: Scalar,
    last_active_at: Scalar,
    members_count: Scalar,
}

impl RawEntity {
    pub fn is_nobody(&self) -> bool {
        self.uid == Scalar::Nothing
    }

    /// The person; without a name, the uid stands for it.
    pub fn person(&self) -> Result<Person, Malformed> {
        let uid = uid(&self.uid)?;
        // SDK 4.2.0 reports anything but "offline" as online; a user without presence has none.
        let presence = match self.status.text().as_deref() {
            None | Some("offline") => Presence::Offline,
            Some(_) => Presence::Online,
        };
        Ok(Person {
            name: self.name.text().unwrap_or_else(|| uid.to_string()),
            uid,
            avatar: self.avatar.text(),
            presence,
            last_active_at: self.last_active_at.time(),
        })
    }

    pub fn counterpart(&self) -> Result<Counterpart, Malformed> {
        let Some(guid) = self.guid.text() else { return self.person().map(Counterpart::User) };
        Ok(Counterpart::Group(Group {
            name: self.name.text().unwrap_or_else(|| guid.clone()),
            guid,
            icon: self.icon.text(),
            members: count(&self.members_count),
        }))
    }
}

/// The login that the SDK left in the browser's storage, and the session tag that we left beside it.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StoredLogin {
    uid: Scalar,
    tag: Scalar,
    /// A secret: it is only ever digested.
    auth_token: Scalar,
}

impl fmt::Debug for StoredLogin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("StoredLogin").field("uid", &self.uid).field("tag", &self.tag).finish_non_exhaustive()
    }
}

impl StoredLogin {
    pub fn new(uid: Option<&str>, tag: Option<&str>) -> Self {
        let scalar = |text: Option<&str>| text.map_or(Scalar::Nothing, |text| Scalar::Text(text.to_owned()));
        Self { uid: scalar(uid), tag: scalar(tag), auth_token: Scalar::Nothing }
    }

    /// The name of the login's token.
    pub fn token(&self) -> Option<TokenDigest> {
        self.auth_token.text().map(|token| TokenDigest::of(&token))
    }

    pub fn is_empty(&self) -> bool {
        self.uid == Scalar::Nothing
    }

    /// Whether another session of the site left its tag: one of before, or one that has taken this one's place.
    pub fn is_of_another_session(&self, session_tag: &str) -> bool {
        self.tag.text().is_some_and(|tag| tag != session_tag)
    }

    /// Whether it is a login of this user in this very session.
    pub fn belongs_to(&self, owner: &Uid, session_tag: &str) -> bool {
        self.uid.is(owner.as_str()) && self.tag.is(session_tag)
    }
}

pub fn uid(scalar: &Scalar) -> Result<Uid, Malformed> {
    let text = scalar.text().ok_or(Malformed("a uid"))?;
    Uid::parse(&text).map_err(|_invalid| Malformed("a uid"))
}

/// A count of the cloud, which sends it as text or as a number; nothing is none.
pub fn count(scalar: &Scalar) -> u32 {
    scalar.number().and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

/// Whom a receiver type and id name.
pub fn peer(receiver_type: &Scalar, receiver: &Scalar) -> Result<Peer, Malformed> {
    if receiver_type.is("group") {
        receiver.text().map(Peer::Group).ok_or(Malformed("a guid"))
    } else {
        uid(receiver).map(Peer::User)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(json: &str) -> RawEntity {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_user_has_presence_and_last_activity() {
        let person = entity(
            r#"{"uid":"user_2","name":"Bob B","avatar":"https://a.example/b.png","status":"available","lastActiveAt":"1795346845"}"#,
        )
        .person()
        .unwrap();
        assert_eq!(person.presence, Presence::Online);
        assert_eq!(person.last_active_at, Some(1_795_346_845));
        assert_eq!(person.avatar.as_deref(), Some("https://a.example/b.png"));
    }

    #[test]
    fn a_bare_id_is_a_person_named_by_it() {
        let person = entity(r#"{"uid":"user_2"}"#).person().unwrap();
        assert_eq!((person.name.as_str(), person.presence), ("user_2", Presence::Offline));
    }

    #[test]
    fn no_uid_is_nobody() {
        assert!(entity(r#"{"name":"Bob"}"#).is_nobody());
        assert!(entity(r#"{"name":"Bob"}"#).person().is_err());
        assert!(entity(r#"{"uid":"not a uid"}"#).person().is_err());
    }

    #[test]
    fn a_group_is_told_by_its_guid() {
        let group = entity(r#"{"guid":"g1","name":"Team","membersCount":"12","icon":null}"#).counterpart().unwrap();
        assert_eq!(
            group,
            Counterpart::Group(Group { guid: "g1".into(), name: "Team".into(), icon: None, members: 12 })
        );
    }

    #[test]
    fn a_stored_login_is_good_for_its_user_and_its_session_only() {
        let stored: StoredLogin = serde_json::from_str(r#"{"uid":"user_1","tag":"a"}"#).unwrap();
        let alice = Uid::parse("user_1").unwrap();
        assert!(stored.belongs_to(&alice, "a"));
        assert!(!stored.belongs_to(&alice, "b"));
        assert!(!stored.belongs_to(&Uid::parse("user_2").unwrap(), "a"));
        assert!(!StoredLogin::new(Some("user_1"), None).belongs_to(&alice, ""));
        assert!(stored.is_of_another_session("b") && !stored.is_of_another_session("a"));
        assert!(!StoredLogin::new(Some("user_1"), None).is_of_another_session("a"));
        let with_token: StoredLogin = serde_json::from_str(r#"{"uid":"user_1","authToken":"abc"}"#).unwrap();
        assert_eq!(with_token.token(), Some(TokenDigest::of("abc")));
        assert!(!format!("{with_token:?}").contains("abc"));
        assert!(serde_json::from_str::<StoredLogin>("{\"tag\":null}").unwrap().is_empty());
    }
}
