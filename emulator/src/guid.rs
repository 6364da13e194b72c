//! Group ids. As uids, the cloud lower-cases them, so every guid that enters the emulator does so through here.

use std::fmt;

use crate::error::ApiError;

/// A lower-case group id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Guid(String);

impl Guid {
    /// A guid that somebody refers to. Whether it exists is another question, so any text will do.
    pub(crate) fn named(text: &str) -> Self {
        Self(text.to_lowercase())
    }

    /// A guid for a new group: 1 to 100 of `a-z`, `0-9`, `_` and `-`, upper case accepted and lowered.
    pub(crate) fn create(text: &str) -> Result<Self, ApiError> {
        let lower = text.to_lowercase();
        let well_formed =
            lower.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte));
        if lower.is_empty() || lower.len() > 100 || !well_formed {
            return Err(ApiError::field("guid", "The guid may have up to 100 characters of a-z, 0-9, _ and -."));
        }
        Ok(Self(lower))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_is_lowered_and_its_alphabet_is_kept() {
        assert_eq!(Guid::create("Team_7-B").map(|guid| guid.0).ok().as_deref(), Some("team_7-b"));
        for refused in ["", "two words", "é", "a.b", &"x".repeat(101)] {
            assert!(Guid::create(refused).is_err(), "{refused}");
        }
    }
}
