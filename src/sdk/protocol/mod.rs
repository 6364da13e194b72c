//! The JSON that `bridge.js` hands over, and what it means in the terms of `model`. Everything is optional and loosely
//! typed on the way in; what lacks an id is malformed, what is merely unknown is kept. Pure: tested natively.

mod event;
mod failure;
mod files;
mod message;
mod people;
mod request;

pub use self::{
    event::{chat_event, is_rejection, link_event},
    failure::failure,
    files::{file, files},
    message::Listed,
    people::StoredLogin,
    request::{arguments_of, reply},
};
use super::SdkError;
use crate::model::{
    chat::{Conversation, Message, Person, Reader},
    ids::Uid,
    json::{Json, Malformed},
};

impl From<Malformed> for SdkError {
    fn from(Malformed(what): Malformed) -> Self {
        Self::Malformed(what.to_owned())
    }
}

fn parse(json: &str) -> Result<Json, Malformed> {
    Json::parse(json).ok_or(Malformed("JSON"))
}

/// What is understood of a list's entries; the others are left out, so that one odd entry hides no other.
fn understood<T>(json: &str, read: fn(&Json) -> Result<T, Malformed>) -> Result<Vec<T>, SdkError> {
    let list = parse(json)?;
    let entries = list.list().ok_or(Malformed("a list"))?;
    Ok(entries.iter().filter_map(|entry| read(entry).ok()).collect())
}

pub fn person(json: &str) -> Result<Person, SdkError> {
    Ok(people::person(&parse(json)?)?)
}

/// A page of people; whoever is malformed is left out.
pub fn people(json: &str) -> Result<Vec<Person>, SdkError> {
    understood(json, people::person)
}

/// Whose login the SDK has; `null` is nobody's.
pub fn logged_in(json: &str) -> Result<Option<Uid>, SdkError> {
    let json = parse(json)?;
    if json.is_nothing() { Ok(None) } else { Ok(Some(people::person(&json)?.uid)) }
}

/// The login that lies in the browser's storage.
pub fn stored_login(json: &str) -> Result<StoredLogin, SdkError> {
    Ok(StoredLogin::read(&parse(json)?))
}

/// Who reacted, each with the emoji; malformed ones are left out.
pub fn reacted_by(json: &str) -> Result<Vec<(String, Person)>, SdkError> {
    understood(json, |entry| {
        let emoji = entry.get("reaction").text().ok_or(Malformed("a reaction"))?;
        Ok((emoji, people::person(entry.get("person"))?))
    })
}

/// Who received and read a message; malformed ones are left out.
pub fn receipts(json: &str) -> Result<Vec<Reader>, SdkError> {
    understood(json, |entry| {
        let person = people::person(entry.get("person"))?;
        Ok(Reader { person, delivered_at: entry.get("deliveredAt").time(), read_at: entry.get("readAt").time() })
    })
}

pub fn message(json: &str) -> Result<Message, SdkError> {
    Ok(message::message(&parse(json)?)?)
}

pub fn conversation(json: &str) -> Result<Conversation, SdkError> {
    Ok(message::conversation(&parse(json)?)?)
}

/// A page of conversations; malformed ones are left out.
pub fn conversations(json: &str) -> Result<Vec<Conversation>, SdkError> {
    understood(json, message::conversation)
}

/// A page of history.
pub fn history(json: &str) -> Result<Listed, SdkError> {
    Ok(Listed::new(parse(json)?.list().ok_or(Malformed("a list"))?))
}

/// The sum over all conversations of the SDK's `{users: {uid: n}, groups: {guid: n}}`.
pub fn unread_total(json: &str) -> Result<u32, SdkError> {
    let counts = parse(json)?;
    counts.fields().ok_or(Malformed("unread counts"))?;
    let of = |kind: &str| counts.get(kind).fields().unwrap_or_default().iter().map(|(_, count)| count.count());
    Ok(of("users").chain(of("groups")).fold(0, u32::saturating_add))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unread_counts_of_users_and_groups_add_up() {
        assert_eq!(unread_total(r#"{"users":{"user_2":2,"user_3":"1"},"groups":{"g1":4}}"#), Ok(7));
        assert_eq!(unread_total(r#"{"users":{},"groups":{}}"#), Ok(0));
        assert_eq!(unread_total("{}"), Ok(0));
        assert!(unread_total("null").is_err());
    }

    #[test]
    fn one_odd_user_hides_no_other() {
        let listed = people(r#"[{"uid":"user_2","name":"Bob"},{"name":"nobody"},{"uid":"user_3","name":"Cid"}]"#);
        assert_eq!(listed.unwrap().iter().map(|person| person.name.clone()).collect::<Vec<_>>(), ["Bob", "Cid"]);
        let listed = people(r#"[null,"user_4",{"uid":"user_2"},7,[]]"#);
        assert_eq!(listed.unwrap().iter().map(|person| person.name.clone()).collect::<Vec<_>>(), ["user_2"]);
    }

    #[test]
    fn what_is_no_list_is_no_page() {
        for json in ["", "null", "{}", "\"people\""] {
            assert!(people(json).is_err() && conversations(json).is_err() && history(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_sdk_without_a_login_says_null() {
        assert_eq!(logged_in("null"), Ok(None));
        assert_eq!(logged_in(r#"{"uid":"user_1"}"#), Ok(Some(Uid::parse("user_1").unwrap())));
        assert!(logged_in("{}").is_err() && logged_in("").is_err());
    }
}
