//! People and groups, and the login that the SDK keeps in the browser.

use crate::model::{
    chat::{Counterpart, Group, GroupKind, Member, Peer, Person, Presence, Scope},
    ids::Uid,
    json::{FromJson, Json, Malformed},
    token_digest::TokenDigest,
};

/// A person as the bridge takes them from the SDK's getters; without a name, the uid stands for it.
pub fn person(json: &Json) -> Result<Person, Malformed> {
    let uid = Uid::from_json(json.get("uid"))?;
    // SDK 4.2.0 reports anything but "offline" as online; a user without presence has none.
    let presence = match json.get("status").text().as_deref() {
        None | Some("offline") => Presence::Offline,
        Some(_) => Presence::Online,
    };
    Ok(Person {
        name: json.get("name").text().unwrap_or_else(|| uid.to_string()),
        uid,
        avatar: json.get("avatar").text(),
        presence,
        last_active_at: json.get("lastActiveAt").time(),
    })
}

/// A user or a group; which one, `guid` tells.
pub fn counterpart(json: &Json) -> Result<Counterpart, Malformed> {
    if json.get("guid").is_nothing() {
        person(json).map(Counterpart::User)
    } else {
        group(json).map(Counterpart::Group)
    }
}

/// A group as the bridge takes it; without a word about it, this user is in it.
pub fn group(json: &Json) -> Result<Group, Malformed> {
    let text = |name: &str| json.get(name).text();
    let guid = text("guid").ok_or(Malformed("a guid"))?;
    Ok(Group {
        name: text("name").unwrap_or_else(|| guid.clone()),
        guid,
        icon: text("icon"),
        members: json.get("membersCount").count(),
        kind: match json.get("type").as_text() {
            Some("password") => GroupKind::Password,
            Some("private") => GroupKind::Private,
            _ => GroupKind::Public,
        },
        description: text("description"),
        owner: Uid::from_json(json.get("owner")).ok(),
        scope: json.get("scope").as_text().filter(|scope| !scope.is_empty()).map(Scope::parse),
        left: json.get("hasJoined").number() == Some(0),
        banned: json.get("banned").flag(),
    })
}

/// Somebody in a group.
pub fn member(json: &Json) -> Result<Member, Malformed> {
    Ok(Member { person: person(json)?, scope: Scope::parse(json.get("scope").as_text().unwrap_or_default()) })
}

/// The login that the SDK left in the browser's storage, and the session tag that we left beside it. Its token, a
/// secret, is only ever digested.
#[derive(Clone, Debug, Default)]
pub struct StoredLogin {
    uid: Option<String>,
    tag: Option<String>,
    token: Option<TokenDigest>,
}

impl StoredLogin {
    pub fn new(uid: Option<&str>, tag: Option<&str>) -> Self {
        Self { uid: uid.map(str::to_owned), tag: tag.map(str::to_owned), token: None }
    }

    pub fn read(json: &Json) -> Self {
        let token = json.get("authToken").text();
        Self {
            uid: json.get("uid").text(),
            tag: json.get("tag").text(),
            token: token.map(|token| TokenDigest::of(&token)),
        }
    }

    /// The name of the login's token.
    pub fn token(&self) -> Option<&TokenDigest> {
        self.token.as_ref()
    }

    pub fn is_empty(&self) -> bool {
        self.uid.is_none()
    }

    /// Whether another session of the site left its tag: one of before, or one that has taken this one's place.
    pub fn is_of_another_session(&self, session_tag: &str) -> bool {
        self.tag.as_deref().is_some_and(|tag| tag != session_tag)
    }

    /// Whether it is a login of this user in this very session.
    pub fn belongs_to(&self, owner: &Uid, session_tag: &str) -> bool {
        self.uid.as_deref() == Some(owner.as_str()) && self.tag.as_deref() == Some(session_tag)
    }
}

/// Whom a receiver type and id name.
pub fn peer(receiver_type: &Json, receiver: &Json) -> Result<Peer, Malformed> {
    if receiver_type.is("group") {
        receiver.text().map(Peer::Group).ok_or(Malformed("a guid"))
    } else {
        Uid::from_json(receiver).map(Peer::User)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Json {
        Json::parse(json).unwrap()
    }

    fn stored(json: &str) -> StoredLogin {
        StoredLogin::read(&read(json))
    }

    #[test]
    fn a_user_has_presence_and_last_activity() {
        let person = person(&read(
            r#"{"uid":"user_2","name":"Bob B","avatar":"https://a.example/b.png","status":"available","lastActiveAt":"1795346845"}"#,
        ))
        .unwrap();
        assert_eq!(person.presence, Presence::Online);
        assert_eq!(person.last_active_at, Some(1_795_346_845));
        assert_eq!(person.avatar.as_deref(), Some("https://a.example/b.png"));
    }

    #[test]
    fn a_bare_id_is_a_person_named_by_it() {
        let person = person(&read(r#"{"uid":"user_2"}"#)).unwrap();
        assert_eq!((person.name.as_str(), person.presence), ("user_2", Presence::Offline));
    }

    #[test]
    fn no_uid_is_nobody() {
        for json in [r#"{"name":"Bob"}"#, r#"{"uid":"not a uid"}"#, r#"{"uid":null}"#, "null", "[]"] {
            assert!(person(&read(json)).is_err(), "{json}");
        }
    }

    #[test]
    fn a_group_is_told_by_its_guid() {
        let group = counterpart(&read(r#"{"guid":"g1","name":"Team","membersCount":"12","icon":null}"#)).unwrap();
        assert_eq!(
            group,
            Counterpart::Group(Group { guid: "g1".into(), name: "Team".into(), members: 12, ..Group::default() })
        );
    }

    #[test]
    fn a_stored_login_is_good_for_its_user_and_its_session_only() {
        let login = stored(r#"{"uid":"user_1","tag":"a"}"#);
        let alice = Uid::parse("user_1").unwrap();
        assert!(login.belongs_to(&alice, "a"));
        assert!(!login.belongs_to(&alice, "b"));
        assert!(!login.belongs_to(&Uid::parse("user_2").unwrap(), "a"));
        assert!(!StoredLogin::new(Some("user_1"), None).belongs_to(&alice, ""));
        assert!(login.is_of_another_session("b") && !login.is_of_another_session("a"));
        assert!(!StoredLogin::new(Some("user_1"), None).is_of_another_session("a"));
        let with_token = stored(r#"{"uid":"user_1","authToken":"abc"}"#);
        assert_eq!(with_token.token(), Some(&TokenDigest::of("abc")));
        assert!(!format!("{with_token:?}").contains("abc"));
        assert!(stored("{\"tag\":null}").is_empty());
    }
}
