//! User ids. The cloud lower-cases them, and the SDK lower-cases some of those it sends, so every uid that enters the
//! emulator does so through here.

use std::fmt;

use crate::error::ApiError;

/// A lower-case user id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Uid(String);

impl Uid {
    /// A uid that somebody refers to. Whether it exists is another question, so any text will do.
    pub(crate) fn named(text: &str) -> Self {
        Self(text.to_lowercase())
    }

    /// A uid for a new user: 1 to 100 of `a-z`, `0-9`, `_` and `-`, upper case accepted and lowered.
    pub(crate) fn create(text: &str) -> Result<Self, ApiError> {
        let lower = text.to_lowercase();
        let well_formed =
            lower.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte));
        if lower.is_empty() || lower.len() > 100 || !well_formed {
            return Err(ApiError::InvalidUid(text.to_owned()));
        }
        Ok(Self(lower))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of the one-to-one conversation of two people.
    pub(crate) fn conversation_with(&self, other: &Self) -> String {
        let (first, second) = if self.0 <= other.0 { (self, other) } else { (other, self) };
        format!("{first}_user_{second}")
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uid_is_lowered_and_its_alphabet_is_kept() {
        assert_eq!(Uid::create("User_7-B").map(|uid| uid.0).ok().as_deref(), Some("user_7-b"));
        for refused in ["", "two words", "é", "a.b", &"x".repeat(101)] {
            assert!(Uid::create(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn both_sides_name_their_conversation_alike() {
        let (alice, bob) = (Uid::named("alice"), Uid::named("BOB"));
        assert_eq!(alice.conversation_with(&bob), "alice_user_bob");
        assert_eq!(bob.conversation_with(&alice), "alice_user_bob");
    }
}
