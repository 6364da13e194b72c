//! Why the cloud did not take something, as far as a person can make something of it.

/// One reason, with a sentence of its own in each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The visitor has blocked the other side.
    BlockedReceiver,
    /// The other side has blocked the visitor.
    BlockedSender,
    /// An extension of the site, such as a filter, does not let it through.
    Filtered,
    NotAMember,
    /// The other side, or the group, is not there any more.
    Gone,
    /// The visitor's role does not allow it.
    NotAllowed,
    TooManyRequests,
    /// The site's plan does not include it, or is used up.
    Plan,
    TooLarge,
    TooManyFiles,
    /// Not as it is: most often too long altogether.
    Invalid,
    Network,
    /// The cloud's own.
    Fault,
}

impl Problem {
    /// What the cloud's code says (COMETCHAT error guide, SDK 4.2.0); none where it says nothing to a person.
    pub fn of_code(code: &str) -> Option<Self> {
        Some(match code {
            "ERR_BLOCKED_RECEIVER" => Self::BlockedReceiver,
            "ERR_BLOCKED_SENDER" => Self::BlockedSender,
            "ERR_BLOCKED_BY_EXTENSION" => Self::Filtered,
            "ERR_NOT_A_MEMBER" | "ERR_GROUP_NOT_JOINED" | "ERR_BANNED_GROUPMEMBER" => Self::NotAMember,
            "ERR_UID_NOT_FOUND" | "ERR_GUID_NOT_FOUND" => Self::Gone,
            "ERR_PERMISSION_DENIED" | "AUTH_ERR_NO_ACCESS" => Self::NotAllowed,
            "ERR_TOO_MANY_REQUESTS" | "TOO_MANY_REQUEST" => Self::TooManyRequests,
            "ERR_PLAN_RESTRICTION" | "ERR_PLAN_QUOTA_RESTRICTION" | "ERR_SUBSCRIPTION_EXPIRED" => Self::Plan,
            "ERR_FILE_SIZE_EXCEEDED" => Self::TooLarge,
            "ERR_FILE_COUNT_EXCEEDED" => Self::TooManyFiles,
            "ERR_BAD_REQUEST" => Self::Invalid,
            "ERR_MISSION_FAILED" | "ERR_OPERATION_FAILED" | "ERR_EXCEPTION" => Self::Fault,
            "ERR_S3_UPLOAD_FAILED" | "ERR_UPLOAD_STALLED" | "ERR_PRESIGNED_URL_EXPIRED" | "FAILED_TO_FETCH" => {
                Self::Network
            }
            _ => return None,
        })
    }
}
