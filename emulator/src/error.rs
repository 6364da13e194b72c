//! Every refusal of the API, and its one way onto the wire. No message repeats a token or a key.

use std::collections::BTreeMap;

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// Why the emulator could not start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("The emulator's data file {path} cannot be opened or written: {cause}.")]
    Data { path: String, cause: String },
    #[error("The emulator's data file {path} was written by another version: {cause}.")]
    Migration { path: String, cause: String },
    #[error("The emulator's app id must be 1 to 100 letters, digits, \"_\" or \"-\", but it is {0:?}.")]
    AppId(String),
    #[error("The emulator's REST API key is empty.")]
    RestApiKey,
    #[error("The emulator's mount path must be empty or begin with \"/\" and not end with one, but it is {0:?}.")]
    MountPath(String),
    #[error("The emulator's webhook must be an http or https address of up to 255 characters.")]
    WebhookUrl,
}

/// What was wrong with each field: field → sentences.
pub(crate) type Details = BTreeMap<String, Vec<String>>;

/// What the API answers instead of data. Codes and statuses are those of CometChat's error guide; where it gives no
/// status, the choice is ours.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    #[error("The API endpoint is invalid. Please verify the API call.")]
    UnknownEndpoint,
    #[error("The appId is missing in the headers. Please make sure to add it.")]
    EmptyAppId,
    #[error("The app {0} does not exist in this region. Please verify the appId.")]
    InvalidAppId(String),
    #[error("The apiKey is missing in the headers. Please make sure to add it.")]
    EmptyApiKey,
    #[error("The key does not exist. Please use correct apiKey.")]
    ApiKeyNotFound,
    #[error("The authToken is missing in the headers. Please make sure to add it.")]
    EmptyAuthToken,
    #[error(
        "The auth token does not exist. Please make sure you are logged in and have a valid auth token or try login again."
    )]
    LoginGone,
    #[error("The session is not authorised.")]
    NoAuth,
    #[error("Too many requests. Please try again later.")]
    TooManyRequests,
    #[error(
        "The control API needs its token in the Authorization header, as Bearer; where it has none, it serves no web page."
    )]
    ControlRefused,
    #[error("There is no such {0}.")]
    ControlNotFound(&'static str),
    /// A failure on demand, with this status.
    #[error("The operation failed. Please try again.")]
    Failing(StatusCode),
    #[error("The UID {0} does not exist, please make sure you have created a user with UID {0}.")]
    UidNotFound(String),
    #[error("The UID {0} already exists. Please use another UID, or try after permanently deleting the user.")]
    UidAlreadyExists(String),
    #[error("The UID {0} is invalid: up to 100 characters of a-z, 0-9, _ and -.")]
    InvalidUid(String),
    #[error("The role {0} does not exist.")]
    RoleNotFound(String),
    #[error("The auth token does not exist.")]
    AuthTokenNotFound,
    #[error("The GUID {0} does not exist, please make sure you have created a group with GUID {0}.")]
    GuidNotFound(String),
    #[error("The GUID {0} already exists. Please use another GUID.")]
    GuidAlreadyExists(String),
    #[error("A password group needs a password.")]
    EmptyGroupPass,
    #[error("The password of the group with GUID {0} is another one.")]
    WrongGroupPass(String),
    #[error("The group with GUID {0} is private and cannot be joined.")]
    GroupJoinNotAllowed(String),
    #[error("The user has not joined the group with GUID {0}.")]
    GroupNotJoined(String),
    #[error("The user is banned from the group with GUID {0}.")]
    BannedGroupMember(String),
    #[error("The user with UID {uid} has already joined the group with GUID {guid}.")]
    AlreadyJoined { guid: String, uid: String },
    #[error("The user with UID {uid} is not a member of the group with GUID {guid}.")]
    NotAMember { guid: String, uid: String },
    #[error("The user with UID {uid} is already banned from the group with GUID {guid}.")]
    AlreadyBanned { guid: String, uid: String },
    #[error("The user with UID {uid} is not banned from the group with GUID {guid}.")]
    NotABannedUser { guid: String, uid: String },
    #[error("The group with GUID {0} is full, or the user is in too many groups.")]
    NoVacancy(String),
    #[error("The user with UID {uid} already has the scope {scope}.")]
    SameScope { uid: String, scope: &'static str },
    #[error("Your scope in the group does not allow this.")]
    GroupNoClearance,
    #[error("Only an admin of the group may do this.")]
    GroupNoAdminScope,
    #[error("Only an admin or a moderator of the group may do this.")]
    GroupNoModeratorScope,
    #[error("Your scope in the group does not allow you to change this member's scope.")]
    GroupNoScopeClearance,
    #[error("You cannot do this to yourself.")]
    GroupNoSelfAction,
    #[error("The message with id {0} does not exist.")]
    MessageNotFound(String),
    #[error("You have no access to the message with id {0}.")]
    MessageNoAccess(i64),
    #[error("Only its sender may change the message with id {0}.")]
    MessageNotASender(i64),
    #[error("The message with id {0} can no longer be changed.")]
    MessageActionNotAllowed(i64),
    #[error("The message with id {0} is of another conversation.")]
    WrongMessageThread(i64),
    #[error("The message with id {0} is of a category that has no thread.")]
    WrongMessageThreadCategory(i64),
    #[error("The message with id {0} is itself a reply: threads do not nest.")]
    MessageThreadNesting(i64),
    #[error("You have blocked the user with UID {0}.")]
    BlockedReceiver(String),
    #[error("The user with UID {0} has blocked you.")]
    BlockedSender(String),
    #[error("You cannot block yourself.")]
    CannotBlockSelf,
    #[error("You are not allowed to do this here.")]
    ActionNotAllowed,
    #[error("The conversation has reached its limit of 100 pinned messages.")]
    PinnedMessagesLimit,
    #[error("You have reached your limit of 100 saved messages.")]
    SavedMessagesLimit,
    #[error("You have reached your limit of pinned conversations.")]
    PinnedConversationsLimit,
    #[error("The conversation {0} is not accessible, or has no message yet.")]
    ConversationNotAccessible(String),
    #[error("{message}")]
    InvalidMessage { code: &'static str, field: &'static str, message: &'static str },
    #[error("Failed to validate the data sent with the request.")]
    BadRequest(Details),
    #[error("The file does not exist.")]
    FileNotFound,
    #[error("A file may have up to {0} bytes.")]
    FileSize(u64),
    #[error("A message may have up to {0} files.")]
    FileCount(usize),
    #[error("The request is larger than 65,536 characters.")]
    TooLarge,
    #[error("The request's body did not arrive in time.")]
    TooSlow,
    #[error("The emulator failed.")]
    Internal(String),
}

impl ApiError {
    /// One field that was wrong, and why.
    pub(crate) fn field(name: &str, sentence: impl Into<String>) -> Self {
        Self::BadRequest(Details::from([(name.to_owned(), vec![sentence.into()])]))
    }

    /// The first sentence about a field, or what the whole is about.
    pub(crate) fn first_detail(&self) -> String {
        let details = self.details().unwrap_or_default();
        details.into_values().flatten().next().unwrap_or_else(|| self.to_string())
    }

    /// The error as it goes onto the wire.
    pub(crate) fn body(&self) -> Value {
        let (_, code) = self.status_and_code();
        let mut error =
            json!({ "code": code, "message": self.to_string(), "devMessage": self.to_string(), "source": "chat-api" });
        if let Some(details) = self.details() {
            error["details"] = json!(details);
        }
        error
    }

    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::UnknownEndpoint => (StatusCode::NOT_FOUND, "ERR_API_NOT_FOUND"),
            Self::EmptyAppId => (StatusCode::UNAUTHORIZED, "AUTH_ERR_EMPTY_APPID"),
            Self::InvalidAppId(_) => (StatusCode::UNAUTHORIZED, "AUTH_ERR_INVALID_APPID"),
            Self::EmptyApiKey => (StatusCode::UNAUTHORIZED, "AUTH_ERR_EMPTY_APIKEY"),
            Self::ApiKeyNotFound => (StatusCode::UNAUTHORIZED, "AUTH_ERR_APIKEY_NOT_FOUND"),
            Self::EmptyAuthToken => (StatusCode::UNAUTHORIZED, "AUTH_ERR_EMPTY_AUTH_TOKEN"),
            Self::LoginGone => (StatusCode::UNAUTHORIZED, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND"),
            Self::ControlRefused => (StatusCode::FORBIDDEN, "ERR_CONTROL_REFUSED"),
            Self::ControlNotFound(_) => (StatusCode::NOT_FOUND, "ERR_CONTROL_NOT_FOUND"),
            Self::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, "ERR_TOO_MANY_REQUESTS"),
            Self::Failing(status) => (*status, "ERR_OPERATION_FAILED"),
            Self::NoAuth => (StatusCode::UNAUTHORIZED, "ERR_NO_AUTH"),
            Self::UidNotFound(_) => (StatusCode::NOT_FOUND, "ERR_UID_NOT_FOUND"),
            Self::UidAlreadyExists(_) => (StatusCode::BAD_REQUEST, "ERR_UID_ALREADY_EXISTS"),
            Self::InvalidUid(_) => (StatusCode::BAD_REQUEST, "ERR_INVALID_UID"),
            Self::RoleNotFound(_) => (StatusCode::NOT_FOUND, "ERR_ROLE_NOT_FOUND"),
            Self::AuthTokenNotFound => (StatusCode::NOT_FOUND, "ERR_AUTH_TOKEN_NOT_FOUND"),
            Self::GuidNotFound(_) => (StatusCode::NOT_FOUND, "ERR_GUID_NOT_FOUND"),
            Self::GuidAlreadyExists(_) => (StatusCode::BAD_REQUEST, "ERR_GUID_ALREADY_EXISTS"),
            Self::EmptyGroupPass => (StatusCode::BAD_REQUEST, "ERR_EMPTY_GROUP_PASS"),
            Self::WrongGroupPass(_) => (StatusCode::BAD_REQUEST, "ERR_WRONG_GROUP_PASS"),
            Self::GroupJoinNotAllowed(_) => (StatusCode::FORBIDDEN, "ERR_GROUP_JOIN_NOT_ALLOWED"),
            Self::GroupNotJoined(_) => (StatusCode::FORBIDDEN, "ERR_GROUP_NOT_JOINED"),
            Self::BannedGroupMember(_) => (StatusCode::FORBIDDEN, "ERR_BANNED_GROUPMEMBER"),
            Self::AlreadyJoined { .. } => (StatusCode::BAD_REQUEST, "ERR_ALREADY_JOINED"),
            Self::NotAMember { .. } => (StatusCode::NOT_FOUND, "ERR_NOT_A_MEMBER"),
            Self::AlreadyBanned { .. } => (StatusCode::BAD_REQUEST, "ERR_ALREADY_BANNED"),
            Self::NotABannedUser { .. } => (StatusCode::NOT_FOUND, "ERR_NOT_A_BANNED_USER"),
            Self::NoVacancy(_) => (StatusCode::BAD_REQUEST, "ERR_NO_VACANCY"),
            Self::SameScope { .. } => (StatusCode::BAD_REQUEST, "ERR_SAME_SCOPE"),
            Self::GroupNoClearance => (StatusCode::FORBIDDEN, "ERR_GROUP_NO_CLEARANCE"),
            Self::GroupNoAdminScope => (StatusCode::FORBIDDEN, "ERR_GROUP_NO_ADMIN_SCOPE"),
            Self::GroupNoModeratorScope => (StatusCode::FORBIDDEN, "ERR_GROUP_NO_MODERATOR_SCOPE"),
            Self::GroupNoScopeClearance => (StatusCode::FORBIDDEN, "ERR_GROUP_NO_SCOPE_CLEARANCE"),
            Self::GroupNoSelfAction => (StatusCode::FORBIDDEN, "ERR_GROUP_NO_SELF_ACTION"),
            Self::MessageNotFound(_) => (StatusCode::NOT_FOUND, "ERR_MESSAGE_ID_NOT_FOUND"),
            Self::MessageNoAccess(_) => (StatusCode::FORBIDDEN, "ERR_MESSAGE_NO_ACCESS"),
            Self::MessageNotASender(_) => (StatusCode::FORBIDDEN, "ERR_MESSAGE_NOT_A_SENDER"),
            Self::MessageActionNotAllowed(_) => (StatusCode::BAD_REQUEST, "ERR_MESSAGE_ACTION_NOT_ALLOWED"),
            Self::WrongMessageThread(_) => (StatusCode::BAD_REQUEST, "ERR_WRONG_MESSAGE_THREAD"),
            Self::WrongMessageThreadCategory(_) => (StatusCode::BAD_REQUEST, "ERR_WRONG_MESSAGE_THREAD_CATEGORY"),
            Self::MessageThreadNesting(_) => (StatusCode::BAD_REQUEST, "ERR_MESSAGE_THREAD_NESTING"),
            Self::BlockedReceiver(_) => (StatusCode::FORBIDDEN, "ERR_BLOCKED_RECEIVER"),
            Self::BlockedSender(_) => (StatusCode::FORBIDDEN, "ERR_BLOCKED_SENDER"),
            Self::CannotBlockSelf => (StatusCode::BAD_REQUEST, "ERR_CANNOT_BLOCK_SELF"),
            Self::ActionNotAllowed => (StatusCode::FORBIDDEN, "ERR_ACTION_NOT_ALLOWED"),
            Self::PinnedMessagesLimit => (StatusCode::BAD_REQUEST, "ERR_PINNED_MESSAGES_LIMIT_EXCEEDED"),
            Self::SavedMessagesLimit => (StatusCode::BAD_REQUEST, "ERR_SAVED_MESSAGES_LIMIT_EXCEEDED"),
            Self::PinnedConversationsLimit => (StatusCode::BAD_REQUEST, "ERR_PINNED_CONVERSATIONS_LIMIT_EXCEEDED"),
            Self::ConversationNotAccessible(_) => (StatusCode::NOT_FOUND, "ERR_CONVERSATION_NOT_ACCESSIBLE"),
            Self::InvalidMessage { code, .. } => (StatusCode::BAD_REQUEST, code),
            Self::BadRequest(_) => (StatusCode::BAD_REQUEST, "ERR_BAD_REQUEST"),
            Self::FileNotFound => (StatusCode::NOT_FOUND, "ERR_FILE_NOT_FOUND"),
            Self::FileSize(_) => (StatusCode::PAYLOAD_TOO_LARGE, "ERR_FILE_SIZE_EXCEEDED"),
            Self::FileCount(_) => (StatusCode::BAD_REQUEST, "ERR_FILE_COUNT_EXCEEDED"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "ERR_REQUEST_TOO_LARGE"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "ERR_REQUEST_TIMEOUT"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "ERR_OPERATION_FAILED"),
        }
    }

    /// What was wrong with which field, where that is what was wrong.
    pub(crate) fn details(&self) -> Option<Details> {
        match self {
            Self::BadRequest(details) => Some(details.clone()),
            Self::InvalidMessage { field, message, .. } => {
                Some(Details::from([((*field).to_owned(), vec![(*message).to_owned()])]))
            }
            Self::InvalidUid(_) => Some(Details::from([("uid".to_owned(), vec![self.to_string()])])),
            Self::RoleNotFound(_) => Some(Details::from([("role".to_owned(), vec![self.to_string()])])),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, _) = self.status_and_code();
        if let Self::Internal(cause) = &self {
            tracing::error!(error.cause = %cause, "a request failed");
        }
        (status, Json(json!({ "error": self.body() }))).into_response()
    }
}
