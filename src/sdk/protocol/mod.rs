//! The JSON that `bridge.js` hands over, and what it means in the terms of `model`. Everything is optional and loosely
//! typed on the way in; what lacks an id is malformed, what is merely unknown is kept. Pure: tested natively.

mod event;
mod failure;
mod message;
mod people;
mod scalar;

use serde::Deserialize;

pub use self::{
    event::{chat_event, is_rejection, link_event},
    failure::failure,
    message::{Listed, RawConversation, RawMessage},
    people::{RawEntity, StoredLogin},
    scalar::Scalar,
};
use super::SdkError;
use crate::model::chat::{Conversation, Message, Person};

/// Names what is missing or not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

impl From<Malformed> for SdkError {
    fn from(Malformed(what): Malformed) -> Self {
        Self::Malformed(what.to_owned())
    }
}

/// One value of JSON.
pub fn parse<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, SdkError> {
    serde_json::from_str(json).map_err(|error| SdkError::Malformed(error.to_string()))
}

pub fn person(json: &str) -> Result<Person, SdkError> {
    Ok(parse::<RawEntity>(json)?.person()?)
}

/// A page of people; whoever is malformed is left out, so that one odd user hides no other.
pub fn people(json: &str) -> Result<Vec<Person>, SdkError> {
    Ok(parse::<Vec<RawEntity>>(json)?.iter().filter_map(|raw| raw.person().ok()).collect())
}

pub fn message(json: &str) -> Result<Message, SdkError> {
    Ok(parse::<RawMessage>(json)?.message()?)
}

pub fn conversation(json: &str) -> Result<Conversation, SdkError> {
    Ok(parse::<RawConversation>(json)?.conversation()?)
}

/// A page of conversations; malformed ones are left out.
pub fn conversations(json: &str) -> Result<Vec<Conversation>, SdkError> {
    Ok(parse::<Vec<RawConversation>>(json)?.iter().filter_map(|raw| raw.conversation().ok()).collect())
}

/// A page of history.
pub fn history(json: &str) -> Result<Listed, SdkError> {
    Ok(Listed::new(&parse::<Vec<Option<RawMessage>>>(json)?))
}

/// The sum over all conversations of the SDK's `{users: {uid: n}, groups: {guid: n}}`.
pub fn unread_total(json: &str) -> Result<u32, SdkError> {
    type Counts = std::collections::BTreeMap<String, Scalar>;
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct RawUnread {
        users: Counts,
        groups: Counts,
    }
    let raw: RawUnread = parse(json)?;
    Ok(raw.users.values().chain(raw.groups.values()).map(people::count).fold(0, u32::saturating_add))
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
    }
}
