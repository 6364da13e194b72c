//! What went wrong, as far as the visitor can do something about it.

use crate::sdk::SdkError;
use crate::widget::text::letters::place_of;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Offline,
    WrongPassword,
    /// Kept out of the group.
    Banned,
    /// Not in the group any more.
    NotIn,
    Gone,
    /// Not with this standing, or not any more.
    NotAllowed,
    Full,
    /// Something that was typed is not as the cloud wants it.
    Invalid,
    TooManyPins,
    /// Some could not be added.
    NotAdded,
    Other,
}

impl From<&SdkError> for Trouble {
    fn from(error: &SdkError) -> Self {
        let SdkError::Cloud { code, .. } = error else {
            return if error.may_pass() { Self::Offline } else { Self::Other };
        };
        match code.as_str() {
            "ERR_WRONG_GROUP_PASS" | "ERR_EMPTY_GROUP_PASS" => Self::WrongPassword,
            "ERR_BANNED_GROUPMEMBER" => Self::Banned,
            "ERR_GROUP_NOT_JOINED" | "ERR_NOT_A_MEMBER" => Self::NotIn,
            "ERR_GUID_NOT_FOUND" => Self::Gone,
            "ERR_NO_VACANCY" => Self::Full,
            "ERR_BAD_REQUEST" => Self::Invalid,
            "NOT_ADDED" => Self::NotAdded,
            code if place_of("PIN", code).is_some() => Self::TooManyPins,
            code if code.starts_with("ERR_GROUP_") => Self::NotAllowed,
            _ => Self::Other,
        }
    }
}
